"""The vocabulary of the looks: tones, deadline lights, and the entries of a navigation."""

from typing import NamedTuple

TONES = ("mute", "info", "ok", "warn", "bad", "wait")  # what a tag may say by colour, never by colour alone


class Lamp(NamedTuple):
    """How one level of a deadline looks; silhouettes differ, because red and amber do not for everybody."""

    icon: str
    filled: bool = False


LAMPS = {
    "ok": Lamp("circle-check"),
    "soon": Lamp("clock-exclamation"),
    "over": Lamp("alert-triangle", filled=True),
    "pause": Lamp("player-pause"),
    "done": Lamp("circle-check"),
}


class NavItem(NamedTuple):
    """One entry of a navigation; `count` stands at its end, in red when `alarm`; `apart`: another sort begins here."""

    url: str
    label: str
    current: bool = False
    icon: str = ""
    note: str = ""
    count: int | None = None
    alarm: bool = False
    apart: bool = False


class NavGroup(NamedTuple):
    """Entries of the staff navigation under one heading (the first group has none)."""

    title: str
    entries: list[NavItem]
