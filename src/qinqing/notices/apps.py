from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "qinqing.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qinqing.ledger import verbs
        from qinqing.parties import adapter, erasure

        from . import actions, templates, terms

        verbs.register(terms.VERBS)
        templates.register(*templates.OWN)
        erasure.register(actions.erase)
        adapter.code_sender = actions.send_code
