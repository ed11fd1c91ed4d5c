"""The verbs of policies: writing, explaining, publishing, following; and of benefits that are paid unasked."""

from .builder import add_example, adopt_rule, draft_rule, remove_example
from .comparisons import answer_comparison, ask_comparison
from .consenting import confirm, decline, keep_account, rate
from .cycles import Checked, ask_consent, check, open_cycle, publish_list
from .demands import cite_demands
from .documents import add_clause, approve_plain, change_policy, explain_clause, register
from .facts import decide_correction, declare, dispute, give_consent, withdraw_consent
from .following import follow, unfollow
from .items import add_item, change_item
from .lapsing import lapse_unanswered, remind_to_answer
from .lists import import_list
from .matches import renew_matches
from .objecting import decide_objection, object_to, propose_decision
from .originals import attach_originals, take_off_original
from .paying import (
    Settled,
    claw_back,
    flag_late,
    order_payment,
    record_funds,
    record_recovery,
    reissue,
    settle,
    sign_payment,
)
from .publishing import disclose, publish, record_channel, record_review, repeal, withhold
from .pushes import hand_over_list
from .reliefs import ReliefRow, import_reliefs

__all__ = [
    "Checked", "ReliefRow", "Settled", "add_clause", "add_example", "add_item", "adopt_rule", "answer_comparison",
    "approve_plain", "ask_comparison", "ask_consent", "attach_originals", "change_item", "change_policy", "check",
    "cite_demands", "claw_back", "confirm", "decide_correction", "decide_objection", "declare", "decline", "disclose",
    "dispute", "draft_rule", "explain_clause", "flag_late", "follow", "give_consent", "hand_over_list", "import_list",
    "import_reliefs", "keep_account", "lapse_unanswered", "object_to", "open_cycle", "order_payment", "propose_decision",
    "publish", "publish_list", "rate", "record_channel", "record_funds", "record_recovery", "record_review", "register",
    "reissue", "remind_to_answer", "remove_example", "renew_matches", "repeal", "settle", "sign_payment",
    "take_off_original", "unfollow", "withdraw_consent", "withhold",
]
