"""The migrations are the models as they are now."""

import pytest
from django.apps import apps
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing():
    own = [app.label for app in apps.get_app_configs() if app.name.startswith("qinqing.")]
    call_command("makemigrations", *own, check=True, dry_run=True, verbosity=0)
