"""The ledger's tables with their append-only triggers: created once, never altered."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from qinqing.ledger import triggers


def create_triggers(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('size', models.BigIntegerField(unique=True)),
                ('root', models.CharField(max_length=64)),
                ('signed_at', models.DateTimeField()),
                ('public_key', models.CharField(max_length=64)),
                ('note', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Cursor',
            fields=[
                ('name', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('leaf', models.BigIntegerField(default=0)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('retry_at', models.DateTimeField(null=True)),
                ('error', models.TextField(default='')),
            ],
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Pending',
            fields=[
                ('entry', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=32)),
                ('verb', models.CharField(max_length=80)),
                ('actor', models.CharField(max_length=60)),
                ('acting_as', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=80)),
                ('facts', models.TextField()),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('hash_name', models.CharField(max_length=10)),
                ('hash', models.CharField(max_length=64)),
                ('once', models.CharField(max_length=200, null=True, unique=True)),
                ('once_body', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'id'], name='ledger_entry_subject')],
            },
        ),
        migrations.CreateModel(
            name='Tile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.SmallIntegerField()),
                ('position', models.BigIntegerField()),
                ('hashes', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'position'), name='ledger_tile_place')],
            },
        ),
        migrations.RunPython(create_triggers),
    ]
