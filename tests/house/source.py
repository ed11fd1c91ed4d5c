"""Where the code stands, and how the house tests look at it: as files and as syntax trees, never by importing."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "qinqing"
CJK = r"[\u3400-\u9fff]"


def modules(*patterns, under=SOURCE):
    """The Python files under `under`, without migrations, or those that match the patterns."""
    found = {path for pattern in patterns or ["**/*.py"] for path in under.glob(pattern)}
    return sorted(path for path in found if "migrations" not in path.parts)


def templates():
    return sorted(SOURCE.glob("*/templates/**/*.html"))


@cache
def tree(path):
    return ast.parse(path.read_text(), str(path))


def named(path, node=None):
    """`casework/actions/handling.py:17`, as an editor opens it."""
    place = str(path.relative_to(ROOT)).removeprefix("src/qinqing/")
    return f"{place}:{node.lineno}" if node else place


def dotted(node):
    """`a.b.c` of an expression; calls and anything else inside it are left out."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def calls(path, node=None):
    return [found for found in ast.walk(node or tree(path)) if isinstance(found, ast.Call)]
