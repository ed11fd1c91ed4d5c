"""How far the demo's clock is behind the machine's: kept beside the database, applied at every start."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from qinqing import base


def _file() -> Path:
    return Path(settings.QINQING_HOME) / "demo.json"


def keep(moment: datetime) -> None:
    """From now on it is `moment`, and time goes on from there."""
    seconds = (moment - base.now()).total_seconds()
    _file().write_text(json.dumps({"offset_seconds": round(seconds)}) + "\n", encoding="utf-8")


def apply() -> None:
    if _file().exists():
        base.set_offset(timedelta(seconds=json.loads(_file().read_text(encoding="utf-8"))["offset_seconds"]))
