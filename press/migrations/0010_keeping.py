"""What readers rely on is kept by `site_core/deletion.py`, so that no draft is made unreadable by a contact who is gone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('press', '0007_mail_about_changes'),
        ('site_core', '0005_keeping'),
    ]

    operations = [
        migrations.AlterField(
            model_name='releasecontact',
            name='contact',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='release_contacts', to='press.presscontact', verbose_name='contact'),
        ),
    ]
