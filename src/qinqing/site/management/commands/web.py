"""`qinqing web`: the web server alone."""

import os

from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from qinqing.site import starting

# On SQLite the acts of a process take turns, so that more threads cost no tail and let readers pass (docs/speed.md).
THREADS = 4


def add_address(parser):
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")


class Command(BaseCommand):
    help = "Run the web server alone."
    requires_system_checks = ()  # they read every page's code; `qinqing check` runs them

    def add_arguments(self, parser):
        add_address(parser)
        parser.add_argument("--face", choices=["public", "desk", "both"], default="both",
                            help="serve the public pages, the staff desk, or both")
        parser.add_argument("--threads", type=int, default=THREADS, help="requests served at the same time")

    def handle(self, *, host, port, face, threads, **options):
        starting.require_startable()
        starting.require_free_port(host, port)
        os.environ["QINQING_FACE"] = face  # the serving process reads its settings anew
        Granian(
            "qinqing.site.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, websockets=False,
            workers=1, blocking_threads=threads,
            workers_kill_timeout=4, log_level=LogLevels.warning,
        ).serve()
