"""Files that can be read in one sitting."""

import ast

from .source import ROOT, SOURCE, modules, named, templates, tree

FILE_LINES, TEMPLATE_LINES = 400, 120


def too_long(paths, limit):
    lengths = {named(path): len(path.read_text().splitlines()) for path in paths}
    return {name: lines for name, lines in lengths.items() if lines > limit}


def test_no_file_is_longer_than_400_lines():
    written = [*modules(), *modules(under=ROOT / "tests"), *SOURCE.glob("*/static/**/*.css"), *SOURCE.glob("*/static/**/*.js")]
    assert too_long(written, FILE_LINES) == {}


def test_no_template_is_longer_than_120_lines():
    assert too_long(templates(), TEMPLATE_LINES) == {}


def test_every_module_says_what_it_is():
    spoken = [path for path in modules() if path.name != "apps.py" and tree(path).body]
    assert [named(path) for path in spoken if not ast.get_docstring(tree(path))] == []


def test_no_package_is_called_after_nothing():
    assert [named(path) for path in modules() if path.stem in {"utils", "common", "helpers", "core", "misc"}] == []
