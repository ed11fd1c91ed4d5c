"""The wrappers of the page: named parameters around whatever a template puts inside."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from . import icons


def section(content: str, title: str = "", *, url: str = "", link: str = "") -> SafeString:
    """A part of a page under its own heading, with one link at the heading's end."""
    end = format_html('<a href="{}">{}</a>', url, link) if url else ""
    return format_html('<section class="sec"><div class="sec-h"><h2>{}</h2>{}</div>{}</section>', title, end, content)


def chapter(content: str, number: int, title: str, *, optional: str = "") -> SafeString:
    """A numbered part of a long form; `optional` says in a word that it may be left out."""
    note = format_html('<span class="opt">{}</span>', optional) if optional else ""
    heading = format_html('<h2><span class="blk-n">{}</span>{}{}</h2>', number, title, note)
    return format_html('<section class="blk">{}{}</section>', heading, content)


def card(content: str, title: str = "", *, look: str = "", icon: str = "") -> SafeString:
    """A block with a hairline around it; look: flat or brand. At most two on a page."""
    heading = format_html('<h2 class="card-h">{}{}</h2>', drawn(icon), title) if title else ""
    return format_html('<section class="card{}">{}{}</section>', f" card--{look}" if look else "", heading, content)


def callout(content: str, tone: str = "info", *, title: str = "") -> SafeString:
    """One thing to know before going on; tone: info, ok, warn, bad or wait."""
    heading = format_html("<b>{}</b> ", title) if title else ""
    return format_html('<div class="callout callout--{}">{}{}</div>', tone, heading, content)


def panel(content: str, title: str = "") -> SafeString:
    """A part of the side panel."""
    heading = format_html("<h2>{}</h2>", title) if title else ""
    return format_html('<section class="pan-s">{}{}</section>', heading, content)


def fieldset(content: str, legend: str, *, hint: str = "") -> SafeString:
    """Fields that belong together, under one question."""
    note = format_html('<p class="hint">{}</p>', hint) if hint else ""
    return format_html('<fieldset class="field"><legend class="label">{}</legend>{}{}</fieldset>', legend, note, content)


def control(content: str, label: str, *, for_id: str, hint: str = "", error: str = "") -> SafeString:
    """A control written by hand, with label, hint and error as `field` has them.

    The control itself carries `id=for_id` and `aria-describedby="for_id_helptext for_id_error"`.
    """
    note = format_html('<p class="hint" id="{}_helptext">{}</p>', for_id, hint) if hint else ""
    wrong = format_html('<p class="err" id="{}_error">{}<span>{}</span></p>', for_id, drawn("alert-triangle", filled=True), error)
    return format_html(
        '<div class="field{}"><label class="label" for="{}">{}</label>{}{}{}</div>',
        " field--err" if error else "",
        for_id,
        label,
        note,
        wrong if error else "",
        content,
    )


def drawn(name: str, *, filled: bool = False) -> SafeString | str:
    return icons.svg(name, filled=filled) if name else ""


ALL = (section, chapter, card, callout, panel, fieldset, control)
