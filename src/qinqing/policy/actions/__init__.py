"""The verbs of policies: writing, explaining, publishing, following."""

from .documents import add_clause, approve_plain, change_policy, explain_clause, register
from .following import follow, unfollow
from .items import add_item, change_item
from .publishing import disclose, publish, record_channel, record_review, repeal, withhold

__all__ = [
    "add_clause", "add_item", "approve_plain", "change_item", "change_policy", "disclose", "explain_clause", "follow",
    "publish", "record_channel", "record_review", "register", "repeal", "unfollow", "withhold",
]
