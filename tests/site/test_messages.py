"""The catalogue tool: what it gathers, what it keeps, and which faults it sees."""

import pytest
from babel.messages.catalog import Catalog

from qinqing.site import messages


def catalogue(**translations):
    catalog = Catalog(locale="en", fuzzy=False)
    for text, translation in translations.items():
        catalog.add(text, translation)
    return catalog


def seen(catalog):
    return [(fault.text, fault.what) for fault in messages.faults(catalog)]


@pytest.fixture
def package(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    (tmp_path / "casework" / "templates" / "casework").mkdir(parents=True)
    (tmp_path / "locale" / "en" / "LC_MESSAGES").mkdir(parents=True)
    return tmp_path


def test_strings_are_gathered_from_python_and_templates(package):
    (package / "casework" / "terms.py").write_text(
        'A = _("提交")\nB = say("已超过 %(n)s 天", n=3)\nC = ngettext("%(n)s 件", "%(n)s 件", n)\n'
        'D = pgettext("动词", "评价")\nE = len("不译")\n'
    )
    (package / "casework" / "templates" / "casework" / "a.html").write_text(
        '  <p>\n    <b>{% translate "办理" %}</b>\n  </p>\n'
        '{% blocktranslate %}共 {{ n }} 件{% endblocktranslate %}{% field label=_("标题") %}{# 注释 #}'
    )
    found = {message.id for message in messages.gathered() if message.id}
    assert found == {"提交", "已超过 %(n)s 天", ("%(n)s 件", "%(n)s 件"), "评价", "办理", "共 %(n)s 件", "标题"}


def test_merging_keeps_translations_and_drops_what_nobody_says(package):
    (package / "casework" / "terms.py").write_text('A = _("提交")\nB = _("办理")\n')
    messages.path().write_bytes(messages.written(catalogue(提交="Submit", 旧词="Old")))
    merged = messages.merged()
    assert {message.id: message.string or "" for message in merged if message.id} == {"提交": "Submit", "办理": ""}
    messages.path().write_bytes(messages.written(merged))
    assert messages.written(messages.merged()) == messages.path().read_bytes()


def test_what_is_not_translated_is_seen():
    assert seen(catalogue(提交="Submit", 办理="")) == [("办理", "not translated")]


@pytest.mark.parametrize(("text", "translation"), [
    ("超 %(n)s 天", "late"), ("超 %(n)s 天", "%(m)s days late"), ("第 %s 条", "Article %d"), ("{name}好", "Hello"),
])
def test_places_for_values_must_be_the_same(text, translation):
    assert seen(catalogue(**{text: translation})) == [(text, "other places for values than the source")]


def test_a_singular_may_leave_its_number_out():
    catalog = Catalog(locale="en", fuzzy=False)
    catalog.add(("%(n)s 件", "%(n)s 件"), ("One matter", "%(n)s matters"))
    assert seen(catalog) == []


def test_an_uncertain_translation_is_seen():
    catalog = Catalog(locale="en", fuzzy=False)
    catalog.add("提交", "Submit", flags=["fuzzy"])
    assert seen(catalog) == [("提交", "marked as uncertain")]
