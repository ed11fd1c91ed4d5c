"""`qinqing serve`: the web server and the background worker together, under one parent."""

import sys

from django.core.management.base import BaseCommand

from qinqing.site import processes, starting

from .web import add_address


class Command(BaseCommand):
    help = "Run the web server and the background worker together."
    requires_system_checks = ()  # they read every page's code; `qinqing check` runs them

    def add_arguments(self, parser):
        add_address(parser)

    def handle(self, *, host, port, **options):
        starting.require_startable()
        starting.require_free_port(host, port)
        program = [sys.executable, "-m", "qinqing"]
        self.stderr.write(f"亲清通 http://{host}:{port}/")
        processes.keep([
            processes.Child("web", [*program, "web", "--host", host, "--port", str(port)]),
            processes.Child("worker", [*program, "worker"]),
        ], processes.stop_on_signal())
