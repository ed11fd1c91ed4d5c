"""Reading pages in tests: their text without tags, and two pages compared but for their tokens."""

import html
import re

from tests.casework.road import fresh


def text(answer):
    """What a person reads, with single spaces."""
    page = re.sub(r"(?s)<(script|style|dialog)\b.*?</\1>", "", answer.content.decode())
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def source(answer):
    """The HTML without the token that changes with every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


def links(answer, within=""):
    """Every address the page leads to, as the browser would follow it."""
    return [html.unescape(address) for address in re.findall(r'href="([^"]+)"', source(answer)) if within in address]


def page_of(client, matter, verb="", **headers):
    return client.get(f"/desk/matters/{matter.number}/{verb}", headers=headers)


def says(client, matter, verb, data=None, **headers):
    said = {"version": fresh(matter).version} | (data or {})
    return client.post(f"/desk/matters/{matter.number}/{verb}/", said, headers=headers)
