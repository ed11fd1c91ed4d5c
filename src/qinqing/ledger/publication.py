"""Checkpoints outside the database: a folder of plain files that any job may copy to where this site has no hand.

`QINQING_HOME/checkpoints/` holds one signed note for each checkpoint and, beside them, the public keys they need.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from django.conf import settings

from .rules import notes as rules

_NOTE = re.compile(r"checkpoint-\d+\.txt")


def folder() -> Path:
    home: Path = settings.QINQING_HOME
    return home / "checkpoints"


def publish(size: int, note: str, public_key: bytes) -> None:
    """Write the checkpoint of a size and its key, where they are not there yet."""
    folder().mkdir(parents=True, exist_ok=True)
    pem = Ed25519PublicKey.from_public_bytes(public_key).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    _add(folder() / f"{rules.name_of(public_key)}.pem", pem)
    _add(folder() / file_name(size), note.encode())


def file_name(size: int) -> str:
    return f"checkpoint-{size:012d}.txt"


def published() -> Iterator[tuple[str, str]]:
    """File name and note of each published checkpoint, in their order."""
    for path in sorted(folder().glob("checkpoint-*.txt")):
        if _NOTE.fullmatch(path.name):
            yield path.name, path.read_text()


def keys() -> list[bytes]:
    """The published public keys, raw."""
    return [read_key(path.read_bytes()) for path in sorted(folder().glob("*.pem"))]


def read_key(pem: bytes) -> bytes:
    """The raw key out of a PEM file; `ValueError` when it holds none."""
    key = load_pem_public_key(pem)
    if isinstance(key, Ed25519PublicKey):
        return key.public_bytes_raw()
    raise ValueError("not an Ed25519 key")


def _add(path: Path, text: bytes) -> None:
    """Add a whole file or none; what stands already stays."""
    if path.exists():
        return
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(text)
        os.fchmod(file.fileno(), 0o644)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
