"""Templates: used, without inline style or script, and saying nothing that cannot be translated."""

import re

from .source import CJK, SOURCE, modules, named, templates

INLINE = re.compile(r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|javascript:|\shx-on""")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)")
ELSEWHERE = re.compile(r"""\b(src|href|action)\s*=\s*["']?(https?:)?//""")
TRANSLATED = re.compile(
    r"{#.*?#}|{%\s*comment\b.*?endcomment\s*%}|{%\s*blocktrans(late)?\b.*?endblocktrans(late)?\s*%}"
    r"""|{%\s*trans(late)?\s+("[^"]*"|'[^']*')|_\(("[^"]*"|'[^']*')\)""",
    re.DOTALL,
)
OWN_NAME_OF_A_LANGUAGE = re.compile(r"<[^>]*\blang=[^>]*>[^<]*<")
SAMPLES = re.compile(r"ui/templates/ui/_?gallery")  # they show components with sample texts
FOUND_BY_DJANGO = re.compile(r"^(account|mfa|socialaccount|usersessions|allauth)/|^(400|403|404|500|403_csrf)\.html$")


def without_comments(path):
    return re.sub(r"{#.*?#}|{%\s*comment\b.*?endcomment\s*%}", "", path.read_text(), flags=re.DOTALL)


def lookup(path):
    """The name a template is asked for by: `ui/base.html`."""
    parts = path.relative_to(SOURCE).parts
    return "/".join(parts[parts.index("templates") + 1:])


def test_every_template_is_used():
    texts = {path: path.read_text() for path in [*modules(), *templates()]}
    asked_for = [path for path in templates() if not FOUND_BY_DJANGO.match(lookup(path))]
    unused = [path for path in asked_for if not any(lookup(path) in text for other, text in texts.items() if other != path)]
    assert [named(path) for path in unused] == []


def test_every_template_that_is_asked_for_exists():
    known = {lookup(path) for path in templates()}
    asked = re.compile(r"""["']([a-z_]+/[\w/]+\.html)["']""")
    packages = {path.name for path in SOURCE.iterdir()}
    missing = {
        (named(path), name) for path in [*modules(), *templates()] for name in asked.findall(path.read_text())
        if name.split("/")[0] in packages and name not in known
    }
    assert missing == set()


def test_no_inline_style_or_script():
    assert [named(path) for path in templates() if INLINE.search(without_comments(path))] == []
    assert [named(path) for path in templates() if INLINE_SCRIPT.search(without_comments(path))] == []


def test_nothing_is_loaded_from_elsewhere():
    assert [named(path) for path in templates() if ELSEWHERE.search(without_comments(path))] == []


def untranslated(path):
    return re.findall(CJK + "+", OWN_NAME_OF_A_LANGUAGE.sub("", TRANSLATED.sub("", path.read_text())))


def test_no_sentence_escapes_translation():
    found = {named(path): untranslated(path)[:3] for path in templates() if not SAMPLES.match(named(path))}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_a_package_keeps_its_templates_in_a_folder_of_its_own_name():
    strays = [
        named(path) for path in templates()
        if lookup(path).split("/")[0] != path.relative_to(SOURCE).parts[0] and not FOUND_BY_DJANGO.match(lookup(path))
    ]
    assert strays == []
