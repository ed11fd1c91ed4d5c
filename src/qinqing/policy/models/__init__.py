"""The records of policies: documents with their clauses, the benefits in them, and how they became public."""

from .builder import RuleDraft, RuleExample
from .comparisons import Comparison, ComparisonQuerySet, ComparisonRow
from .cycles import Cycle, CycleQuerySet, Entitlement, EntitlementQuerySet, Objection, ObjectionQuerySet
from .demands import Demand
from .documents import Clause, Policy, PolicyQuerySet
from .facts import Consent, Correction, CorrectionQuerySet
from .following import Following
from .items import PolicyItem, PolicyItemQuerySet, Reach
from .matches import Match, MatchRound
from .payments import ClawBack, PayeeAccount, Payment, PaymentOrder, PaymentQuerySet
from .publishing import GateReview, Publication
from .reliefs import Relief, ReliefFile, ReliefQuerySet

__all__ = [
    "Clause", "ClawBack", "Comparison", "ComparisonQuerySet", "ComparisonRow", "Consent", "Correction", "CorrectionQuerySet",
    "Cycle", "CycleQuerySet", "Demand", "Entitlement", "EntitlementQuerySet", "Following", "GateReview", "Match", "MatchRound",
    "Objection", "ObjectionQuerySet", "PayeeAccount", "Payment", "PaymentOrder", "PaymentQuerySet", "Policy", "PolicyItem",
    "PolicyItemQuerySet", "PolicyQuerySet", "Publication", "Reach", "Relief", "ReliefFile", "ReliefQuerySet", "RuleDraft",
    "RuleExample",
]
