"""What the tests of the calendar share: who imports, and a notice for 2027 (invented)."""

import pytest

from qinqing import base

NOTICE = """\
date,kind,name
2026-12-27,workday,元旦
2027-01-01,holiday,元旦
2027-01-02,holiday,元旦
2027-02-05,holiday,春节
2027-02-08,holiday,春节
2027-05-01,holiday,劳动节
2027-05-02,holiday,劳动节
2027-05-03,holiday,劳动节
2027-05-08,workday,劳动节
2027-10-01,holiday,国庆节
2027-10-02,holiday,国庆节
2027-10-03,holiday,国庆节
2027-10-04,holiday,国庆节
"""


@pytest.fixture
def ban():
    """A member of the city's environment office."""
    return base.Actor(account_id=7, role=base.Role.ENVIRONMENT_OFFICE, name="班")


@pytest.fixture
def notice():
    return NOTICE.encode()
