"""The full-text index, which no ORM speaks."""

from django.db import migrations

from qinqing.policy import search


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial")]

    operations = [migrations.RunPython(search.create_table, search.drop_table)]
