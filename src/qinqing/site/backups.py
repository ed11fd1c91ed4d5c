"""A backup is one archive: the database as of one moment, then what lies beside it; restoring puts both into an empty home.

Contents of attachments are written before the row that names them and never changed, so that copying them after the
database finds all that the database knows.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from qinqing import base
from qinqing.base import Sentence, say
from qinqing.documents import queries as documents
from qinqing.ledger import queries as ledger

FORMAT = 1
MANIFEST, DATABASE = "manifest.json", "database"
BESIDE = ("attachments", "checkpoints", "demo.json")
KEYS = "keys"


class Unusable(Exception):
    """A file that is no backup, or a home that is not empty; the sentence says which."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)


# —— making one ——


def make(path: Path, *, with_keys: bool) -> None:
    """The whole archive or none, readable by its owner alone; what stands under that name is not touched."""
    if path.exists():
        raise Unusable(say("%(path)s 已经存在，备份不覆盖文件", path=path))
    if not path.absolute().parent.is_dir():
        raise Unusable(say("没有文件夹 %(path)s", path=path.absolute().parent))
    with tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=".qinqing-backup-") as folder:
        database, archive = Path(folder, DATABASE), Path(folder, "archive")
        _dump(database)
        os.close(os.open(archive, os.O_CREAT | os.O_WRONLY, 0o600))
        with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
            _fill(tar, Path(folder), database, with_keys=with_keys)
        archive.rename(path)


def _fill(tar: tarfile.TarFile, folder: Path, database: Path, *, with_keys: bool) -> None:
    manifest = folder / MANIFEST
    manifest.write_text(json.dumps(_said_of(database), ensure_ascii=False))
    tar.add(manifest, MANIFEST)
    tar.add(database, DATABASE)
    for name in (*BESIDE, *([KEYS] if with_keys else [])):
        for file in _files(settings.QINQING_HOME / name):
            tar.add(file, str(file.relative_to(settings.QINQING_HOME)))


def _said_of(database: Path) -> dict[str, Any]:
    return {"format": FORMAT, "made_at": base.now().isoformat(), "engine": connection.vendor, "sha256": _sha256(database)}


def _files(place: Path) -> Iterator[Path]:
    """What is half-written, or swept away meanwhile, belongs to no backup."""
    found = [place] if place.is_file() else sorted(place.rglob("*"))
    return (file for file in found if file.is_file() and "incoming" not in file.parts)


def _dump(target: Path) -> None:
    if connection.vendor == "postgresql":
        _postgres("pg_dump", "--format=custom", f"--file={target}")
        return
    connection.ensure_connection()
    with sqlite3.connect(target) as copy:
        connection.connection.backup(copy)
    copy.close()


# —— restoring one ——


def restore(path: Path) -> str:
    """Into a home without data; the moment the backup was made. Nothing is put in place before all of it is read."""
    for place in _occupied():
        raise Unusable(say("%(path)s 已有内容，恢复只写入空的目录", path=place))
    settings.QINQING_HOME.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.QINQING_HOME, prefix=".restoring-") as folder:
        manifest = _unpacked(path, Path(folder))
        for name in (*BESIDE, KEYS):
            if Path(folder, name).exists():
                shutil.rmtree(settings.QINQING_HOME / name, ignore_errors=True)  # of keys: those this command just made
                Path(folder, name).rename(settings.QINQING_HOME / name)
        _load(Path(folder, DATABASE))
    return str(manifest["made_at"])


def faults() -> Iterator[Sentence]:
    """What is wrong with what was restored."""
    report = ledger.verify()
    if report.fault:
        yield report.fault.sentence
    for attachment in documents.damaged():
        yield say("附件 %(name)s 的内容丢失或被改动", name=attachment)


def _occupied() -> Iterator[Path]:
    yield from (settings.QINQING_HOME / name for name in BESIDE if (settings.QINQING_HOME / name).exists())
    if connection.vendor == "postgresql":
        if connection.introspection.table_names():
            yield Path(str(connection.settings_dict["NAME"]))
    elif Path(connection.settings_dict["NAME"]).exists():
        yield Path(connection.settings_dict["NAME"])


def _unpacked(path: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(path, "r:gz") as tar:
            tar.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads(Path(folder, MANIFEST).read_text())
        whole = manifest["sha256"] == _sha256(Path(folder, DATABASE))
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError) as error:
        raise Unusable(say("%(path)s 不是可用的备份：%(error)s", path=path, error=error)) from error
    if not whole or manifest.get("format") != FORMAT:
        raise Unusable(say("%(path)s 里的数据库不完整，或由别的版本备份", path=path))
    if manifest["engine"] != connection.vendor:
        raise Unusable(say("备份来自 %(engine)s，要恢复到同一种数据库", engine=manifest["engine"]))
    return manifest


def _load(source: Path) -> None:
    if connection.vendor == "postgresql":
        _postgres("pg_restore", "--no-owner", "--single-transaction", "--exit-on-error",
                  f"--dbname={connection.settings_dict['NAME']}", str(source))
        return
    source.rename(connection.settings_dict["NAME"])


def _postgres(*words: str) -> None:
    """PostgreSQL's own tool, with the access that this site has."""
    known = connection.settings_dict
    access = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
    environment = {name: str(known[key]) for name, key in access.items() if known[key]}
    subprocess.run(words, env={**os.environ, **environment}, check=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
