from django.db import migrations

from qinqing.consultation.rules import files_subject


def rename(apps, _editor):
    """The files of drafts wait under a name that does not tell the draft's key."""
    attachments = apps.get_model("documents", "Attachment").objects
    for key in apps.get_model("consultation", "Draft").objects.filter(spent_at=None).values_list("key", flat=True):
        attachments.filter(subject=f"draft:{key}").update(subject=files_subject(key))


class Migration(migrations.Migration):

    dependencies = [
        ("consultation", "0004_draft_spent"),
        ("documents", "0001_initial"),
    ]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
