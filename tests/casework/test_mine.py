"""The enterprise's own list: everything can be reached, the same questions to the database for one row and for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qinqing.casework import actions
from qinqing.casework.views import case
from tests.casework.pages import links, text
from tests.casework.road import at, submitted

pytestmark = pytest.mark.django_db


def test_one_row_asks_what_ten_ask(town, signed_in):
    lin, counts = signed_in(town.lin), []
    lin.get("/matters/")
    for more in (1, 9):
        for _ in range(more):
            submitted(town)
        with at(2), CaptureQueriesContext(connection) as asked:
            assert lin.get("/matters/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_ended_long_ago_stands_on_further_pages(town, signed_in, monkeypatch):
    monkeypatch.setattr(case, "LISTED", 2)
    matters = [submitted(town) for _ in range(5)]
    with at(2):
        for matter in matters[:4]:
            actions.withdraw(actor=town.lin, matter=matter, reason="不办了")
        lin, seen, address = signed_in(town.lin), [], "/matters/"
        while address:
            page = lin.get(address)
            seen += [link for link in links(page, "/matters/") if link.count("/") == 3]
            address = next((link for link in links(page, "before=") if "更早的" in text(page)), "")
    assert len(seen) == len(set(seen)) == 5
