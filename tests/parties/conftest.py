"""The administrators that most of these tests act as."""

import pytest

from qinqing.base import Role

from . import makers


@pytest.fixture
def city(db):
    return makers.make_unit("city", "某市人民政府", kind="government")


@pytest.fixture
def system_admin(city):
    return makers.make_actor(Role.SYSTEM_ADMIN, city)


@pytest.fixture
def security_admin(city):
    return makers.make_actor(Role.SECURITY_ADMIN, city)


@pytest.fixture
def office(city):
    return makers.make_actor(Role.ENVIRONMENT_OFFICE, city)
