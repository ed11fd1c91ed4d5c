"""The rows that let one worker at a time do one thing."""

from ..models import Cursor


def claim(name: str, *, wait: bool = False) -> Cursor | None:
    """Lock a cursor until the transaction ends; None when another worker has it and one does not wait.

    On SQLite the transaction itself is the lock, because it begins IMMEDIATE.
    """
    Cursor.objects.get_or_create(name=name)
    return Cursor.objects.select_for_update(skip_locked=not wait).filter(name=name).first()
