"""The verbs of a matter. Each is one transaction, one ledger entry, and moves by the table in `rules`."""

from .attaching import attach
from .closing import close, reopen
from .confirming import (
    confirm,
    contact,
    judge_reasonable,
    judge_unreached,
    order_rework,
    propose_reasonable,
    reject,
)
from .dispatching import accept, answer_as_helper, assign, dispatch, recall, sign, sign_as_helper, transfer
from .erasing import erase, erase_guests
from .handling import ask, decide_extension, file_evidence, fulfil, note, reply, report_progress, request_extension
from .limits import LimitRow, set_limits
from .looking import look_up
from .merging import merge, separate
from .objecting import decide_objection, object_to_dispatch
from .opening import open_matter, supplement, withdraw
from .redating import redate
from .supervising import appeal, lift_supervision, remind, see_to, supervise

__all__ = [
    "LimitRow", "accept", "answer_as_helper", "appeal", "ask", "assign", "attach", "close", "confirm", "contact",
    "decide_extension", "decide_objection", "dispatch", "erase", "erase_guests", "file_evidence", "fulfil",
    "judge_reasonable", "judge_unreached", "lift_supervision", "look_up", "merge", "note", "object_to_dispatch",
    "open_matter", "order_rework", "propose_reasonable", "recall", "redate", "reject", "remind", "reopen", "reply",
    "report_progress", "request_extension", "see_to", "separate", "set_limits", "sign", "sign_as_helper", "supervise",
    "supplement", "transfer", "withdraw",
]
