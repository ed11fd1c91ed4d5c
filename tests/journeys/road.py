"""How a story walks: each character with a browser, each step on its day."""

from datetime import datetime
from urllib.parse import unquote

from django.test import Client

from qinqing import base
from qinqing.casework.models import Matter
from qinqing.parties.models import Account

WORDS = {"title": "二期扩建缺15亩工业用地", "topic": "land", "text": "设备12月底到厂，地还没交。", "reply_by": "phone",
         "anonymity": "open"}


def at(day: int, hour: int = 10, month: int = 3):
    return base.clock_at(datetime(2026, month, day, hour))


class Road:
    """A small city in which one matter is on its way; `says` posts a verb as a character and must be taken."""

    def __init__(self, town):
        self.town, self.number, self.clients = town, "", {}

    def client(self, name: str) -> Client:
        if name not in self.clients:
            self.clients[name] = Client()
            self.clients[name].force_login(Account.objects.get(pk=getattr(self.town, name).account_id))
        return self.clients[name]

    @property
    def matter(self) -> Matter:
        return Matter.objects.get(number=self.number)

    def submitted(self, by: str = "lin", **fields) -> "Road":
        answer = self.client(by).post("/submit/", WORDS | {"draft": f"draft-{Matter.objects.count()}"} | fields)
        assert answer.status_code == 302, answer.content.decode()
        self.number = unquote(answer["Location"]).split("/")[2]
        return self

    def says(self, who: str, verb: str, **fields):
        """A step that must go through: the page goes on, without an error."""
        answer = self.post(who, verb, **fields)
        assert answer.status_code in (302, 303), (answer.status_code, verb, _errors(answer))
        return answer

    def refused(self, who: str, verb: str, **fields) -> str:
        """A step that must not go through; gives the page that says why."""
        answer = self.post(who, verb, **fields)
        assert answer.status_code in (403, 404, 409, 422), (answer.status_code, verb)
        return answer.content.decode()

    def post(self, who: str, verb: str, **fields):
        own = getattr(self.town, who).enterprise_id is not None
        address = f"/matters/{self.number}/{verb}/" if own else f"/desk/matters/{self.number}/{verb}/"
        return self.client(who).post(address, {"version": self.matter.version} | fields)

    def page(self, who: str) -> str:
        return self.client(who).get(f"/matters/{self.number}/", follow=True).content.decode()

    def desk(self, who: str, tab: str) -> str:
        return self.client(who).get(f"/desk/?tab={tab}").content.decode()

    # —— the steps that most stories share ——

    def dispatched(self, **fields) -> "Road":
        self.says("ban", "dispatch", lead=self.town.land.code, **fields)
        return self

    def signed(self) -> "Road":
        self.says("luo", "sign")
        return self

    def replied(self, **fields) -> "Road":
        self.says("chen", "reply", **{"outcome": "solved", "text": "东片区15亩已交地。", "evidence": "交地确认书"} | fields)
        return self


def _errors(answer) -> str:
    page = answer.content.decode()
    return page[page.find("errsum"):][:600]
