"""Whoever silences a tool says why; whoever leaves something undone does it now."""

import re

from .source import ROOT, SOURCE, modules, named, templates

SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:|mypy:|ruff:)")
WITH_REASON = re.compile(r"#\s*(noqa: [A-Z0-9, ]+ - \S.*|type: ignore\[[\w, -]+\]\s+# \S.*)$")
UNDONE = re.compile(
    r"""\b(TODO|FIXME|XXX)\b|raise NotImplementedError|pytest\.skip\((?!f?"no )|mark\.skip|mark\.xfail|pragma: no cover""")
SAYS_IT_SKIPS = {"tests/conftest.py", "tests/house/test_suppressions.py"}


def lines(paths):
    return [(named(path), number, line) for path in paths for number, line in enumerate(path.read_text().splitlines(), 1)]


def own_code():
    return [*modules(), *modules(under=ROOT / "tests")]


def test_every_suppression_names_its_rule_and_its_reason():
    bare = [
        f"{name}:{number}" for name, number, line in lines(own_code())
        if SILENCED.search(line) and not WITH_REASON.search(line) and name not in SAYS_IT_SKIPS
    ]
    assert bare == []


def test_no_template_silences_its_linter_without_a_reason():
    assert [name for name, _, line in lines(templates()) if "djlint:off" in line and " - " not in line] == []


def test_nothing_is_left_undone_or_skipped():
    undone = [f"{name}:{number}" for name, number, line in lines(own_code()) if UNDONE.search(line) and name not in SAYS_IT_SKIPS]
    assert undone == []


def test_no_file_names_a_folder_of_somebodys_machine():
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "Makefile", ROOT / "pyproject.toml"]
    texts = [*own_code(), *templates(), *SOURCE.glob("**/*.yaml"), *documents]
    private = re.compile(r"/(home|root|Users|work)/\w")
    assert [f"{name}:{number}" for name, number, line in lines(texts) if private.search(line)] == []
