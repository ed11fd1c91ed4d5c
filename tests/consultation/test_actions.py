"""Submitting: whose draft it is, which limit it gets, and who is told."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from qinqing import base
from qinqing.casework.models import Matter
from qinqing.consultation import actions, queries
from qinqing.consultation.models import Draft
from qinqing.documents import actions as documents
from qinqing.documents import intake
from qinqing.documents.models import Attachment
from qinqing.ledger.models import Entry
from qinqing.parties.models import Account
from tests.characters import MONDAY

pytestmark = pytest.mark.django_db

WORDS = {"title": "缺用地", "text": "缺用地", "topic": "land"}


def test_the_key_of_somebody_elses_draft_opens_nothing(town):
    actions.save_draft(key="k", actor=town.lin, fields=WORDS)
    with pytest.raises(base.Denied):
        actions.save_draft(key="k", actor=town.qiu, fields={"title": "别的"})
    with pytest.raises(base.Denied):
        actions.submit_draft(actor=town.qiu, key="k", **WORDS)
    assert queries.draft("k", town.lin).fields == WORDS


def test_words_typed_after_the_session_ended_stay_their_writers(town):
    actions.save_draft(key="k", actor=town.lin, fields=WORDS)
    actions.save_draft(key="k", actor=base.PUBLIC, fields=WORDS | {"title": "改过的题目"})
    assert queries.draft("k", town.qiu) is None
    assert queries.draft("k", town.lin).fields["title"] == "改过的题目"


def test_the_same_key_of_two_people_makes_two_matters(town):
    first = actions.submit_draft(actor=town.lin, key="k", **WORDS)
    assert actions.submit_draft(actor=town.lin, key="k", **WORDS) == first
    assert actions.submit_draft(actor=town.qiu, key="k", **WORDS) != first
    assert Matter.objects.count() == 2
    assert not Draft.objects.filter(spent_at=None).exists()


def test_what_the_ledger_keeps_of_a_draft_tells_neither_its_key_nor_its_words(town):
    keys = ["a-secret-key-of-one", "a-secret-key-of-another"]
    for key in keys:
        actions.keep_file(actor=town.lin, key=key, upload=intake.receive(SimpleUploadedFile("一.pdf", b"%PDF-1.4\n%%EOF")))
        actions.submit_draft(actor=town.lin, key=key, **WORDS)
    kept = [f"{entry.once} {entry.subject} {entry.facts}" for entry in Entry.objects.all()]
    assert not [line for line in kept for key in keys if key in line]
    digests = {once.rsplit(":", 1)[1] for once in Entry.objects.exclude(once=None).values_list("once", flat=True)}
    assert len(digests) == 2, "the same words under another key look different"
    assert Attachment.objects.filter(subject__startswith="matter:").count() == 2


@pytest.mark.parametrize(("given", "track"), [
    ({}, "standard"), ({"urgent": True}, "urgent"), ({"track": "help"}, "help"),
    ({"route": "express_mail"}, "express"), ({"route": "express_phone", "urgent": True}, "express"),
])
@pytest.mark.req("M1-021")
def test_how_it_came_decides_its_limits(town, given, track):
    matter = actions.submit(actor=town.ban, enterprise=town.enterprise, **WORDS, **{"route": "hotline"} | given).matter
    assert matter.track == track


def test_a_complaint_about_a_unit_has_the_limits_of_complaints(town):
    matter = actions.submit(actor=town.lin, enterprise=town.enterprise, about_unit=town.land, **WORDS).matter
    assert matter.track == "complaint"


def test_who_no_longer_acts_for_the_enterprise_is_not_told(town):
    Account.objects.filter(pk=town.lin.account_id).update(phone="139-0000-0000")
    town.enterprise.mandates.update(valid_to=date(2020, 1, 1))
    difficulty, code = actions.register(
        actor=town.operator, enterprise=town.enterprise, enterprise_name="", phone="139-0000-0000", contact_name="林",
        route="hotline", **WORDS)
    assert difficulty.matter.contact_id is None
    assert code


def test_what_came_two_months_ago_is_counted_from_then_and_nothing_older_is_taken(town):
    call = {"actor": town.ban, "enterprise": town.enterprise, "route": "hotline", **WORDS}
    with base.clock_at(MONDAY):
        earliest = base.now() - timedelta(days=60)
        assert actions.submit(received_at=earliest, **call).matter.due_at.date().isoformat() == "2026-01-04"
        with pytest.raises(base.Refused, match="60 天") as refusal:
            actions.submit(received_at=earliest - timedelta(minutes=1), **call)
    assert refusal.value.field == "received_at"


def test_an_enterprise_begins_its_clocks_when_it_submits(town):
    with base.clock_at(MONDAY), pytest.raises(base.Refused) as refusal:
        actions.submit(actor=town.lin, enterprise=town.enterprise, received_at=base.now() - timedelta(days=1), **WORDS)
    assert refusal.value.field == "received_at"


@pytest.mark.parametrize(("who", "route"), [
    ("lin", "express_phone"), ("lin", "hotline"), ("luo", "express_phone"), ("luo", "portal"), ("xian", "express_letter"),
    ("operator", "express_mail"), ("ban", "portal"), ("ban", "embed"),
])
@pytest.mark.req("M1-020")
def test_nobody_chooses_a_road_that_is_not_theirs(town, who, route):
    with pytest.raises(base.Refused) as refusal:
        actions.submit(actor=getattr(town, who), enterprise=town.enterprise, route=route, **WORDS)
    assert refusal.value.field == "route"
    assert not Matter.objects.exists()


@pytest.mark.parametrize("field", ["title", "text"])
def test_blanks_are_no_words(town, field):
    with pytest.raises(base.Refused) as refusal:
        actions.submit(actor=town.lin, enterprise=town.enterprise, **WORDS | {field: " \n"})
    assert refusal.value.field == field


def test_the_files_of_drafts_kept_by_former_versions_are_found(town):
    actions.save_draft(key="k", actor=town.lin, fields=WORDS)
    documents.store(actor=town.lin, upload=intake.receive(SimpleUploadedFile("一.pdf", b"%PDF-1.4\n%%EOF")), subject="draft:k")
    import_module("qinqing.consultation.migrations.0005_draft_files").rename(apps, None)
    matter = actions.submit_draft(actor=town.lin, key="k", **WORDS).matter
    assert Attachment.objects.get().subject == f"matter:{matter.pk}"
