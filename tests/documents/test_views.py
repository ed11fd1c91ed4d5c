"""A file is saved, never shown; who may not read what it belongs to does not learn that it exists."""

import pytest

from qinqing.base import PUBLIC
from qinqing.documents import access, actions, queries
from qinqing.documents.models import Attachment
from qinqing.parties.models import Account
from tests.documents import samples
from tests.documents.conftest import upload

pytestmark = pytest.mark.usefixtures("vault_root", "readable")


@pytest.fixture
def asks(db, client, monkeypatch):
    """Ask for a file as this actor."""

    def ask(actor, attachment, method="get", rest=""):
        monkeypatch.setattr("qinqing.parties.middleware._actor", lambda _: actor)
        response = getattr(client, method)(f"/files/{attachment.public_id}/{rest}")
        answers.append(response)
        return response

    answers = []
    yield ask
    for response in answers:
        response.close()


@pytest.fixture
def attachment(lin):
    return actions.store(actor=lin, upload=upload("合同 👍.pdf"), subject="thing:1")


def test_it_comes_as_a_download_that_can_do_nothing(asks, lin, attachment):
    response = asks(lin, attachment)
    assert response.status_code == 200
    assert response.streaming
    assert b"".join(response.streaming_content) == samples.PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(samples.PDF))
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E5%90%88%E5%90%8C%20%F0%9F%91%8D.pdf"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_whoever_may_not_read_the_subject_gets_404(asks, qiu, attachment):
    assert asks(qiu, attachment).status_code == 404
    assert asks(PUBLIC, attachment).status_code == 404


def test_a_subject_that_nobody_answers_for_is_read_by_nobody(asks, lin, attachment):
    Attachment.objects.update(subject="unknown:1")
    assert asks(lin, attachment).status_code == 404


def test_a_draft_is_its_uploaders_own(asks, lin, qiu):
    draft = actions.store(actor=lin, upload=upload(), subject="draft:12")
    assert asks(lin, draft).status_code == 200
    assert asks(qiu, draft).status_code == 404
    nobodys = actions.store(actor=PUBLIC, upload=upload(), subject="draft:12")
    assert asks(PUBLIC, nobodys).status_code == 404


def test_an_erased_one_is_gone(asks, lin, attachment):
    actions.erase(Account.objects.get(pk=lin.account_id))
    assert asks(lin, attachment).status_code == 404


# —— a picture, seen small ——

@pytest.fixture
def photo(lin):
    content = samples.picture(size=(900, 600), exif=samples.place_and_device())
    return actions.store(actor=lin, upload=upload("现场.jpg", content), subject="thing:1")


def test_a_picture_is_seen_small_and_can_do_nothing(asks, lin, photo):
    answer = asks(lin, photo, rest="small/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"].startswith("private")
    small = samples.opened(answer.content)
    assert (max(small.size), small.getexif()) == (240, {})


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_every_kind_of_picture_has_one(asks, lin, kind):
    photo = actions.store(actor=lin, upload=upload(f"图.{kind.lower()}", samples.picture(kind)), subject="thing:1")
    assert samples.opened(asks(lin, photo, rest="small/").content).format == "JPEG"


def test_whoever_may_not_read_it_sees_no_small_one_and_no_other_kind_has_one(asks, lin, qiu, photo, attachment):
    assert asks(qiu, photo, rest="small/").status_code == 404
    assert asks(PUBLIC, photo, rest="small/").status_code == 404
    assert asks(lin, attachment, rest="small/").status_code == 404
    assert [line.small != "" for line in queries.lines([photo, attachment])] == [True, False]


def test_it_is_only_read(asks, lin, attachment):
    assert asks(lin, attachment, "post").status_code == 405
    assert asks(lin, attachment, "head").status_code == 200


def test_a_kind_is_answered_for_once():
    with pytest.raises(ValueError, match="decided already"):
        access.register("thing", lambda actor, thing: True)
    with pytest.raises(ValueError, match="decided already"):
        access.register("draft", lambda actor, thing: True)


def test_a_list_says_kind_size_and_what_was_stripped(lin, django_assert_num_queries):
    actions.store(actor=lin, upload=upload(), subject="thing:1")
    actions.store(actor=lin, upload=upload("现场.jpg", samples.picture(comment=b"x")), subject="thing:1")
    actions.store(actor=lin, upload=upload("录音.amr", samples.AMR), subject="thing:1")
    with django_assert_num_queries(1):
        lines = queries.lines(Attachment.objects.of("thing:1"))
    assert [(line.name, line.note, line.icon) for line in lines] == [
        ("合同.pdf", "PDF · 不到 1 KB", "file-text"),
        ("现场.jpg", "JPEG 图片 · 2 KB · 已去除照片自带的位置、设备信息", "photo"),
        ("录音.amr", "AMR 录音 · 不到 1 KB", "microphone"),
    ]
    assert lines[0].url.startswith("/files/")
