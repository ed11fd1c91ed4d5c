"""What waits for the office to decide is found without reading all that is open."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0006_ended_parts'),
        ('parties', '0003_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('objected_at__isnull', False), ('disputed_at__isnull', False), _connector='OR'), fields=['queue_at', 'id', 'is_open', 'about_unit'], name='matter_to_decide'),
        ),
    ]
