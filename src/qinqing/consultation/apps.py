from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "qinqing.consultation"
    label = "consultation"

    def ready(self) -> None:
        from dataclasses import replace

        from qinqing.casework import kinds
        from qinqing.ledger import verbs
        from qinqing.parties import erasure

        from . import actions, queries, terms

        verbs.register(terms.VERBS)
        kinds.register(replace(terms.KIND, detail=queries.detail, callers=queries.callers, consents=queries.consents))
        erasure.register(actions.erase)
