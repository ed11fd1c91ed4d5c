"""One verb, one transaction, one entry; and nobody writes but the actions."""

import ast
import re

from .source import SOURCE, calls, dotted, modules, named, tree

MECHANISM = "ledger"  # what the verbs are made of, not verbs

# Public functions of action rooms that are no verbs of their own, and why.
NO_VERBS = {
    "casework.erase": "a part of person.erased",
    "consultation.erase": "a part of person.erased",
    "consultation.save_draft": "nothing has been said yet",
    "consultation.keep_file": "nothing has been said yet",
    "consultation.drop_draft": "nothing has been said yet",
    "documents.erase": "a part of person.erased",
    "documents.sweep": "removes what no row names",
    "notices.deliver_due": "the worker's round: each delivery keeps its own state",
    "notices.erase": "a part of person.erased",
    "casework.erase_guests": "a part of person.erased",
    "consultation.forget_drafts": "nothing was said yet",
    "documents.erase_with": "a part of person.erased",
    "notices.mark_read": "the reader's own mark",
    "notices.mark_all_read": "the reader's own mark",
    "notices.notify": "said by a verb, whose entry it is",
    "notices.reword": "a part of person.erased",
    "notices.post_mail": "a letter of the sign-in, whose entry it is",
    "notices.send_code": "a letter of the sign-in, whose entry it is",
}

# Where rows are written outside the action rooms, and why.
WRITES = {
    "ledger/": "the entries, leaves and checkpoints themselves",
    "demo/": "the simulated year builds what a profile would bring",
    "eligibility/tables.py": "tables of its own, in DuckDB's memory",
}
WRITERS = {"save", "create", "delete", "get_or_create", "update_or_create"}
BULK_WRITERS = {"bulk_create", "bulk_update"}
STATEMENT = re.compile(r"^\s*(insert|update|delete|replace|truncate|drop|alter)\b", re.IGNORECASE)


def action_rooms():
    return [path for path in modules("*/actions.py", "*/actions") if path.relative_to(SOURCE).parts[0] != MECHANISM]


def functions(room):
    """Every function of a room, with its file."""
    files = sorted(room.glob("*.py")) if room.is_dir() else [room]
    return [(file, node) for file in files for node in tree(file).body if isinstance(node, ast.FunctionDef)]


def exported(room):
    """What a room offers: the public functions of a file, or what the folder's `__init__` imports for others."""
    if room.is_dir():
        imports = [node for node in tree(room / "__init__.py").body if isinstance(node, ast.ImportFrom)]
        return {alias.asname or alias.name for node in imports for alias in node.names}
    return {function.name for _, function in functions(room) if not function.name.startswith("_")}


def verbs():
    for room in action_rooms():
        package, offered = room.parent.name, exported(room)
        for file, function in functions(room):
            if function.name in offered and f"{package}.{function.name}" not in NO_VERBS:
                yield file, function


def recorders(room):
    """The functions of a room that call `ledger.record`, themselves or through one another."""
    called = {function.name: {dotted(call.func) for call in calls(file, function)} for file, function in functions(room)}
    found = {name for name, names in called.items() if "ledger.record" in names}
    while more := {name for name, names in called.items() if {other.split(".")[-1] for other in names} & found} - found:
        found |= more
    return found


def test_every_verb_is_an_act():
    plain = [
        f"{named(path, function)} {function.name}" for path, function in verbs()
        if "ledger.act" not in {dotted(decorator) for decorator in function.decorator_list}
    ]
    assert plain == []


def test_every_verb_records_an_entry():
    recording = {(room.parent, name) for room in action_rooms() for name in recorders(room)}
    silent = [
        f"{named(path, function)} {function.name}" for path, function in verbs()
        if not {(path.parent, function.name), (path.parent.parent, function.name)} & recording
    ]
    assert silent == []


def test_nobody_reaches_past_the_door_of_an_actions_folder():
    intruders = [
        named(path, node) for path in modules() for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and re.search(r"qinqing\.\w+\.actions\.\w+", node.module or "")
    ]
    assert intruders == []


def test_a_verb_names_its_arguments_and_the_actor_first():
    loose = [
        f"{named(path, function)} {function.name}" for path, function in verbs()
        if function.args.args or function.args.posonlyargs or not function.args.kwonlyargs
        or function.args.kwonlyargs[0].arg != "actor"
    ]
    assert loose == []


def test_nobody_writes_but_the_actions():
    rooms = {*modules("*/actions.py", "*/actions/*.py")}
    writers = [
        named(path, call) for path in modules() if path not in rooms and not named(path).startswith(tuple(WRITES))
        for call in calls(path) if writes(call)
    ]
    assert writers == []


def writes(call):
    """Whether it looks like a write of rows; a positional argument makes it a dict's, a hash's or a file's method."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name = call.func.attr
    if name in {"execute", "executemany"}:
        return bool(call.args) and isinstance(call.args[0], ast.Constant) and bool(STATEMENT.match(str(call.args[0].value)))
    if name == "update":
        return bool(call.keywords) and not call.args
    return name in BULK_WRITERS or (name in WRITERS and not call.args)


def test_models_hold_fields_and_no_verbs():
    methods = [
        f"{named(path, method)} {kind.name}.{method.name}" for path in modules("*/models.py", "*/models/*.py")
        for kind in ast.walk(tree(path)) if isinstance(kind, ast.ClassDef) and is_model(kind)
        for method in kind.body if isinstance(method, ast.FunctionDef) and method.name != "__str__"
    ]
    assert methods == []


def is_model(kind):
    """A model says `models.Model` or has a Meta; a QuerySet or a manager does neither."""
    return any(dotted(base) == "models.Model" for base in kind.bases) or any(
        isinstance(part, ast.ClassDef) and part.name == "Meta" for part in kind.body
    )


def test_nothing_listens_to_django_signals():
    imports = [
        (path, node) for path in modules() for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and named(path) != "parties/adapter.py"  # hears of sign-ins
    ]
    assert [named(path, node) for path, node in imports if re.search(r"signals$|^django\.dispatch", node.module or "")] == []


def test_every_excuse_is_needed():
    offered = {f"{room.parent.name}.{name}" for room in action_rooms() for name in exported(room)}
    assert NO_VERBS.keys() - offered == set()
