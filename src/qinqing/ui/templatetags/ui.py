"""Tags and filters that every template has without loading them. See docs/components.md."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.defaultfilters import stringfilter
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from qinqing.base.words import Sentence, say
from qinqing.ui import blocks, dates, fields, figures, icons, masks, punctuation, terms

register = template.Library()
MOST_SEGMENTS = 40


def blank(shown: Callable[..., str]) -> Callable[..., str]:
    """A filter that shows nothing for nothing: an empty cell, not an error."""
    return lambda value, *options: "" if value in (None, "") else shown(value, *options)


@register.simple_tag
def icon(name: str, *, filled: bool = False, look: str = "", label: str = "") -> SafeString:
    """{% icon "inbox" %}: an inline Tabler icon. `look` adds a class (`lg`); `label` names it for a reader's ears."""
    return icons.svg(name, filled=filled, look=look, label=str(label))


@register.simple_tag
def mechanism(number: int) -> SafeString:
    """{% mechanism 3 %}: the mark's ring with the segment of one of the six mechanisms, clockwise from the top."""
    return icons.ring(number)


@register.simple_tag
def tag(status: Any, *, tone: str = "", icon: str = "") -> SafeString:
    """{% tag status %}: an adjective, never a link. `status` has label, tone, icon; or it is the word itself."""
    tone = tone or getattr(status, "tone", "mute")
    drawn = icon or getattr(status, "icon", "")
    return _tag(str(tone), str(drawn), str(getattr(status, "label", status)))


@lru_cache(maxsize=1024, typed=True)  # a list draws few of them a hundred times; typed: safe text is another than plain
def _tag(tone: str, drawn: str, label: str) -> SafeString:
    return format_html('<span class="tag tag--{}">{}{}</span>', tone, blocks.drawn(drawn), label)


@register.simple_tag
def light(level: Any, words: Any = "") -> SafeString:
    """{% light "over" "超 2 天" %}: a deadline's light; or one object with level and words."""
    words = words or getattr(level, "words", "")
    return _light(str(getattr(level, "level", level)), str(words))


@lru_cache(maxsize=1024, typed=True)
def _light(level: str, words: str) -> SafeString:
    lamp = terms.LAMPS[level]
    drawn = icons.svg(lamp.icon, filled=lamp.filled)
    return format_html('<span class="light light--{}">{}{}</span>', level, drawn, words)


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """{% field form.title %}: options first, look ("five", "list"), icons, hints."""
    return fields.context(bound, **options)


@register.inclusion_tag("ui/_error_summary.html")
def error_summary(*checked: forms.BaseForm, title: str = "") -> dict[str, Any]:
    """{% error_summary form %}: what is still wrong, in the same words as beside the fields."""
    return {"problems": fields.problems(*checked), "title": title}


@register.inclusion_tag("ui/_days.html")
def days(total: int, used: int, *, written: bool = False) -> dict[str, Any]:
    """{% days 15 7 %}: one segment a working day, today marked; what is over the limit is red. `written`: in words below."""
    each = -(-max(total, used) // MOST_SEGMENTS)  # a long bar has several days in one segment
    total_drawn, drawn = max(total // each, 1), -(-used // each)
    done = ["u"] * (min(drawn, total_drawn) - 1) + ["t"] * (0 < drawn <= total_drawn) + ["u"] * (drawn > total_drawn)
    cells = done + [""] * (total_drawn - len(done)) + ["o"] * (drawn - total_drawn)
    return {"cells": cells, "label": _days_used(total, used), "written": written}


def _days_used(total: int, used: int) -> Sentence:
    if used > total:
        return say("期限 %(total)s 个工作日，已用 %(used)s 个，超过 %(over)s 个", total=total, used=used, over=used - total)
    if used == 0:
        return say("期限 %(total)s 个工作日，从下一个工作日起算", total=total)
    return say("期限 %(total)s 个工作日，已到第 %(used)s 个，还剩 %(left)s 个", total=total, used=used, left=total - used)


@register.simple_tag(takes_context=True)
def identity_url(context: template.Context) -> str:
    """Where one changes who one is: the demo's roles, or one's own page."""
    return reverse("account_login" if context.get("demo_mode") else "me")


@register.filter
def said(row: Any, name: str) -> str:
    """{{ unit|said:"name" }}: a text that came with data, in English where its row has that too."""
    return (getattr(row, f"{name}_en", "") if dates.english() else "") or getattr(row, name, "")


@register.simple_tag(takes_context=True)
def city_name(context: template.Context) -> str:
    """The city, in the reader's language."""
    return said(context.get("city"), "name")


@register.simple_tag(takes_context=True)
def city_platform(context: template.Context) -> str:
    """What this is and whose: 广元市政企沟通平台."""
    return str(say("%(city)s政企沟通平台", city=city_name(context))).strip()


@register.filter
def sentences(said: Iterable[Any]) -> str:
    """One after the other, as the language sets them."""
    return (" " if dates.english() else "").join(str(one) for one in said)


register.simple_tag(dates.weekday_names)
for wrapper in blocks.ALL:
    register.simple_block_tag(wrapper)

register.filter("punct", stringfilter(punctuation.normalise))
register.filter("day", blank(dates.day))
register.filter("short_day", blank(lambda value: dates.day(value, weekday=False)))
register.filter("moment", blank(dates.moment))
register.filter("dated", blank(dates.dated))
register.filter("clock", blank(dates.clock))
register.filter("recent", blank(dates.recent))
register.filter("number", blank(figures.number))
register.filter("percent", blank(figures.percent))
register.filter("amount", blank(figures.amount))
register.filter("file_size", blank(figures.file_size))
register.filter("masked_phone", stringfilter(masks.masked_phone))
register.filter("masked_code", stringfilter(masks.masked_code))
