"""The signing key, kept in `QINQING_HOME/keys/` outside the database and made at its first use."""

import os
import tempfile
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings


def signing_key() -> Ed25519PrivateKey:
    home: Path = settings.QINQING_HOME
    return _read(home / "keys" / "ledger.ed25519")


def public_key() -> bytes:
    """The 32 bytes that the ledger's signatures are checked with."""
    return signing_key().public_key().public_bytes_raw()


@cache
def _read(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey), f"{path} holds no Ed25519 key"
    return key


def _make(path: Path) -> None:
    """Write a new key in one step, so that two processes that start together end with the same one."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with tempfile.NamedTemporaryFile(dir=path.parent) as file:  # 0600 by itself
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return
