import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


def project(apps, _schema_editor):
    """What stands in the register already; a rule that cannot be read any more shuts nobody out."""
    from qinqing.eligibility.faults import Broken
    from qinqing.policy import reaching

    Reach = apps.get_model("policy", "Reach")
    for item in apps.get_model("policy", "PolicyItem").objects.filter(replaced_at=None).iterator():
        try:
            found = reaching.reached(item.rule, item.valid_from)
        except Broken:
            found = reaching.reached({}, item.valid_from)
        Reach.objects.bulk_create(Reach(item=item, size=size, low=low, high=high) for size, low, high in found)


class Migration(migrations.Migration):
    dependencies = [
        ("policy", "0006_demands"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.SmallIntegerField(null=True)),
                ("low", models.BigIntegerField()),
                ("high", models.BigIntegerField()),
                ("item", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="reaches", to="policy.policyitem")),
            ],
            options={"constraints": [models.CheckConstraint(condition=Q(high__gte=F("low")), name="reach_span")]},
        ),
        migrations.RunPython(project, migrations.RunPython.noop),
    ]
