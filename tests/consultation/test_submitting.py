"""The submit page as it is sent: files are kept once, and none that was refused goes without a word."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing.casework.models import Matter
from qinqing.consultation.models import Draft
from qinqing.documents.models import Attachment
from qinqing.ledger.models import Entry
from qinqing.parties.models import Account
from tests.casework.pages import text

pytestmark = pytest.mark.django_db
WORDS = {"title": "二期扩建缺 15 亩工业用地", "topic": "land", "text": "设备 12 月底到厂，地还没交。", "reply_by": "phone",
         "anonymity": "open", "draft": "a-key-of-the-form"}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def paper(name="备案表.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def lin(town):
    browser = Client()
    browser.force_login(Account.objects.get(pk=town.lin.account_id))
    return browser


def chosen(client, *files, **words):
    """As the page's script sends files when they are chosen."""
    return client.post("/submit/files/", {**WORDS, "files": files, **words}, headers={"X-Part": "uploads"})


def submitted(client, *files, **words):
    return client.post("/submit/", {**WORDS, "files": files, **words})


def brought():
    return sorted(Attachment.objects.filter(subject__startswith="matter:").values_list("name", flat=True))


@pytest.mark.req("M1-014")
def test_a_file_that_goes_when_chosen_and_with_the_form_is_there_once(lin):
    chosen(lin, paper())
    chosen(lin, paper())
    assert submitted(lin, paper()).status_code == 302
    assert brought() == ["备案表.pdf"]


def test_other_names_and_other_contents_are_other_files(lin):
    chosen(lin, paper())
    chosen(lin, paper(content=PDF + b" "), paper("规划图.pdf"))
    submitted(lin)
    assert brought() == ["备案表.pdf", "备案表.pdf", "规划图.pdf"]


# —— what is not taken ——

def wrong():
    return SimpleUploadedFile("程序.exe", b"MZ")


def carried(answer):
    """What the page's script finds in the list of uploads, and the form brings along."""
    found = re.findall(r'name="(refused|because)" value="([^"]*)"', answer.content.decode())
    return {name: [value for key, value in found if key == name] for name in ("refused", "because")}


def refused_sentence(answer):
    return "程序.exe：没传上：不收 .exe 文件" in text(answer)


def test_a_file_refused_when_it_was_chosen_is_told_when_the_form_is_sent(lin):
    """As without scripts: told once in the summary; who then sends the form again does without it."""
    with_scripts = submitted(lin, **carried(chosen(lin, paper(), wrong())))
    assert (with_scripts.status_code, refused_sentence(with_scripts)) == (422, True)
    assert not Matter.objects.exists()
    assert carried(with_scripts) == {"refused": [], "because": []}
    assert submitted(lin).status_code == 302
    assert brought() == ["备案表.pdf"]


def test_a_file_refused_without_scripts_gets_the_same_answer(lin):
    without_scripts = submitted(lin, paper(), wrong())
    assert (without_scripts.status_code, refused_sentence(without_scripts)) == (422, True)
    assert submitted(lin).status_code == 302
    assert brought() == ["备案表.pdf"]


def test_what_was_refused_stays_in_sight_when_others_are_taken_or_dropped(lin):
    first = carried(chosen(lin, wrong()))
    assert carried(chosen(lin, paper(), **first)) == first
    file = Attachment.objects.get().public_id
    assert carried(lin.post("/submit/file/", {**WORDS, "file": file, **first}, headers={"X-Part": "uploads"})) == first


def test_kept_by_hand_it_is_told_too(lin):
    answer = submitted(lin, keep="yes", **carried(chosen(lin, wrong())))
    assert (answer.status_code, refused_sentence(answer)) == (422, True)


@pytest.fixture
def nothing_sent_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("town", "nothing_sent_yet")
def test_of_who_never_signs_in_so_many_files_are_kept_and_all_words():
    answers = [submitted(Client(), paper(content=PDF + b" " * n), draft=f"key-{n}") for n in range(23)]
    assert [answer.status_code for answer in answers] == [302] * 20 + [422] * 3
    assert "备案表.pdf：没传上：同一网络传来的太多。您写的都在，登录后再选附件。" in text(answers[-1])
    assert (Attachment.objects.count(), Entry.objects.count(), Draft.objects.count()) == (20, 20, 23)
    assert submitted(Client(), draft="key-22").url.startswith("/login/")


def test_who_signed_in_is_not_counted_with_strangers(lin, nothing_sent_yet):
    answers = [submitted(lin, paper(content=PDF + b" " * n), draft=f"key-{n}") for n in range(23)]
    assert {answer.status_code for answer in answers} == {302}


def test_who_is_not_signed_in_is_told_before_signing_in(town):
    guest = Client()
    answer = submitted(guest, paper(), wrong())
    assert (answer.status_code, refused_sentence(answer)) == (422, True)
    assert "备案表.pdf" in text(answer)
    assert submitted(guest).url.startswith("/login/")
