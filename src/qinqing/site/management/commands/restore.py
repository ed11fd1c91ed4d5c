"""`qinqing restore FILE [--erasures FILE]`: a backup into an empty home, verified; who was erased later is erased again."""

import sys
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand

from qinqing.base import say
from qinqing.site import backups
from qinqing.site.erasures import read, replay
from qinqing.site.starting import WRONG_USE


class Command(BaseCommand):
    help = "Put a backup into an empty home, verify it, and forget who was erased since."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--erasures", type=Path, help="checkpoints/erasures.txt as it was last")

    def handle(self, *, file, erasures, **_options):
        try:
            later = _read(erasures)
            made_at = backups.restore(file)
        except backups.Unusable as error:
            self._end([error], WRONG_USE)
        call_command("migrate", verbosity=0)
        if faults := list(backups.faults()):
            self._end(faults, 1)
        erased = replay(later)
        self.stderr.write(str(say(
            "已恢复 %(at)s 的备份，账本和附件核对无误，又删除 %(n)s 人的个人信息", at=made_at, n=erased)))

    def _end(self, sentences, code):
        for sentence in sentences:
            self.stderr.write(str(sentence))
        sys.exit(code)


def _read(path: Path | None) -> list[int]:
    try:
        return read(path) if path else []
    except FileNotFoundError as error:
        raise backups.Unusable(say("没有这个文件：%(path)s。还没有依法删除过谁的，不写 --erasures。", path=path)) from error
    except (OSError, ValueError) as error:
        raise backups.Unusable(say("%(path)s 不是删除名单：%(error)s", path=path, error=error)) from error
