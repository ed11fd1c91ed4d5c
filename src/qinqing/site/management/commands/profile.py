"""`qinqing profile check DIR` and `qinqing profile load DIR [--dry-run]`: a city's own, validated and brought in."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from qinqing import base
from qinqing.base import say
from qinqing.site.profile import comparing, loading, reading


class Command(BaseCommand):
    help = "Check a city's profile, or load it and print what it changes."
    requires_system_checks = ()

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("check", help="name every fault by file, path and what is wrong").add_argument("folder", type=Path)
        load = verbs.add_parser("load", help="bring it in; prints the difference")
        load.add_argument("folder", type=Path)
        load.add_argument("--dry-run", action="store_true", help="print the difference and write nothing")

    def handle(self, *, verb, folder, dry_run=False, **_options):
        if not folder.is_dir():
            self._end([say("%(folder)s 不是文件夹", folder=folder)], code=2)
        try:
            profile = reading.read(folder)
        except reading.Broken as broken:
            self._end(broken.faults, code=1)
        if verb == "check":
            self.stderr.write(str(say("%(folder)s 没有问题", folder=folder)))
            return
        self._load(comparing.compare(profile), dry_run=dry_run)

    def _load(self, difference, *, dry_run):
        for change in difference.changes:
            self.stdout.write(str(change))
        if not dry_run:
            try:
                loading.load(difference)
            except base.Refused as refusal:
                self._end([refusal], code=1)
        added = sum(change.before is None for change in difference.changes)
        counts = {"added": added, "changed": len(difference.changes) - added, "unchanged": difference.unchanged}
        outcome = say("新增 %(added)s，修改 %(changed)s，不变 %(unchanged)s", **counts)
        self.stderr.write(f"{outcome}（{say('只比较，没有写入')}）" if dry_run else str(outcome))

    def _end(self, lines, *, code):
        for line in lines:
            self.stderr.write(str(line))
        sys.exit(code)
