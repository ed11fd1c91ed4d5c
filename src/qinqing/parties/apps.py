from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "qinqing.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qinqing.ledger import verbs

        from . import terms

        verbs.register(terms.VERBS)
