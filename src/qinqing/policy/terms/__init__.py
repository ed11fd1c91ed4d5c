"""The vocabulary of policies; that of benefits paid unasked is in `cycles`."""

from .documents import (
    CLAUSE_NUMBER_LENGTH,
    DOCUMENT_NUMBER_LENGTH,
    LANGUAGE_VERSION,
    LIST_LIMIT,
    NUMBER_LENGTH,
    ORIGINAL_KINDS,
    OWED,
    SHORT_LENGTH,
    SUMMARY_LENGTH,
    TAKEN_NUMBERS,
    TEXT_LENGTH,
    TITLE_LENGTH,
    VERBS,
    BenefitClass,
    Channel,
    Gate,
    Level,
    Mode,
    Piece,
    Stacking,
    Standing,
    Status,
)
from .facts import CORRECTION, CORRECTION_LIMITS, Compared, Truth

__all__ = [
    "CLAUSE_NUMBER_LENGTH", "CORRECTION", "CORRECTION_LIMITS", "DOCUMENT_NUMBER_LENGTH", "LANGUAGE_VERSION", "LIST_LIMIT",
    "NUMBER_LENGTH", "ORIGINAL_KINDS", "OWED", "SHORT_LENGTH", "SUMMARY_LENGTH", "TAKEN_NUMBERS", "TEXT_LENGTH",
    "TITLE_LENGTH", "VERBS", "BenefitClass", "Channel", "Compared", "Gate", "Level", "Mode", "Piece", "Stacking", "Standing",
    "Status", "Truth",
]
