"""Icons are drawn inline, out of the built package or, in a checkout, out of node_modules."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command

import qinqing
from qinqing.ui import icons

ASKED_FOR = re.compile(r"""{% icon ["']([a-z0-9-]+)["']([^%]*)%}""")


@pytest.fixture(autouse=True)
def _fresh():
    for cached in (icons.svg, icons.shapes, icons.generated):
        cached.cache_clear()
    yield
    for cached in (icons.svg, icons.shapes, icons.generated):
        cached.cache_clear()


def test_an_icon_is_inline_and_silent():
    drawn = icons.svg("inbox")
    assert drawn.startswith('<svg class="i" viewBox="0 0 24 24" focusable="false" aria-hidden="true"><path d="M4 6a2')
    assert "M0 0h24v24H0z" not in drawn


def test_a_filled_large_icon_with_a_name():
    drawn = icons.svg("alert-triangle", filled=True, look="lg", label="超期")
    assert 'class="i i--f i--lg"' in drawn
    assert 'role="img" aria-label="超期"' in drawn


def test_an_unknown_icon_raises():
    with pytest.raises(icons.UnknownIconError, match="no-such-icon"):
        icons.svg("no-such-icon")


def test_a_name_cannot_leave_the_folder():
    with pytest.raises(icons.UnknownIconError):
        icons.svg("../../package")


def test_the_built_package_needs_no_node_modules(tmp_path, settings, monkeypatch, capsys):
    monkeypatch.setattr(icons, "GENERATED", tmp_path / "generated" / "icons.json")
    call_command("icons")
    report = json.loads(capsys.readouterr().out)
    settings.NODE_MODULES = tmp_path
    assert icons.svg("inbox")
    assert icons.svg("alert-triangle", filled=True)
    assert report["icons"] == len(icons.generated())


def test_without_packages_the_command_says_what_to_run(tmp_path, settings):
    settings.NODE_MODULES = tmp_path
    with pytest.raises(Exception, match="make setup"):
        call_command("icons")


def test_every_icon_a_template_names_exists():
    package = Path(qinqing.__path__[0])
    for template in package.rglob("*.html"):
        for name, options in ASKED_FOR.findall(template.read_text()):
            assert icons.shapes(name, filled="filled=True" in options), template


def test_the_ring_lights_one_segment():
    assert [icons.ring(number).index('class="lit"') for number in range(1, 7)] == sorted(
        icons.ring(number).index('class="lit"') for number in range(1, 7)
    )
    assert icons.ring(4).count('class="lit"') == 1
    assert icons.ring(4).count("<path") == 6
