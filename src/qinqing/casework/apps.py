from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "qinqing.casework"
    label = "casework"

    def ready(self) -> None:
        from qinqing.documents import access as documents
        from qinqing.ledger import verbs
        from qinqing.ledger.queries import receipt_sources
        from qinqing.notices import access as outbox
        from qinqing.notices import templates
        from qinqing.parties import erasure

        from . import actions, queries, reactions, terms  # noqa: F401 - importing reactions registers them
        from .actions import telling

        verbs.register(terms.VERBS)
        templates.register(*telling.TEMPLATES)
        receipt_sources.register("matter", queries.receipt_source)
        documents.register("matter", queries.may_read_files)
        outbox.register(queries.kept_subjects)
        erasure.register(actions.erase)
