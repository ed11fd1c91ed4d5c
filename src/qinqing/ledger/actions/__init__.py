"""The write side: acts and records for every package; sealing and checkpoints for the worker."""

from ..rules.entries import commitment
from .acts import act, new_salt, record, replay
from .checkpoints import checkpoint
from .sealing import seal

__all__ = ["act", "checkpoint", "commitment", "new_salt", "record", "replay", "seal"]
