"""The administrators that most of these tests act as."""

import pytest

from qinqing import base
from qinqing.base import Role
from qinqing.parties import actions

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


@pytest.fixture
def signed_in(client, city):
    """`signed_in(role)`: the client of somebody new in that role."""

    def entered(role, unit=None):
        account = makers.make_account()
        post = makers.make_post(account, unit or city, role)
        client.force_login(account)
        session = client.session
        session["acting_as"] = str(post)
        session.save()
        return client

    return entered


@pytest.fixture
def things(city):
    county = makers.make_division()
    account = makers.make_account("li", "李建国")
    enterprise = makers.make_enterprise(name="演示茶业公司", division=county)
    mandate = actions.grant_mandate(actor=base.SYSTEM, account=makers.make_account(), enterprise=enterprise)
    unit = makers.make_unit("land", "自然资源局", parent=city, county=county)
    post = makers.make_post(makers.make_account(), unit, Role.HANDLER)
    return {"unit": unit.id, "person": account.id, "mandate": mandate.id, "post": post.id,
            "enterprise": enterprise.id}
