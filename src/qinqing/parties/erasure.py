"""Who else keeps something of a person: the packages above register what erases theirs (PIPL Art. 47).

An eraser gets the account, deletes values and salts in the transaction it is called in, and says how many.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Account

Eraser = Callable[["Account"], int]

_erasers: dict[str, Eraser] = {}


def register(eraser: Eraser) -> None:
    """Once for each package, in `AppConfig.ready`; the package's name tells it in the ledger."""
    _erasers[eraser.__module__.split(".")[1]] = eraser


def erase_elsewhere(account: "Account") -> dict[str, int]:
    """How many values each package erased."""
    return {package: eraser(account) for package, eraser in sorted(_erasers.items())}
