"""A form field as the `field` component: the parts stand in order and are tied by their ids."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from qinqing.ui import fields


class Report(forms.Form):
    title = forms.CharField(label="一句话概括", help_text="例如：缺 15 亩用地")
    topic = forms.ChoiceField(label="类别", choices=[("land", "用地"), ("other", "其他")], widget=forms.RadioSelect)
    county = forms.ChoiceField(label="县区", choices=[("", "请选择"), ("1", "演示县")])
    detail = forms.CharField(
        label="详细情况", max_length=1000, widget=forms.Textarea, error_messages={"required": "请写明从什么时候开始"}
    )
    wish = forms.CharField(label="希望", required=False, widget=forms.TextInput(attrs={"class": "wide"}))
    paper = forms.FileField(label="附材料", help_text="不超过 20 MB")
    agree = forms.BooleanField(label="同意公开", help_text="公开前给您看一遍")
    key = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


def shown(source, **values):
    return Template(source).render(Context(values))


def field(name, form, options=""):
    return shown("{% field form." + name + " " + options + " %}", form=form)


def test_label_hint_error_control_in_this_order():
    html = field("title", Report({}))
    places = [
        html.index(part)
        for part in ('<label class="label" for="id_title">', 'id="id_title_helptext"', 'id="id_title_error"', "<input")
    ]
    assert places == sorted(places)


def test_the_control_names_its_hint_and_its_error():
    html = field("title", Report({}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="input"' in html
    assert "field--err" in html


def test_an_untouched_field_claims_no_error():
    html = field("title", Report())
    assert "aria-invalid" not in html
    assert "id_title_error" not in html
    assert "field--err" not in html


def test_what_may_be_left_out_says_so_and_keeps_its_own_class():
    assert "选填" in field("wish", Report())
    assert 'class="input wide"' in field("wish", Report())
    assert "选填" not in field("title", Report())


def test_choices_are_a_fieldset_of_real_radios():
    html = field("topic", Report({"topic": "land"}), "icons=icons")
    assert html.count('type="radio"') == 2
    assert re.search(r'<input[^>]*value="land"[^>]*checked', html)
    assert "<fieldset" in html
    assert "<legend" in html


def test_choices_carry_icons_and_second_lines():
    html = shown(
        "{% field form.topic look='list' icons=icons hints=hints %}",
        form=Report(),
        icons={"land": "map-pin"},
        hints={"land": "归口自然资源"},
    )
    assert html.count("<svg") == 1
    assert "<b>用地</b><small>归口自然资源</small>" in html
    assert 'class="options"' in html


def test_five_grades_get_five_different_faces():
    class Rating(forms.Form):
        grade = forms.ChoiceField(choices=[(str(n), f"{n} 档") for n in range(5, 0, -1)], widget=forms.RadioSelect)

    html = field("grade", Rating(), 'look="five"')
    faces = re.findall(r"<svg.*?</svg>", html)
    assert len(set(faces)) == len(faces) == 5
    assert "checked" not in html


def test_a_group_of_choices_in_error_describes_the_group():
    html = field("topic", Report({}))
    assert re.search(r'<fieldset[^>]*id="id_topic"[^>]*aria-describedby="id_topic_error"', html)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("county", '<select name="county" class="select"'),
        ("detail", 'class="textarea"'),
        ("paper", 'class="drop"'),
        ("agree", '<label class="check">'),
        ("key", '<input type="hidden"'),
    ],
)
def test_every_kind_of_control(name, part):
    assert part in field(name, Report())


def test_a_limit_is_said_and_can_be_counted():
    html = field("detail", Report())
    assert 'data-count="id_detail"' in html
    assert "最多 1000 字" in html


def test_the_summary_uses_the_same_words_and_leads_to_the_controls():
    form = Report({})
    summary = shown("{% error_summary form %}", form=form)
    assert "还差 6 处" in summary
    for name in ("title", "topic", "county", "detail", "paper", "agree"):
        sentence = re.search(rf'id="id_{name}_error">.*?<span>(.*?)</span>', field(name, form), re.DOTALL)[1]
        anchor = re.search(rf'<a href="#([^"]+)">{re.escape(sentence)}</a>', summary)[1]
        assert f'id="{anchor}"' in field(name, form)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("title", "“一句话概括”还没写"),
        ("topic", "“类别”还没选"),
        ("county", "“县区”还没选"),
        ("detail", "请写明从什么时候开始"),
        ("paper", "“附材料”还没传"),
        ("agree", "“同意公开”还没勾选"),
    ],
)
def test_an_empty_field_is_named_unless_the_form_has_its_own_words(name, sentence):
    assert fields.sentences(Report({})[name]) == [sentence]


def test_a_general_error_stands_without_a_link():
    form = Report({})
    form.add_error(None, "两个地址不能一样")
    assert "<b>两个地址不能一样</b>" in shown("{% error_summary form %}", form=form)


def test_without_errors_there_is_no_summary():
    assert shown("{% error_summary form %}", form=Report()).strip() == ""


def test_what_a_visitor_typed_is_escaped():
    form = Report({"title": '"><script>x</script>'})
    assert "<script>" not in field("title", form)


def test_a_line_break_counts_as_one_character_as_the_browser_counts_it():
    field = fields.TextField(max_length=5)
    assert field.clean("一二\r\n三四") == "一二\n三四"
    with pytest.raises(forms.ValidationError):
        field.clean("一二\r\n三四五")
