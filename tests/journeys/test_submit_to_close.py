"""The first whole road: Lin submits, Ban dispatches, Luo signs, Chen answers, Lin confirms, Bai strikes off."""

import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qinqing import base
from qinqing.casework import actions
from qinqing.casework.models import Matter
from qinqing.casework.terms import Outcome, State
from qinqing.documents.models import Attachment

pytestmark = pytest.mark.django_db

WORDS = {"title": "二期扩建缺15亩工业用地", "topic": "land", "text": "设备12月底到厂，地还没交。", "reply_by": "phone",
         "anonymity": "open", "draft": "a-secret-key-of-the-draft"}


def at(day: int, hour: int = 10):
    return base.clock_at(datetime(2026, 3, day, hour))


@pytest.mark.req("M0-001", "M1-004", "M1-036")
def test_from_home_to_struck_off(town, browser_of):
    lin = browser_of(town.lin)
    with at(2):
        assert "/submit/" in lin.get("/").content.decode()
        assert lin.get("/submit/").status_code == 200
        answer = lin.post("/submit/", WORDS)
        number = re.search(r"/matters/([^/]+)/receipt/", answer["Location"])[1]
        assert "收到了" in lin.get(answer["Location"]).content.decode()
    matter = Matter.objects.get(number=number)
    with at(2, 15):
        actions.dispatch(actor=town.ban, matter=matter, lead=town.land)
    with at(3):
        actions.sign(actor=town.luo, matter=matter)
        page = lin.get(f"/matters/{number}/").content.decode()
        assert "市自然资源局正在办" in page
        assert f"/matters/{number}/why/solution/" in page
        assert "到期" in lin.get(f"/matters/{number}/why/solution/").content.decode()
    with at(10):
        actions.reply(actor=town.chen, matter=matter, text="已交地。", outcome=Outcome.SOLVED, evidence="确认书")
    with at(11):
        page = lin.get(f"/matters/{number}/").content.decode()
        assert "请您确认办理结果" in page
        assert "checked" not in re.search(r"解决了没有.*?满不满意", page, re.DOTALL)[0]
        refused = lin.post(f"/matters/{number}/confirm/", {"version": 4})
        assert refused.status_code == 422
        assert refused.content.decode().count("请选“解决了”或“还没解决”。") == 2
        lin.post(f"/matters/{number}/confirm/", {"solved": "yes", "satisfaction": "5"})
    with at(12):
        actions.close(actor=town.bai, matter=matter)
        assert "已销号" in lin.get(f"/matters/{number}/").content.decode()
    matter.refresh_from_db()
    assert matter.state == State.CLOSED


def test_pressing_submit_twice_makes_one_matter(town, browser_of):
    lin = browser_of(town.lin)
    with at(2):
        first, second = (lin.post("/submit/", WORDS)["Location"] for _ in range(2))
    assert first == second
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("key", ["k" * 300, "键", "a\nb", "a&next=//elsewhere", ""])
def test_a_strange_key_of_a_draft_stops_nobody(town, browser_of, key):
    lin = browser_of(town.lin)
    with at(2):
        assert "/receipt/" in lin.post("/submit/", WORDS | {"draft": key})["Location"]
        assert lin.post("/submit/draft/", WORDS | {"draft": key}).status_code == 409


def test_other_words_under_a_used_key_are_another_matter_and_the_key_stays_used(town, browser_of):
    lin = browser_of(town.lin)
    with at(2):
        first = lin.post("/submit/", WORDS)["Location"]
        assert lin.post("/submit/draft/", WORDS).status_code == 409
        assert WORDS["title"] not in lin.get("/submit/").content.decode()
        second = lin.post("/submit/", WORDS | {"title": "另一件困难"})["Location"]
    assert first != second
    assert {row.title for row in Matter.objects.all()} == {WORDS["title"], "另一件困难"}


def test_a_refused_form_keeps_everything_that_was_typed(town, browser_of):
    lin = browser_of(town.lin)
    with at(2):
        answer = lin.post("/submit/", WORDS | {"title": "", "wish": "12月20日前明确交地时间"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("请用一句话概括困难。") == 2
    assert "12月20日前明确交地时间" in page
    assert "设备12月底到厂" in page


def test_a_text_of_5001_characters_is_told_and_kept(town, browser_of):
    answer = browser_of(town.lin).post("/submit/", WORDS | {"text": "字" * 5001})
    assert "详细情况最多 5000 字，现在 5001 字" in answer.content.decode()
    assert "字" * 5001 in answer.content.decode()


@pytest.mark.parametrize("text", ["停电😀了", "䶮和𠮷两位老板", "<script>alert(1)</script><b>粗</b>", "=cmd|'/c calc'!A0"])
def test_any_text_comes_back_as_it_was_written(town, browser_of, text):
    lin = browser_of(town.lin)
    with at(2):
        number = lin.post("/submit/", WORDS | {"text": text})["Location"].split("/")[2]
        page = lin.get(f"/matters/{number}/").content.decode()
    assert Matter.objects.get().statements.get(speech="original").text == text
    assert "<script>alert" not in page


@pytest.mark.parametrize("address", ["/submit/", "/embed/submit"])
def test_a_number_of_a_person_is_pointed_out_once_and_kept_for_who_insists(town, browser_of, address):
    lin, guest = browser_of(town.lin), {"enterprise_name": "某店", "code": "91510802MA6ABC122B", "contact_name": "王",
                                        "phone": "100-1234-5678", "key": "k", "anonymity": "open"}
    words = WORDS | guest | {"text": "请打13800138000找我。"}
    answer = lin.post(address, words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "手机号（尾号 8000）" in page
    assert 'aria-describedby="id_text_helptext id_text_caution"' in page
    assert "请打13800138000找我。" in page
    assert not Matter.objects.exists()
    lin.post(address, words | {"seen": "yes"})
    assert Matter.objects.get().statements.get().text == "请打13800138000找我。"


def test_an_expired_session_loses_nothing(town, browser_of):
    nobody = browser_of(base.PUBLIC)
    answer = nobody.post("/submit/", WORDS)
    assert answer["Location"].startswith("/login/?next=/submit/")
    page = browser_of(town.lin).get("/submit/?draft=" + WORDS["draft"]).content.decode()
    assert WORDS["title"] in page
    assert WORDS["text"] in page


def test_a_draft_is_nobody_elses(town, browser_of):
    lin, qiu = browser_of(town.lin), browser_of(town.qiu)
    assert lin.post("/submit/draft/", WORDS).json()["kept"]
    assert WORDS["title"] not in qiu.get("/submit/?draft=" + WORDS["draft"]).content.decode()
    assert qiu.post("/submit/draft/", WORDS).status_code == 409
    assert WORDS["title"] in lin.get("/submit/").content.decode()


def test_a_strangers_matter_does_not_exist(town, browser_of):
    with at(2):
        number = browser_of(town.lin).post("/submit/", WORDS)["Location"].split("/")[2]
    for page in ("", "receipt/", "receipt.json", "slip/", "why/solution/", "remind/"):
        assert browser_of(town.qiu).get(f"/matters/{number}/{page}").status_code == 404, page
        visitor = browser_of(base.PUBLIC).get(f"/matters/{number}/{page}")
        assert visitor["Location"] == f"/login/?next=/matters/{number}/{page}", page


PNG = (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
       b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82")


def test_files_sent_before_signing_in_come_along_and_can_be_taken_back(town, browser_of):
    def file(name):
        return SimpleUploadedFile(name, PNG, content_type="image/png")

    nobody, lin = browser_of(base.PUBLIC), browser_of(town.lin)
    nobody.post("/submit/", WORDS | {"files": file("before.png")})
    page = lin.get("/submit/?draft=" + WORDS["draft"]).content.decode()
    assert "before.png" in page
    lin.post("/submit/", WORDS | {"title": "", "files": file("wrong.png")})
    public_id = Attachment.objects.get(name="wrong.png").public_id
    assert lin.post("/submit/file/", {"draft": WORDS["draft"], "file": public_id}).status_code == 302
    with at(2):
        number = lin.post("/submit/", WORDS)["Location"].split("/")[2]
        page = lin.get(f"/matters/{number}/").content.decode()
    assert "before.png" in page
    assert "wrong.png" not in page


def test_a_file_that_is_not_what_it_says_is_told_and_the_words_stay(town, browser_of):
    lin = browser_of(town.lin)
    answer = lin.post("/submit/", WORDS | {"files": SimpleUploadedFile("报告.pdf", b"MZ\x90\x00not a pdf")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "报告.pdf：" in page
    assert WORDS["text"] in page
    assert Matter.objects.count() == 0
