"""Topics and municipalities that are merged, retired or renamed; a draft whose contact is gone can still be opened."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('press', '0007_mail_about_changes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='releasecontact',
            name='contact',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='release_contacts', to='press.presscontact', verbose_name='contact'),
        ),
    ]
