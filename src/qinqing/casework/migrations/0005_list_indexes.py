"""Indexes made for the lists of open matters; those that only repeated another go."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0004_statement_round'),
        ('parties', '0003_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='assignment',
            name='assignment_unit',
        ),
        migrations.RemoveIndex(
            model_name='matter',
            name='matter_queue',
        ),
        migrations.RemoveIndex(
            model_name='matter',
            name='matter_state',
        ),
        migrations.RemoveIndex(
            model_name='matter',
            name='matter_unit',
        ),
        migrations.RemoveIndex(
            model_name='matter',
            name='matter_county',
        ),
        migrations.RemoveIndex(
            model_name='matter',
            name='matter_received',
        ),
        migrations.AlterField(
            model_name='assignment',
            name='section',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.unit'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.unit'),
        ),
        migrations.AlterField(
            model_name='matter',
            name='enterprise',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='parties.enterprise'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['unit', 'matter', 'dispatched_at'], name='assignment_unit'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(condition=models.Q(('section__isnull', False)), fields=['section', 'matter'], name='assignment_section'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['queue_at', 'id', 'is_open', 'about_unit'], name='matter_queue'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['county', 'queue_at', 'id'], name='matter_county'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['unit', 'queue_at', 'id'], name='matter_unit'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['opened_at', 'is_open', 'about_unit'], name='matter_opened'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['id', 'is_open', 'state', 'queue_at', 'about_unit'], name='matter_open'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['state', 'queue_at', 'id', 'about_unit'], name='matter_state'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['kind', 'received_at'], name='matter_received'),
        ),
    ]
