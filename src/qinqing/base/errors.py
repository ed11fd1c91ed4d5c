"""The three ways to say no: not possible like this, not allowed, and too late."""

from .words import Sentence


class Refusal(Exception):
    """A sentence for a person: what is wrong, and how to mend it."""

    def __init__(self, sentence: Sentence | str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class Refused(Refusal):
    """The input or the moment does not allow it (HTTP 422); `field` names the field that must change."""


class Denied(Refusal):
    """This person may not do it (HTTP 403)."""


class Stale(Refusal):
    """Somebody else changed it first, or the same key came with another body (HTTP 409)."""
