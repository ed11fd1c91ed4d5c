from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "qinqing.policy"
    label = "policy"

    def ready(self) -> None:
        from dataclasses import replace

        from qinqing.casework import kinds
        from qinqing.ledger import verbs
        from qinqing.notices import templates

        from . import cycle_terms, terms
        from .actions import benefit_telling, comparisons, matches
        from .queries import facts

        verbs.register(terms.VERBS | cycle_terms.VERBS)
        kinds.register(replace(terms.CORRECTION, detail=facts.detail))
        kinds.register(cycle_terms.OBJECTION)
        kinds.register(cycle_terms.LATE)
        templates.register(*benefit_telling.TEMPLATES, comparisons.ASKED, matches.NEW, matches.CHANGED)
