from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "qinqing.policy"
    label = "policy"

    def ready(self) -> None:
        from dataclasses import replace

        from qinqing.casework import kinds
        from qinqing.documents import access as documents
        from qinqing.ledger import verbs
        from qinqing.notices import templates

        from . import terms
        from .actions import benefit_telling, comparisons, matches
        from .queries import documents as policies
        from .queries import facts
        from .terms import cycles, pushes

        verbs.register(terms.VERBS | cycles.VERBS | pushes.VERBS)
        documents.register("policy", policies.may_read_files)
        kinds.register(replace(terms.CORRECTION, detail=facts.detail))
        kinds.register(cycles.OBJECTION)
        kinds.register(cycles.LATE)
        templates.register(*benefit_telling.TEMPLATES, comparisons.ASKED, matches.NEW, matches.CHANGED)
