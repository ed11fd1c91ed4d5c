"""The site's own settings in a home folder that ends with the run."""

import atexit
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

os.environ["QINQING_HOME"] = home = tempfile.mkdtemp(prefix="qinqing-test-")
os.environ["QINQING_STATIC"] = tempfile.mkdtemp(dir=home)  # whitenoise wants a folder; tests serve the sources
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's event loop runs in the thread of the tests
atexit.register(shutil.rmtree, home, ignore_errors=True)

from qinqing.site.settings import *  # noqa: E402, F403 - the site's settings, to which a home had to be given first
from qinqing.site.settings import DATABASES  # noqa: E402 - as above

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # two checkouts may test against one server
    checkout = hashlib.sha256(bytes(Path(__file__).resolve())).hexdigest()[:8]
    DATABASES["default"]["TEST"] = {"NAME": f"test_qinqing_{checkout}"}
