"""What every answer has: its policy, its compression, who may keep it, and refusals as pages."""

import pytest
from django.http import HttpResponse, JsonResponse
from django.urls import path

from qinqing import base
from qinqing.base.words import say
from qinqing.site import urls as site

LONG = "难" * 500


def page(request):
    return HttpResponse(LONG)


def data(request):
    return JsonResponse({"text": LONG}, headers={"ETag": '"1"'})


def keep(request):
    return HttpResponse(LONG, headers={"Cache-Control": "max-age=60"})


def refuse(request, kind):
    raise getattr(base, kind)(say("已超过 %(n)s 天", n=3))


urlpatterns = [
    path("page", page), path("data", data), path("keep", keep), path("refuse/<str:kind>", refuse),
    path("desk/", page), path("embed/submit", page),
    *site.urlpatterns,
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]
GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("address", ["/page", "/data", "/nowhere", "/refuse/Denied"])
def test_every_answer_carries_the_policy(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_pages_are_compressed(client):
    answer = client.get("/page", headers=GZIP)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < 300


def test_data_are_not_compressed_and_keep_a_strong_tag(client):
    answer = client.get("/data", headers=GZIP)
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["ETag"] == '"1"'


@pytest.mark.parametrize(("kind", "status"), [("Denied", 403), ("Stale", 409), ("Refused", 422)])
def test_a_refusal_is_a_page_with_its_sentence(client, kind, status):
    answer = client.get(f"/refuse/{kind}", headers={"Accept-Language": "zh"})
    assert answer.status_code == status
    assert "已超过 3 天" in answer.content.decode()


def test_what_is_made_for_a_session_is_not_kept(client, settings):
    assert "Cache-Control" not in client.get("/page").headers
    client.cookies[settings.SESSION_COOKIE_NAME] = "any"
    assert client.get("/page").headers["Cache-Control"] == "private, no-store"
    assert client.get("/keep").headers["Cache-Control"] == "max-age=60"


@pytest.mark.parametrize(("face", "desk", "embedded"), [("both", 200, 200), ("public", 404, 200), ("desk", 200, 404)])
def test_each_face_has_its_own_addresses(client, settings, face, desk, embedded):
    settings.FACE = face
    assert client.get("/desk/").status_code == desk
    assert client.get("/embed/submit").status_code == embedded
    assert client.get("/page").status_code == 200
