"""The ledger's start: every package's reactions are found, and a reaction to an unknown verb stops the start."""

from django.apps import AppConfig
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import autodiscover_modules


class LedgerConfig(AppConfig):
    name = "qinqing.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        autodiscover_modules("reactions")
        checks.register(reactions_follow_known_verbs)


def reactions_follow_known_verbs(**_kwargs: object) -> list[checks.CheckMessage]:
    from . import reactions

    try:
        reactions.check_registered()
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="ledger.E001")]
    return []
