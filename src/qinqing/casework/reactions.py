"""What follows for matters from what happened elsewhere."""

from qinqing import base
from qinqing.ledger import queries as ledger
from qinqing.ledger.reactions import on

from . import actions


@on("calendar.imported", name="redate open matters")
def redate_open_matters(_happening: ledger.Happening) -> None:
    """A changed calendar recomputes every open matter; what moved is written down and the enterprise is told."""
    actions.redate(actor=base.SYSTEM)
