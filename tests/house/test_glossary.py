"""One Chinese term, one identifier; and every record stands in the glossary."""

import ast
import re

from .source import ROOT, modules, named, tree
from .test_writing import is_model

ROWS = [
    (term.strip(), re.findall(r"`(\w+)`", identifiers))
    for term, identifiers in re.findall(r"^\| ([^|]+) \| ([^|]+) \|", (ROOT / "GLOSSARY.md").read_text(), re.MULTILINE)
    if "`" in identifiers
]


def abstract(kind):
    meta = next((part for part in kind.body if isinstance(part, ast.ClassDef) and part.name == "Meta"), None)
    return meta is not None and any(ast.unparse(line) == "abstract = True" for line in meta.body)


def repeated(words):
    return sorted({word for word in words if words.count(word) > 1})


def test_no_identifier_means_two_things():
    assert repeated([identifier for _, identifiers in ROWS for identifier in identifiers]) == []


def test_no_term_has_two_identifiers():
    assert repeated([term for term, _ in ROWS]) == []


def test_every_record_is_in_the_glossary():
    explained = {identifier for _, identifiers in ROWS for identifier in identifiers}
    missing = [
        f"{named(path, kind)} {kind.name}" for path in modules("*/models.py", "*/models/*.py")
        for kind in tree(path).body if isinstance(kind, ast.ClassDef) and is_model(kind) and not abstract(kind)
        if kind.name not in explained
    ]
    assert missing == []
