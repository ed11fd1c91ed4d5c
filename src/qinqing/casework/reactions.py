"""What follows for matters from what happened elsewhere."""

from qinqing import base
from qinqing.ledger import queries as ledger
from qinqing.ledger.reactions import on
from qinqing.parties import queries as parties

from . import actions


@on("calendar.imported", "city.described", name="redate open matters")
def redate_open_matters(_happening: ledger.Happening) -> None:
    """Other working days or hours recompute every open matter; what moved is written down and the enterprise is told."""
    parties.forget_city()  # this process may have kept the one before
    actions.redate(actor=base.SYSTEM)
