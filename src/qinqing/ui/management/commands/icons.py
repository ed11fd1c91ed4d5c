"""`qinqing icons`: write the icons in use into the package, so that it runs without node_modules."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import qinqing
from qinqing.ui import icons


class Command(BaseCommand):
    help = "Write the icons that the package uses into ui/generated/icons.json."
    requires_system_checks: list[str] = []

    def handle(self, **_options: object) -> None:
        if not (settings.NODE_MODULES / "@tabler/icons").is_dir():
            raise CommandError(f"@tabler/icons is not in {settings.NODE_MODULES}: run `make setup` first", returncode=2)
        found = icons.in_use(Path(qinqing.__path__[0]))
        icons.GENERATED.parent.mkdir(exist_ok=True)
        icons.GENERATED.write_text(json.dumps(found, indent=0))
        self.stdout.write(json.dumps({"icons": len(found), "bytes": icons.GENERATED.stat().st_size}))
