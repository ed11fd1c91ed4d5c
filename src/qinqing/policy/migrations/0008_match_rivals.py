from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policy", "0007_reach"),
    ]

    operations = [
        migrations.AddField(
            model_name="matchround", name="rivals", field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False),
    ]
