"""What the city does here, and where the rest is done: beside the province's platform, not instead of it (M3-030, M3-031)."""

from dataclasses import dataclass

from qinqing.base.words import Named
from qinqing.parties import queries as parties


@dataclass(frozen=True)
class Offered:
    """`applications` and `matching` say whether they are done here; `platform` and `address` where they are otherwise."""

    applications: bool
    matching: bool
    platform: Named
    address: str


def offered() -> Offered:
    """As the city's profile says; without one, everything is done here."""
    city = parties.city()
    platform = Named(city.province_platform, city.province_platform_en)
    return Offered(city.takes_applications, city.matches_policies, platform, city.province_address)
