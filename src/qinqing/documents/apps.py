from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "qinqing.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qinqing.ledger import verbs
        from qinqing.parties import erasure

        from . import actions, terms

        verbs.register(terms.VERBS)
        erasure.register(actions.erase)
