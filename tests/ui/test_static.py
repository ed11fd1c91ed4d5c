"""Static files: exactly the named ones from npm, small enough, and styles that the oldest browser we serve understands."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders as django_finders
from django.core.management import call_command

from qinqing.ui import finders

FOLDER = Path(finders.__file__).parent / "static" / "ui"
STYLES = sorted(FOLDER.glob("*.css"))
# What Chromium 78 lacks. `gap` in a flex row cannot be told from one in a grid here; see the comment in page.css.
TOO_NEW = re.compile(
    r"(?<![\w-])(inset|aspect-ratio|margin-inline|padding-inline|margin-block|padding-block|inset-inline|translate|rotate|scale)\s*:"
    r"|:has\(|:is\(|:where\(|:focus-within\s*>|\bclamp\(|\bmin\(|\bmax\(|color-mix\(|light-dark\(|oklch\(|@layer|@container|&"
)


def test_only_named_files_leave_node_modules():
    assert {path for path, _ in finders.NpmFinder().list(None)} == set(finders.SERVED)
    assert django_finders.find("htmx.org/dist/htmx.min.js")
    assert not django_finders.find("htmx.org/package.json")
    assert not django_finders.find("@tabler/icons/package.json")


def test_a_checkout_without_packages_serves_none(tmp_path, settings):
    settings.NODE_MODULES = tmp_path
    finder = finders.NpmFinder()
    assert list(finder.list(None)) == []
    assert finder.find("htmx.org/dist/htmx.min.js") == []


def test_collecting_survives_a_source_map_that_is_not_served(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "qinqing.ui.storage.StaticStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    assert list(tmp_path.glob("ui/page.*.css"))
    assert list(tmp_path.glob("htmx.org/dist/htmx.min.*.js.br"))


@pytest.mark.parametrize("style", STYLES, ids=lambda file: file.name)
def test_styles_work_in_chromium_78(style):
    assert TOO_NEW.findall(re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.DOTALL)) == []


@pytest.mark.parametrize(
    "style", [file for file in STYLES if file.name not in ("tokens.css", "print.css")], ids=lambda file: file.name
)
def test_colours_come_from_tokens(style):
    literal = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", style.read_text()))
    assert literal <= {"#fff", "#18212D", "#0E2F47", "#7B8796"}  # on surfaces that are dark, or yellow, in both themes


def test_every_token_in_use_is_defined():
    used = set().union(*(re.findall(r"var\((--[\w-]+)", file.read_text()) for file in STYLES))
    assert used <= set(re.findall(r"(--[\w-]+):", (FOLDER / "tokens.css").read_text()))


def test_the_script_is_written_for_chromium_78():
    script = re.sub(r"/\*.*?\*/", "", (FOLDER / "qinqing.js").read_text(), flags=re.DOTALL)
    assert not re.search(
        r"\?\.[a-z(\[]|\?\?|\|\|=|\.at\(|replaceAll|#[a-z]+\(|^import |eval\(|new Function", script, re.MULTILINE
    )


def test_what_a_first_visit_loads_stays_small():
    files = [
        FOLDER / name
        for name in ("tokens.css", "page.css", "forms.css", "parts.css", "home.css", "print.css", "qinqing.js", "mark.svg")
    ]
    packages = [Path(django_finders.find(path)) for path in finders.SERVED]
    assert sum(len(gzip.compress(file.read_bytes())) for file in [*files, *packages]) < 40_000
