from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("casework", "0003_clock_late"),
    ]

    operations = [
        migrations.AddField(
            model_name="statement",
            name="round",
            field=models.PositiveSmallIntegerField(default=1),
        ),
    ]
