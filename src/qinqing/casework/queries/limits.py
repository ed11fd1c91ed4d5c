"""Which limit holds for a timer: the track's own, else the standard one; the city's before the kind's."""

from collections import defaultdict

from .. import kinds
from ..models import LimitRule


def limit_of(kind: str, track: str, timer: str) -> tuple[str, str]:
    """The limit of one timer with its basis: the city's own, else the kind's default for the track."""
    return limits_of(kind, track)[timer]


def limits_of(kind: str, track: str) -> dict[str, tuple[str, str]]:
    """All limits of a track, by timer: the track's own before the standard ones, in each the city's before the kind's.

    One query.
    """
    tracks, city = kinds.get(kind).limits, _limits_of_the_city(kind, track)
    return {**tracks["standard"], **city["standard"], **tracks[track], **city[track]}


def _limits_of_the_city(kind: str, track: str) -> defaultdict[str, dict[str, tuple[str, str]]]:
    found: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in LimitRule.objects.filter(kind=kind, track__in=["standard", track]):
        found[row.track][row.timer] = (row.limit, row.basis)
    return found
