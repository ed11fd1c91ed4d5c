from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "qinqing.policy"
    label = "policy"

    def ready(self) -> None:
        from qinqing.casework import kinds
        from qinqing.ledger import verbs

        from . import terms

        verbs.register(terms.VERBS)
        kinds.register(terms.CORRECTION)
