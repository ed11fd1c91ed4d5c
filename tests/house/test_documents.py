"""Documents: current where they are generated, short where they greet, and their links lead somewhere."""

import re

import pytest

from qinqing.site import requirements

from .source import ROOT

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_first_page_is_short(name):
    assert len((ROOT / name).read_text().splitlines()) < 150


def test_links_between_documents_lead_somewhere():
    links = [(page, target) for page in PAGES for target in LINK.findall(page.read_text())]
    assert [(page.name, target) for page, target in links if not (page.parent / target).exists()] == []


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text()
    assert [page.name for page in sorted(folder.glob("0*.md")) if f"({page.name})" not in index] == []


def test_every_make_target_that_a_document_names_exists():
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {(page.name, target) for page in PAGES for target in re.findall(r"`make ([a-z]+)", page.read_text())}
    promised = {("under-way.md", "dist")}
    assert {(page, target) for page, target in named if target not in targets} - promised == set()


def test_the_requirements_page_is_what_the_source_says_now():
    assert (ROOT / "docs" / "requirements.md").read_text() == requirements.as_markdown(requirements.gathered())


def test_no_test_or_docstring_names_an_unknown_requirement():
    assert requirements.unknown(requirements.gathered()) == []
