"""What an enterprise asked to be kept: its name, and whom it complains about, told to those who know and must keep it."""

from typing import Any

from django.utils.translation import gettext as _

from qinqing.base import Actor, say
from qinqing.base.words import Sentence

from .. import access, queries
from ..models import Matter
from ..terms import Anonymity


def warnings(actor: Actor, matter: Matter) -> list[tuple[str, Sentence]]:
    """(tone, sentence): what those who handle it must not let out."""
    return [("warn", said) for said in (_of_name(actor, matter), _of_subject(actor, matter)) if said]


def _of_name(actor: Actor, matter: Matter) -> Sentence | None:
    asked = _KEPT.get(Anonymity(matter.anonymity))
    return asked if asked and knows_name(actor, matter) else None


def _of_subject(actor: Actor, matter: Matter) -> Sentence | None:
    known = matter.about_unit and access.may_know_subject(actor, queries.standing(actor, matter), matter.about_unit_id)
    return say("反映的是%(unit)s，不能交给它办，也不要向它透露。", unit=matter.about_unit) if known else None


_KEPT = {
    Anonymity.FROM_HANDLER: say("名称保密：企业不让承办人知道。转交、写说明、打电话都不要向承办人带出企业名称和联系人。"),
    Anonymity.FROM_UNIT: say("名称保密：企业不让承办单位知道。转交、写说明、打电话都不要向承办单位带出企业名称和联系人。"),
}


def knows_name(actor: Actor, matter: Matter) -> bool:
    return bool(access.may_know_enterprise(actor, matter.anonymity, queries.standing(actor, matter)))


def asked_for(actor: Actor, matter: Matter) -> list[tuple[str, Any]]:
    """The same as the enterprise reads its own choice back: (term, what it chose), nothing where all is open."""
    kept = matter.anonymity != Anonymity.OPEN and knows_name(actor, matter)
    about = matter.about_unit and access.may_know_subject(actor, queries.standing(actor, matter), matter.about_unit_id)
    rows = [(_("名称保密"), matter.get_anonymity_display() if kept else ""),
            (_("反映的单位"), _("%(unit)s，不会交给它办，它也看不到") % {"unit": matter.about_unit} if about else "")]
    return [(term, value) for term, value in rows if value]
