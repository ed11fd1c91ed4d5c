"""Who may do what with policies and facts; with benefits paid unasked: `cycles`."""

from .documents import APPROVING, WRITING, may_approve, may_edit, may_follow, may_keep, may_publish
from .facts import may_answer_comparison, may_compare, may_decide_correction, may_speak_for_itself

__all__ = [
    "APPROVING", "WRITING", "may_answer_comparison", "may_approve", "may_compare", "may_decide_correction", "may_edit",
    "may_follow", "may_keep", "may_publish", "may_speak_for_itself",
]
