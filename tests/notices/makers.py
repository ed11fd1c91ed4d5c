"""Wordings, people who can be reached, and a platform that takes text messages."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from qinqing.base import Actor
from qinqing.notices import actions
from qinqing.notices.templates import EMAIL, IN_APP, SMS, Template
from tests import characters

TEMPLATES = [
    Template("thing.due", "收到了，编号 %(number)s", "%(due)s前告诉您。", (IN_APP, SMS), late="原定%(due)s前告诉您。"),
    Template("thing.done", "办好了，编号 %(number)s", "由%(unit)s办理。", (IN_APP, SMS)),
    Template("thing.coming", "有进展", "编号 %(number)s。", (IN_APP,), sms_code="SMS_1001"),
    Template("thing.urgent", "马上处理", "编号 %(number)s。", (IN_APP, SMS, EMAIL), sms_code="SMS_1002", urgent=True),
]


def make_person(username, *, phone="", email="", notify_by="sms", role="enterprise"):
    account = characters.make_account(username, username.upper())
    account.phone, account.email, account.notify_by = phone, email, notify_by
    account.save()
    return Actor(account_id=account.pk, role=role, name=account.name)


def tell(*actors, template="thing.done", about="thing:1", **params):
    to = [actor.account_id for actor in actors]
    values = {"number": "GY-1", "unit": "市自然资源局"} | params
    return actions.notify(actor=Actor(role="system"), template=template, about=about, to=to, url="/things/1/", **values)


class Platform:
    """What came in, and what the platform answers: a status, or a function of the request's number."""

    def __init__(self):
        self.requests, self.status, self.url = [], 200, ""


@contextmanager
def platform():
    """A text message platform on this machine."""
    heard = Platform()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard.requests.append((dict(self.headers), content))
            self.send_response(heard.status)
            self.send_header("Location", heard.url + "elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    heard.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
