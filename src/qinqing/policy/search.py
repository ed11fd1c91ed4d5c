"""The full-text index of policies: title, summary, clauses and what they mean, benefits (M3-026)."""

from qinqing.casework.search import Index

from .models import Policy

_policies = Index("policy_search")
forget, matching = _policies.forget, _policies.matching
create_table, drop_table = _policies.create_table, _policies.drop_table


def index(policy: Policy) -> None:
    """Put it in, in place of what stood there before."""
    forget(policy)
    clauses = [text for pair in policy.clauses.values_list("original", "plain") for text in pair]
    items = [text for three in policy.items.current().values_list("title", "conditions", "benefit") for text in three]
    _policies.index(policy, policy.title, policy.document_number, policy.summary, policy.issuer.name, *clauses, *items)
