"""Submitting a difficulty: from the enterprise itself, or entered on its behalf (M1-004, M1-006, M1-021)."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.crypto import salted_hmac

from qinqing import base
from qinqing.base import PUBLIC, Actor, Role, say
from qinqing.casework import access as casework_access
from qinqing.casework import actions as casework
from qinqing.casework import queries as casework_queries
from qinqing.casework.actions import moving
from qinqing.casework.models import Matter
from qinqing.casework.terms import EXPRESS, Anonymity, Route
from qinqing.documents import actions as documents
from qinqing.documents.intake import Received
from qinqing.documents.models import Attachment
from qinqing.ledger import actions as ledger
from qinqing.parties import rules as parties_rules
from qinqing.parties.models import Account, Division, Enterprise, Mandate, Unit

from . import access, queries, rules, terms
from .models import Difficulty, Draft, Guest

QUERY_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without the look-alikes I, O, 0, 1
QUERY_LENGTH = 8


@ledger.act
def submit(*, actor: Actor, title: str, text: str, topic: str, enterprise: Enterprise | None,
           contact_id: int | None = None, wish: str = "", track: str = terms.Track.STANDARD,
           route: str = Route.PORTAL, anonymity: str = Anonymity.OPEN, about_unit: Unit | None = None,
           received_at: datetime | None = None, urgent: bool = False, county: Division | None = None,
           scope: str = "", reply_by: str = terms.ReplyBy.PHONE, may_publish: bool = False, draft: str = "",
           once: str | None = None, body: bytes | None = None) -> Difficulty:
    """Open the matter of a difficulty, with the files under `draft`. The same `once` key gives the first answer again."""
    if once and (first := _submitted_before(once, body)):
        return first
    _may_submit(actor, enterprise)
    _may_come(actor, route, received_at)
    title = moving.written(title, "title", say("请用一句话概括困难。"))
    text = moving.written(text, "text", say("请写下详细情况。"))
    track = _track(track, route, about_unit, urgent=urgent)
    matter = casework.open_matter(
        actor=actor, kind=terms.KIND.key, track=track, title=title, text=text, route=route, topic=topic,
        enterprise=enterprise, contact_id=contact_id or (actor.account_id if actor.role == Role.ENTERPRISE else None),
        county=county or (enterprise.county if enterprise else None), anonymity=anonymity, about_unit=about_unit,
        received_at=received_at, urgent=urgent or track == terms.Track.URGENT, draft=draft)
    difficulty = Difficulty.objects.create(
        matter=matter, topic=topic, scope=scope, wish=wish, reply_by=reply_by, may_publish=may_publish)
    ledger.record("difficulty.submitted", actor, f"matter:{matter.pk}",
                  {"topic": topic, "route": route, "wish": ledger.commitment(matter.salt, wish)}, once=once, body=body)
    return difficulty


def _submitted_before(once: str, body: bytes | None = None) -> Difficulty | None:
    first = ledger.replay(once, body)
    return Difficulty.objects.get(matter=int(first.subject.removeprefix("matter:"))) if first else None


def _once(form: str, key: str, fields: Mapping[str, Any]) -> str:
    """The key of one form with these words: other words in it are another difficulty, not the old one again.

    The form's own secret is the salt, so that the ledger holds neither the secret nor what would confirm a guess of the words.
    """
    said = json.dumps({name: str(value) for name, value in fields.items()}, sort_keys=True)
    return f"{form}:{ledger.commitment(key, said)}"


def _track(chosen: str, route: str, about_unit: Unit | None, *, urgent: bool) -> str:
    """Which limits hold: the express has its own; what nobody chose follows from what it is."""
    if route in EXPRESS:
        return terms.Track.EXPRESS
    if chosen != terms.Track.STANDARD:
        return chosen
    if urgent:
        return terms.Track.URGENT
    return terms.Track.COMPLAINT if about_unit else chosen


def _may_submit(actor: Actor, enterprise: Enterprise | None) -> None:
    if actor == PUBLIC:
        return
    if actor.role == Role.ENTERPRISE:
        if enterprise is None or enterprise.pk != actor.enterprise_id:
            raise base.Denied(say("只能替您代表的企业提交。"))
        return
    base.require(casework_access.may_register(actor))


def _may_come(actor: Actor, route: str, received_at: datetime | None) -> None:
    """The road decides the limits, the day when they began to run: nobody chooses them but who can know."""
    if route not in {*access.routes(actor), Route.API}:
        raise base.Refused(say("“%(route)s”来的不归您登记。", route=Route(route).label), field="route")
    if received_at is None:
        return
    if not casework_access.may_register(actor):
        raise base.Refused(say("收到时间由代企业登记的人填，企业自己提交的从提交时起算。"), field="received_at")
    if received_at < base.now() - timedelta(days=terms.BACKDATED_DAYS):
        raise base.Refused(say("收到时间最早填 %(n)s 天以前。", n=terms.BACKDATED_DAYS), field="received_at")


@ledger.act
def sort(*, actor: Actor, matter: Matter, topic: str, scope: str = "") -> Difficulty:
    """A person corrects the topic; the former one stays in the ledger (M1-013)."""
    difficulty = _to_sort(actor, matter)
    before = difficulty.topic
    difficulty.topic, difficulty.scope = topic, scope or difficulty.scope
    difficulty.save(update_fields=["topic", "scope"])
    Matter.objects.filter(pk=matter.pk).update(topic=topic, version=F("version") + 1, changed_at=base.now())
    ledger.record("difficulty.sorted", actor, f"matter:{matter.pk}", {"before": before, "topic": topic})
    return difficulty


def _to_sort(actor: Actor, matter: Matter) -> Difficulty:
    """Locked and fresh: what has ended stays where it was counted."""
    fresh = Matter.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=matter.pk).first()
    if fresh is None:
        raise base.Denied(say("这件事不在您这里，或者刚刚转走了。"))
    base.require(queries.may_sort(actor, fresh))
    if not fresh.is_open:
        raise base.Refused(say("这件事已经结束，分类不再改。"))
    return Difficulty.objects.select_for_update().get(matter=fresh)


@ledger.act
def submit_draft(*, actor: Actor, key: str, **fields: Any) -> Difficulty:
    """Submit what stood in a draft, with its files. The same words under the same key are submitted once."""
    _may_use_draft(key, actor)
    enterprise = Enterprise.objects.get(pk=actor.enterprise_id or 0)
    once = _once(f"draft:{actor.account_id}", key, fields)
    difficulty = submit(actor=actor, enterprise=enterprise, draft=rules.files_subject(key), once=once, **fields)
    writer = {"account_id": actor.account_id, "enterprise_id": actor.enterprise_id}
    Draft.objects.update_or_create(
        key=key, defaults={"fields": {}, "saved_at": base.now(), "spent_at": base.now(), **writer})
    return difficulty


@ledger.act
def submit_as_guest(*, actor: Actor, key: str, code: str, enterprise_name: str, contact_name: str, phone: str,
                    route: str = Route.EMBED, files: Sequence[Received] = (), **fields: Any) -> tuple[Difficulty, str]:
    """From the collection page without signing in. The second value is the code to look it up with.

    The same form sent again (`key` is its secret) changes nothing and is told the same; with other words it is another one.
    A credit code is public, so it proves nothing: the matter is not the enterprise's own until somebody has asked it.
    """
    contact = {"code": code, "name": contact_name, "phone": phone}
    said = {**fields, **contact, "enterprise_name": enterprise_name, "files": [file.sha256 for file in files]}
    once = _once("guest", key, said)
    if first := _submitted_before(once):
        return first, _told_before(first, key)
    named = Enterprise.objects.filter(code=code).select_related("county").first() if code else None
    difficulty = submit(actor=actor, enterprise=None, county=named.county if named else None, route=route,
                        draft=_waiting(actor, files), once=once, **fields)
    query_code = _leave_contact(difficulty, key, **contact)
    Matter.objects.filter(pk=difficulty.pk).update(enterprise_name=enterprise_name)
    return difficulty, query_code


def _waiting(actor: Actor, files: Sequence[Received]) -> str:
    """Put what came along under a draft of its own, from where the opening takes it; gives the draft, or nothing."""
    draft = f"draft:{secrets.token_urlsafe(18)}" if files else ""
    for received in files:
        documents.store(actor=actor, upload=received, subject=draft)
    return draft


def _leave_contact(difficulty: Difficulty, key: str, *, code: str, name: str, phone: str) -> str:
    """Keep how to reach somebody without an account; returns the code to look the matter up with."""
    salt = ledger.new_salt()
    query_code = _query_code(key, salt)
    Guest.objects.create(difficulty=difficulty, code=code, name=name, phone=phone, salt=salt,
                         query_hash=ledger.commitment(salt, query_code))
    return query_code


def _query_code(key: str, salt: str) -> str:
    """Who presses twice sees only the second answer: the form's secret gives the same code again, and it alone does."""
    drawn = salted_hmac(salt, key, algorithm="sha256").digest()[:QUERY_LENGTH]
    return "".join(QUERY_ALPHABET[byte % len(QUERY_ALPHABET)] for byte in drawn)


def _told_before(difficulty: Difficulty, key: str) -> str:
    """The code that this form was told; empty when there is none, or none any more."""
    guest = Guest.objects.filter(difficulty=difficulty).exclude(query_hash="").first()
    query_code = _query_code(key, guest.salt) if guest else ""
    return query_code if queries.looked_up(difficulty.matter.number, query_code) else ""


@ledger.act
def register(*, actor: Actor, enterprise: Enterprise | None, enterprise_name: str, code: str = "", contact_name: str = "",
             phone: str = "", files: Sequence[Received] = (), key: str = "", **fields: Any) -> tuple[Difficulty, str]:
    """Entered by staff for who called, wrote or was visited. The second value is the code to tell them, or empty.

    The same form sent again (`key` is its secret) changes nothing and is told the same.
    """
    key = key or secrets.token_urlsafe(18)
    guest = {"code": code, "name": contact_name, "phone": phone}
    called = {**guest, "enterprise": enterprise, "enterprise_name": enterprise_name, "files": [file.sha256 for file in files]}
    once = _once(f"register:{actor.account_id}", key, {**fields, **called})
    if first := _submitted_before(once):
        return first, _told_before(first, key)
    contact = _contact(enterprise, phone) if phone and enterprise else None
    difficulty = submit(actor=actor, enterprise=enterprise, contact_id=contact.pk if contact else None,
                        draft=_waiting(actor, files), once=once, **fields)
    matter = difficulty.matter
    if enterprise is None:
        Matter.objects.filter(pk=matter.pk).update(enterprise_name=enterprise_name)
    if contact or not phone:
        return difficulty, ""
    return difficulty, _leave_contact(difficulty, key, **guest)


@ledger.act
def reveal_guest(*, actor: Actor, matter: Matter, purpose: str) -> tuple[str, str]:
    """Name and phone of who left them without an account; what for is noted in the matter's course."""
    base.require(queries.may_call_back(actor, matter))
    purpose = purpose.strip()
    fewest = parties_rules.FEWEST_PURPOSE_CHARACTERS
    if len(purpose) < fewest:
        raise base.Refused(say("请写明查看联系方式的用途，至少 %(n)s 个字。", n=fewest), field="purpose")
    guest = Guest.objects.get(difficulty=matter.pk)
    remark = casework.note(actor=actor, matter=matter, text=str(say("查看联系方式：%(purpose)s", purpose=purpose)))
    ledger.record("guest.revealed", actor, f"matter:{matter.pk}", {"statement": remark.pk})
    return guest.name, guest.phone


def _contact(enterprise: Enterprise, phone: str) -> Account | None:
    """Who has this number and acts for the enterprise today."""
    mandates = Mandate.objects.on(base.today()).filter(enterprise=enterprise, account__phone=phone).select_related("account")
    return next((mandate.account for mandate in mandates), None)


@ledger.act
def publish(*, actor: Actor, matter: Matter, title: str, text: str) -> Difficulty:
    """The enterprise lets everybody read how it was solved, in words it has seen (and may change any day)."""
    difficulty = _to_publish(actor, matter)
    for field, words in (("title", title), ("text", text)):
        if sentence := rules.still_names(words, matter.enterprise_name):
            raise base.Refused(sentence, field=field)
    difficulty.public_title, difficulty.public_text, difficulty.published_at = title.strip(), text.strip(), base.now()
    difficulty.save(update_fields=["public_title", "public_text", "published_at"])
    facts = {"title": ledger.commitment(matter.salt, title.strip()), "text": ledger.commitment(matter.salt, text.strip())}
    ledger.record("difficulty.published", actor, f"matter:{matter.pk}", facts)
    return difficulty


@ledger.act
def unpublish(*, actor: Actor, matter: Matter) -> Difficulty:
    """Taken back: nobody reads it any more, here."""
    difficulty = _to_publish(actor, matter)
    difficulty.public_title, difficulty.public_text, difficulty.published_at = "", "", None
    difficulty.save(update_fields=["public_title", "public_text", "published_at"])
    ledger.record("difficulty.unpublished", actor, f"matter:{matter.pk}", {})
    return difficulty


def _to_publish(actor: Actor, matter: Matter) -> Difficulty:
    base.require(access.may_publish(actor, matter.enterprise_id))
    difficulty = Difficulty.objects.select_for_update(of=("self",)).select_related("matter").get(matter=matter)
    if not queries.is_solved(difficulty.matter):
        raise base.Refused(say("销号以后，解决了的事才能公开。"))
    return difficulty


def erase(account: Account) -> int:
    """Drafts of the person, and what they brought as a guest under the same number. Part of `person.erased`.

    The wishes beside the texts that casework has erased before, and what was published of them.
    """
    drafts, _ = Draft.objects.filter(account=account).delete()
    guests = _erase_guests(Guest.objects.filter(phone=account.phone)) if account.phone else 0
    erased = Difficulty.objects.filter(matter__in=casework_queries.erased())
    wishes = erased.exclude(wish="").update(wish="")
    erased.update(public_title="", public_text="", published_at=None)
    return drafts + guests + wishes


def _erase_guests(guests: QuerySet[Guest]) -> int:
    """How to reach them, and all that they said."""
    casework.erase_guests([guest.difficulty.matter for guest in guests.select_related("difficulty__matter")])
    return guests.update(name="", phone="", code="", salt="", query_hash="")


def forget_drafts() -> int:
    """What was typed by somebody who did not sign in goes after its days, with its files. Not a verb: nothing was said."""
    before = base.now() - timedelta(days=terms.ANONYMOUS_DRAFT_DAYS)
    old = Draft.objects.filter(account=None, spent_at=None, saved_at__lt=before)
    return sum(_forget(old.filter(pk=draft.pk), draft.key) for draft in old)


@transaction.atomic
def _forget(draft: QuerySet[Draft], key: str) -> int:
    """Unless somebody has signed in to it meanwhile."""
    forgotten, _ = draft.delete()
    subject = rules.files_subject(key)
    for upload in Attachment.objects.of(subject).kept() if forgotten else ():
        documents.discard(actor=base.SYSTEM, draft=subject, public_id=upload.public_id)
    return forgotten


def save_draft(*, key: str, actor: Actor, fields: dict[str, str]) -> Draft:
    """Keep what was typed. Not a verb: nothing has been said yet, so nothing enters the ledger."""
    _may_use_draft(key, actor)
    if Draft.objects.filter(key=key, spent_at__isnull=False).exists():
        raise base.Stale(say("这份草稿已经提交。"))
    writer = {"account_id": actor.account_id, "enterprise_id": actor.enterprise_id} if actor.account_id else {}
    draft, _ = Draft.objects.update_or_create(key=key, defaults={"fields": fields, "saved_at": base.now(), **writer})
    return draft


@transaction.atomic
def keep_file(*, actor: Actor, key: str, upload: Received) -> None:
    """Keep a file with the draft, once however often it is sent. Not a verb: nothing has been said yet."""
    Draft.objects.select_for_update().filter(key=key).first()  # a submission may overtake its own upload
    same = Attachment.objects.of(rules.files_subject(key)).kept().filter(name=upload.name, sha256=upload.sha256)
    if not same.exists():
        documents.store(actor=actor, upload=upload, subject=rules.files_subject(key))


def _may_use_draft(key: str, actor: Actor) -> None:
    """One's own draft, or one that has no writer yet. Who is not signed in any more goes on writing what is theirs."""
    others = Draft.objects.filter(key=key, account__isnull=False, spent_at=None).exclude(account=actor.account_id)
    if actor.account_id and others.exists():
        raise base.Denied(say("这份草稿是别人的，请重新填写。"))


def drop_draft(*, key: str) -> None:
    Draft.objects.filter(key=key).delete()
