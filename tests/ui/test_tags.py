"""The small tags and the wrappers: right words, right icons, nothing unescaped."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from qinqing.ui import terms


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


def shown(source, **values):
    return Template(source).render(Context(values))


def test_a_tag_is_a_word_with_tone_and_icon_and_no_link():
    html = shown("{% tag status %}", status=SimpleNamespace(label="办理中", tone="info", icon="progress"))
    assert html.startswith('<span class="tag tag--info"><svg')
    assert html.endswith("办理中</span>")
    assert "<a" not in html


def test_a_tag_of_plain_words_is_quiet():
    assert shown('{% tag "用地" %}') == '<span class="tag tag--mute">用地</span>'


@pytest.mark.parametrize("level", terms.LAMPS)
def test_every_light_has_an_icon_and_words(level):
    html = shown("{% light level words %}", level=level, words="剩 8 天")
    assert f"light--{level}" in html
    assert "<svg" in html
    assert "剩 8 天" in html


def test_late_differs_from_soon_in_its_silhouette():
    assert "i--f" in shown('{% light "over" "超 2 天" %}')
    assert "i--f" not in shown('{% light "soon" "剩 2 小时" %}')


def test_a_light_object():
    assert shown("{% light lamp %}", lamp=SimpleNamespace(level="pause", words="等企业补充")).endswith("等企业补充</span>")


@pytest.mark.parametrize(
    ("total", "used", "cells", "words"),
    [
        (15, 7, ["u"] * 6 + ["t"] + [""] * 8, "期限 15 个工作日，已到第 7 个，还剩 8 个"),
        (5, 5, ["u"] * 4 + ["t"], "期限 5 个工作日，已到第 5 个，还剩 0 个"),
        (5, 7, ["u"] * 5 + ["o"] * 2, "期限 5 个工作日，已用 7 个，超过 2 个"),
        (5, 0, [""] * 5, "期限 5 个工作日，从下一个工作日起算"),
        (1, 1, ["t"], "期限 1 个工作日，已到第 1 个，还剩 0 个"),
        (20, 119, ["u"] * 6 + ["o"] * 34, "期限 20 个工作日，已用 119 个，超过 99 个"),  # three days a segment
        (1, 900, ["u"] + ["o"] * 39, "期限 1 个工作日，已用 900 个，超过 899 个"),
    ],
)
def test_days(total, used, cells, words):
    html = shown("{% days total used %}", total=total, used=used)
    drawn = html.split("<i")[1:]
    assert [cell.split('class="')[1][0] if "class" in cell else "" for cell in drawn] == cells
    assert f'role="img" aria-label="{words}"' in html
    written = shown("{% days total used written=True %}", total=total, used=used)
    assert (f"{words}</p>" in written, "aria-label" in written) == (True, False)


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ('{% section "数字" url="/x" link="全部" %}在{% endsection %}', '<h2>数字</h2><a href="/x">全部</a></div>在</section>'),
        (
            '{% chapter 2 "附材料" optional="选填" %}在{% endchapter %}',
            '<span class="blk-n">2</span>附材料<span class="opt">选填</span></h2>在',
        ),
        (
            '{% card "预计" look="flat" %}在{% endcard %}',
            '<section class="card card--flat"><h2 class="card-h">预计</h2>在</section>',
        ),
        ("{% card %}在{% endcard %}", '<section class="card">在</section>'),
        ('{% callout "warn" title="注意：" %}在{% endcallout %}', '<div class="callout callout--warn"><b>注意：</b> 在</div>'),
        ('{% panel "企业" %}在{% endpanel %}', '<section class="pan-s"><h2>企业</h2>在</section>'),
        (
            '{% fieldset "时段" hint="两头都包含" %}在{% endfieldset %}',
            '<legend class="label">时段</legend><p class="hint">两头都包含</p>在',
        ),
        (
            '{% control "搜索" for_id="q" hint="编号" %}<input id="q">{% endcontrol %}',
            '<p class="hint" id="q_helptext">编号</p><input id="q">',
        ),
    ],
)
def test_wrappers(source, part):
    assert part in shown(source)


def test_a_control_in_error():
    html = shown('{% control "搜索" for_id="q" error=error %}<input id="q">{% endcontrol %}', error="“搜索”还没写")
    assert "field field--err" in html
    assert 'id="q_error"' in html


@pytest.mark.parametrize(
    "source",
    [
        "{% section text %}{{ text }}{% endsection %}",
        "{% card text %}{{ text }}{% endcard %}",
        "{% callout title=text %}{{ text }}{% endcallout %}",
        "{% tag text %}",
        '{% light "ok" text %}',
        "{% chapter 1 text %}{% endchapter %}",
        "{% panel text %}{% endpanel %}",
    ],
)
def test_nothing_passes_unescaped(source):
    assert "<script>" not in shown(source, text="<script>")


@pytest.mark.parametrize("name", ["day", "short_day", "moment", "clock", "recent", "number", "percent", "amount"])
def test_a_filter_shows_nothing_for_nothing(name):
    assert shown("{{ missing|" + name + " }}{{ none|" + name + " }}", none=None) == ""


def test_filters_are_there_without_loading():
    html = shown(
        "{{ text|punct }} {{ phone|masked_phone }} {{ code|masked_code }} {{ fen|amount }} {{ n|number }}",
        text="好,是的",
        phone="13912342046",
        code="91510800MA6263X2K",
        fen=38_600_000,
        n=1286,
    )
    assert html == "好，是的 139****2046 9151****3X2K 38.6 万元 1,286"


def test_punctuation_does_not_undo_escaping():
    assert shown("{{ text|punct }}", text='<b>"企业"') == "&lt;b&gt;“企业”"
