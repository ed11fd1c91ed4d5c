"""All business time comes from `base`; the machine's own clock is read where a reason says so."""

import ast
import re

from .source import calls, dotted, modules, named, templates, tree

READS_A_CLOCK = re.compile(
    r"(^|\.)(timezone\.now|datetime\.(utc)?now|datetime\.today|date\.today|time\.time|Now|timezone\.local(date|time))$"
)
FIELD_OPTIONS = {"auto_now", "auto_now_add"}
MACHINE_CLOCK = {
    "base": "gives it its name",
    "ledger": "recorded_at, and the promise that bears it",
    "parties": "sessions and their idle time",
}


def package(path):
    return named(path).split("/")[0]


def test_nothing_reads_a_clock_but_base():
    found = [
        named(path, call) for path in modules() if package(path) != "base" for call in calls(path)
        if READS_A_CLOCK.search(dotted(call.func)) and not (dotted(call.func).startswith("timezone.local") and call.args)
    ]
    assert found == []


def test_no_field_fills_itself_with_the_time():
    every = [(path, call) for path in modules() for call in calls(path)]
    assert [named(path, call) for path, call in every if FIELD_OPTIONS & {word.arg for word in call.keywords}] == []


def test_no_default_is_a_clock_of_django():
    found = [
        named(path, node) for path in modules() if package(path) != "base" for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and dotted(node) == "timezone.now"
    ]
    assert found == []


def test_no_template_reads_a_clock():
    assert [named(path) for path in templates() if re.search(r"{%\s*now\b", path.read_text())] == []


def test_the_machines_clock_is_read_where_a_reason_says_so():
    readers = {package(path) for path in modules() for call in calls(path) if dotted(call.func).endswith("machine_now")}
    assert readers - MACHINE_CLOCK.keys() == set()
