"""What the browser tests share: a server, a reader in one of the reading modes, and the checks that every page must pass."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from qinqing import base
from qinqing.parties.models import Account
from tests import characters

WEDNESDAY = datetime(2026, 3, 4, 10, tzinfo=base.TZ)
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True)
class Mode:
    """How somebody reads: the device's width, and what the preference cookies say."""

    name: str
    width: int = 1280
    theme: str = "light"
    size: str = "standard"

    @property
    def is_phone(self):
        return self.width < 500


MODES = [
    Mode("desktop"),
    Mode("dark", theme="dark"),
    Mode("large", size="large"),
    Mode("phone", width=390),
    Mode("phone-dark", width=390, theme="dark"),
    Mode("phone-large", width=360, size="large"),
]


def pytest_generate_tests(metafunc):
    if "mode" in metafunc.fixturenames:
        metafunc.parametrize("mode", MODES, ids=lambda mode: mode.name)
    if "large_mode" in metafunc.fixturenames:
        metafunc.parametrize("large_mode", [mode for mode in MODES if mode.size == "large"], ids=lambda mode: mode.name)


@pytest.fixture
def phone():
    return next(mode for mode in MODES if mode.is_phone)


@pytest.fixture
def reading(browser, live_server):
    """`with reading(mode) as page:` a page in that mode; what its console complains about fails the test."""

    @contextmanager
    def opened(mode=MODES[0], *, javascript=True, expects=200):
        context = browser.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            java_script_enabled=javascript,
            viewport={"width": mode.width, "height": 844},
            is_mobile=mode.is_phone,
            has_touch=mode.is_phone,
        )
        context.add_cookies([{"name": name, "value": getattr(mode, name), "url": live_server.url} for name in ("theme", "size")])
        page, complaints = context.new_page(), []
        page.on("console", lambda message: complaints.extend(complained(message, expects)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.extend(strangers(request.url, live_server.url)))
        yield page
        said = list(complaints)
        context.set_offline(True)  # what a page still wants to say when it goes must not meet the database being emptied
        context.close()
        assert said == []

    return opened


def complained(message, expects):
    """An error on the console, unless it is only the status, or the failure of the net, that the test is about."""
    expected = f"status of {expects} " if isinstance(expects, int) else expects
    return [message.text] if message.type == "error" and expected not in message.text else []


def strangers(address, home):
    """A page asks nobody but its own server."""
    return [] if address.startswith((home, "data:", "blob:")) else [f"asks another host: {address}"]


@pytest.fixture
def town(live_server):
    """A small city on a Wednesday; the server's own thread reads the same clock."""
    base.set_offset(WEDNESDAY - base.machine_now())
    yield characters.make_town()
    base.set_offset(WEDNESDAY - WEDNESDAY)


@pytest.fixture
def enters(live_server):
    """`enters(page, actor)`: the browser is signed in as this person."""

    def signed_in(page, actor):
        client = Client()
        client.force_login(Account.objects.get(pk=actor.account_id))
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return signed_in


@pytest.fixture
def barriers():
    """`barriers(page)`: every violation that axe-core finds, one line each; `rules` narrows it to what a mode changes."""

    def found(page, rules=RULES):
        # As tall as its contents: what a bar under the thumb covers now can be scrolled into sight.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
        answer = Axe().run(page, options={"runOnly": rules}).response
        return [f"{fault['id']}: {node['html']}" for fault in answer["violations"] for node in fault["nodes"]]

    return found


@pytest.fixture
def overflow():
    """`overflow(page, mode)`: by how many pixels the page is wider than the device.

    A phone's layout viewport grows with its contents, so the device's own width is what counts.
    """

    def wider(page, mode):
        return page.evaluate("Math.max(document.documentElement.scrollWidth, innerWidth)") - mode.width

    return wider
