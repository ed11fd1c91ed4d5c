"""The read side of policies: documents, facts, comparisons, rules being written."""

from . import library

__all__ = ["library"]
