"""A small city, and programs with tokens."""

import pytest

from tests import characters


@pytest.fixture
def town(db):
    return characters.make_town()


@pytest.fixture
def token_of(town):
    """The Authorization header of a program that acts as a character."""
    return characters.token
