"""Keys of this installation: written once at the first start, readable by the owner alone."""

import os
import secrets
from pathlib import Path


def django_secret(home: Path) -> str:
    """The Django secret out of `keys/`, made when it is not there yet."""
    return _kept(home / "keys" / "django.secret", lambda: secrets.token_urlsafe(50))


def _kept(path: Path, make) -> str:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(make())
        except FileExistsError:  # another process was first
            pass
    return path.read_text()
