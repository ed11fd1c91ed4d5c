"""What the office is asked for stands in the list row: an extension, a look at it, a second try that the enterprise demands."""

from django.db import migrations, models
from django.db.models import F, Max, OuterRef, Q, Subquery


def asked(apps, schema_editor):
    """Set the moments of what is not answered yet, and clear those that were answered long ago."""
    Matter, Extension, Confirmation = (apps.get_model("casework", name) for name in ("Matter", "Extension", "Confirmation"))
    open_requests = Extension.objects.filter(matter=OuterRef("pk"), granted__isnull=True).order_by("-id")
    Matter.objects.filter(is_open=True, extensions__granted__isnull=True, extensions__isnull=False).update(
        extension_asked_at=Subquery(open_requests.values("requested_at")[:1]))
    answered = Q(replied_at__gt=F("appealed_at")) | Q(supervised_at__gt=F("appealed_at")) | Q(closed_at__gte=F("appealed_at"))
    Matter.objects.filter(answered).update(appealed_at=None)
    rejections = Confirmation.objects.filter(matter=OuterRef("pk"), solved=False).values("matter").annotate(at=Max("decided_at"))
    turned_back = Q(state="handling", supervised_at__isnull=True, disputed_at__isnull=True)
    Matter.objects.filter(turned_back).update(rejected_at=Subquery(rejections.values("at")[:1]))
    Matter.objects.filter(replied_at__gt=F("rejected_at")).update(rejected_at=None)
    nothing = Q(objected_at=None, disputed_at=None, extension_asked_at=None, appealed_at=None, rejected_at=None)
    Matter.objects.exclude(nothing).update(to_decide=True)


class Migration(migrations.Migration):

    dependencies = [
        ("casework", "0011_unsigned_and_clock_of_unit"),
    ]

    operations = [
        migrations.AddField("matter", "extension_asked_at", models.DateTimeField(null=True)),
        migrations.AddField("matter", "rejected_at", models.DateTimeField(null=True)),
        migrations.AddField("matter", "to_decide", models.BooleanField(default=False)),
        migrations.RunPython(asked, migrations.RunPython.noop),
        migrations.RemoveIndex("matter", "matter_state"),
        migrations.RemoveIndex("matter", "matter_to_decide"),
        migrations.AddIndex("matter", models.Index(
            fields=["state", "queue_at", "id", "about_unit", "to_decide"], name="matter_state")),
        migrations.AddIndex("matter", models.Index(
            fields=["queue_at", "id", "to_decide", "about_unit"], name="matter_to_decide", condition=models.Q(("to_decide", True)))),
    ]
