from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "qinqing.demo"
    label = "demo"

    def ready(self) -> None:
        from django.conf import settings

        from qinqing.ledger import verbs

        from . import offset, terms

        verbs.register(terms.VERBS)
        if settings.DEMO_MODE:
            offset.apply()
