"""`qinqing worker`: the background worker alone."""

from django.core.management.base import BaseCommand

from qinqing.site import jobs, processes, starting, worker


class Command(BaseCommand):
    help = "Run the background worker alone."
    requires_system_checks = ()  # they read every page's code; `qinqing check` runs them

    def handle(self, **options):
        starting.require_startable()
        worker.work(jobs.registered(), processes.stop_on_signal())
