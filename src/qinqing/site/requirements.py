"""Which requirement is served by which file, shown on which screen and proved by which test.

Ids like M1-014 stand in docstrings and in the tests' `req` marks. The addresses of a view whose own docstring, or else whose
module's, names an id are its screens.
"""

import ast
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
ID = re.compile(r"\bM[0-6]-\d{3}\b")
DOCUMENTED = ast.Module | ast.FunctionDef | ast.ClassDef
HEADINGS = {
    "general": "系统 General",
    "consultation": "1 困难问题会商 Consultation",
    "support": "2 跟踪服务 Support",
    "policy": "3 决策参与 Policy",
    "integrity": "4 亲清交往 Integrity",
    "evaluation": "5 政企互评 Evaluation",
    "scorecard": "6 闭环考核 Scorecard",
}


@dataclass
class Requirement:
    id: str
    mechanism: str
    text: str
    files: list[str] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)


def gathered(root: Path = ROOT) -> list[Requirement]:
    """Every requirement of `docs/requirements.csv`, with what the project says of it today."""
    files, screens, tests = defaultdict(list), defaultdict(list), defaultdict(list)
    for found, places in ((files, _files(root)), (screens, _screens()), (tests, _tests(root))):
        for place, text in places:
            for requirement in sorted(set(ID.findall(text))):
                found[requirement].append(place)
    with (root / "docs" / "requirements.csv").open(newline="") as rows:
        return [
            Requirement(row["id"], row["mechanism"], row["requirement"], files[row["id"]], screens[row["id"]], tests[row["id"]])
            for row in csv.DictReader(rows)
        ]


def unknown(requirements: list[Requirement], root: Path = ROOT) -> list[str]:
    """Ids that docstrings or tests name and the list does not have."""
    known = {requirement.id for requirement in requirements}
    named = {found for _, text in [*_files(root), *_tests(root)] for found in ID.findall(text)}
    return sorted(named - known)


def as_markdown(requirements: list[Requirement]) -> str:
    proved = sum(1 for requirement in requirements if requirement.tests)
    lines = [
        "# Requirements", "",
        "Written by `make requirements` from docstrings and test marks; change those, not this page.", "",
        f"{proved} of {len(requirements)} requirements are proved by a test.", "",
    ]
    for mechanism, heading in HEADINGS.items():
        lines += [f"## {heading}", "", "| id | requirement | file | screen | test |", "|---|---|---|---|---|"]
        lines += [_row(requirement) for requirement in requirements if requirement.mechanism == mechanism]
        lines.append("")
    return "\n".join(lines)


def _row(requirement: Requirement) -> str:
    cells = [requirement.files, requirement.screens, requirement.tests]
    shown = (" ".join(f"`{place}`" for place in places) or "*none yet*" for places in cells)
    return f"| {requirement.id} | {requirement.text.replace('|', '/')} | {' | '.join(shown)} |"


def _files(root: Path) -> Iterator[tuple[str, str]]:
    for file in sorted((root / "src" / "qinqing").rglob("*.py")):
        nodes = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, DOCUMENTED)]
        yield str(file.relative_to(root / "src" / "qinqing")), " ".join(filter(None, map(ast.get_docstring, nodes)))


def _screens() -> Iterator[tuple[str, str]]:
    for route, view in sorted(_addresses(get_resolver(), "/"), key=lambda address: address[0]):
        said = getattr(view, "view_class", view).__doc__ or ""
        yield route, said if ID.search(said) else sys.modules[view.__module__].__doc__ or ""


def _addresses(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, Callable]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).replace("^", "").replace("$", "")
        if isinstance(entry, URLPattern):
            yield route, entry.callback
        else:
            yield from _addresses(entry, route)


def _tests(root: Path) -> Iterator[tuple[str, str]]:
    for file in sorted((root / "tests").rglob("test_*.py")):
        tree = ast.parse(file.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                marks = " ".join(ast.unparse(mark) for mark in node.decorator_list if "mark.req" in ast.unparse(mark))
                yield f"{file.relative_to(root / 'tests')}::{node.name}", marks
        shared = [node for node in tree.body if isinstance(node, ast.Assign) and "pytestmark" in ast.unparse(node.targets[0])]
        yield str(file.relative_to(root / "tests")), " ".join(map(ast.unparse, shared))
