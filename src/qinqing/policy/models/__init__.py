"""The records of policies: documents with their clauses, the benefits in them, and how they became public."""

from .documents import Clause, Policy, PolicyQuerySet
from .following import Following
from .items import PolicyItem, PolicyItemQuerySet
from .publishing import GateReview, Publication

__all__ = ["Clause", "Following", "GateReview", "Policy", "PolicyItem", "PolicyItemQuerySet", "PolicyQuerySet", "Publication"]
