"""A cycle of automatic benefits as far as a test needs it."""

import pytest

from qinqing.policy import actions
from tests import characters

from . import cycle_road as road
from .cycle_road import ACCOUNT, at


@pytest.fixture
def town(db):
    return characters.make_town()


@pytest.fixture
def leader(town):
    return road.leader(town)


@pytest.fixture
def item(town, leader):
    return road.item(town, leader)


@pytest.fixture
def cycle(town, item):
    """Lin's enterprise, Qiu's and two more; Lin and Qiu have no account on file."""
    road.known(town, town.enterprise)
    road.known(town, town.other)
    road.firms(town, 2)
    return road.opened(town, item)


@pytest.fixture
def noticed(town, leader, cycle):
    road.checked(town, cycle)
    return road.noticed(leader, cycle)


@pytest.fixture
def confirmed(town, noticed):
    """All four have said yes."""
    road.asked(town, noticed)
    with at(14):
        for actor, enterprise in ((town.lin, town.enterprise), (town.qiu, town.other)):
            account = ACCOUNT | {"payee": enterprise.name}
            actions.confirm(actor=actor, entitlement=road.of(noticed, enterprise), **account)
    return noticed
