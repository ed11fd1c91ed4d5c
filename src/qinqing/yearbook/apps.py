from django.apps import AppConfig


class YearbookConfig(AppConfig):
    name = "qinqing.yearbook"
    label = "yearbook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qinqing.ledger import verbs

        from . import terms

        verbs.register(terms.VERBS)
