"""The records of policies: documents with their clauses, the benefits in them, and how they became public."""

from .builder import RuleDraft, RuleExample
from .comparisons import Comparison, ComparisonQuerySet, ComparisonRow
from .documents import Clause, Policy, PolicyQuerySet
from .facts import Consent, Correction, CorrectionQuerySet
from .following import Following
from .items import PolicyItem, PolicyItemQuerySet
from .matches import Match
from .publishing import GateReview, Publication

__all__ = [
    "Clause", "Comparison", "ComparisonQuerySet", "ComparisonRow", "Consent", "Correction", "CorrectionQuerySet", "Following",
    "GateReview", "Match", "Policy", "PolicyItem", "PolicyItemQuerySet", "PolicyQuerySet", "Publication", "RuleDraft",
    "RuleExample",
]
