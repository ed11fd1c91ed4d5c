"""Contents on disk, each under its own SHA-256: written once, flushed to the disk, then renamed into place (M1-014).

A name in the vault always stands for complete bytes: a crash leaves a temporary file, never half a content.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.conf import settings

_INCOMING = "incoming"


def keep(content: bytes) -> str:
    """Put the content on the disk for good and give its SHA-256 in hex; the same content is stored once."""
    sha256 = hashlib.sha256(content).hexdigest()
    place = _place(sha256)
    try:
        os.utime(place)  # young again: a sweep leaves it for the row that is on its way
    except FileNotFoundError:
        _write(place, content)
    return sha256


def holds(sha256: str) -> bool:
    return _place(sha256).exists()


def read(sha256: str) -> IO[bytes]:
    return _place(sha256).open("rb")


def intact(sha256: str) -> bool:
    """Whether the content is there and still hashes to its name."""
    try:
        with read(sha256) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def remove(sha256: str) -> None:
    """Take a content away for good; one that is gone already is no fault."""
    place = _place(sha256)
    place.unlink(missing_ok=True)
    if place.parent.exists():
        _flush_folder(place.parent)


def older_than(age: timedelta) -> list[str]:
    """Every content that was put, or put again, longer ago."""
    return [file.name for file in _older_than(age, "??/??/*")]


def remove_unfinished(age: timedelta) -> None:
    """What a crash left of a write that never came to its end."""
    for file in _older_than(age, f"{_INCOMING}/*"):
        file.unlink(missing_ok=True)


def _older_than(age: timedelta, pattern: str) -> Iterator[Path]:
    """By the clock of the disk, which a file just made has read."""
    root = _made(Path(settings.MEDIA_ROOT))
    with tempfile.TemporaryFile(dir=root) as probe:
        limit = os.fstat(probe.fileno()).st_mtime - age.total_seconds()
    return (file for file in root.glob(pattern) if file.stat().st_mtime < limit)


def _place(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def _write(place: Path, content: bytes) -> None:
    incoming = _made(Path(settings.MEDIA_ROOT) / _INCOMING)
    with tempfile.NamedTemporaryFile(dir=incoming, delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(_made(place.parent) / place.name)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    _flush_folder(place.parent)


def _made(folder: Path) -> Path:
    """The folder, made where it is missing, with each new name flushed into the folder above it."""
    if not folder.exists():
        _made(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _flush_folder(folder.parent)
    return folder


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
