import django.db.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="City",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(blank=True, max_length=40)),
                ("name_en", models.CharField(blank=True, max_length=60)),
                ("platform", models.CharField(blank=True, max_length=40)),
                ("platform_en", models.CharField(blank=True, max_length=60)),
                ("number_prefix", models.CharField(default="QQ", max_length=6)),
                ("division", models.CharField(blank=True, max_length=12)),
                ("hotline", models.CharField(blank=True, max_length=30)),
                ("shifts", models.JSONField(default=list)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=django.db.models.Q(("id", 1)), name="one_city"),
                ],
            },
        ),
    ]
