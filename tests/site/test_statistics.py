"""`qinqing statistics`: one object of metrics, each with its unit, its n and its moment."""

import json

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_json_has_every_metric_with_its_unit_and_n(capsys):
    call_command("statistics", "--year", "2020", "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["problems_collected"] == {"value": 0, "unit": "count", "n": 0, "as_of": "2021-01-31T23:59:59+08:00"}
    assert found["resolution_rate"]["value"] is None
    assert "service_ratings" not in found


def test_lines_for_people(capsys):
    call_command("statistics", "--year", "2020")
    assert capsys.readouterr().out.splitlines()[0].split()[:3] == ["problems_collected", "0", "count"]
