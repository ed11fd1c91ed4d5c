"""`qinqing manage requirements`: write docs/requirements.md from docstrings and test marks."""

from django.core.management.base import BaseCommand, CommandError

from qinqing.site import requirements


class Command(BaseCommand):
    help = "Write docs/requirements.md: each requirement with its file, screen and test."
    requires_system_checks = []

    def handle(self, **options):
        found = requirements.gathered()
        if strangers := requirements.unknown(found):
            raise CommandError(f"no such requirement in docs/requirements.csv: {', '.join(strangers)}")
        page = requirements.ROOT / "docs" / "requirements.md"
        page.write_text(requirements.as_markdown(found))
        proved = sum(1 for requirement in found if requirement.tests)
        self.stderr.write(f"{page.relative_to(requirements.ROOT)}: {proved} of {len(found)} proved by a test")
