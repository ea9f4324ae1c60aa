"""Topics and municipalities that are merged, retired or renamed; a draft whose contact is gone can still be opened."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('press', '0009_schedule_and_rights'),
    ]

    operations = [
        migrations.AddField(
            model_name='municipality',
            name='retired_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='topic',
            name='retired_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='releasecontact',
            name='contact',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='release_contacts', to='press.presscontact', verbose_name='contact'),
        ),
        migrations.AlterField(
            model_name='topic',
            name='slug',
            field=models.SlugField(help_text="The last part of the topic's address. If you change it, the former one leads here.", max_length=60, unique=True, verbose_name='address'),
        ),
        migrations.CreateModel(
            name='FormerAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('slug', models.SlugField(max_length=60)),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='press.municipality')),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='press.topic')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'slug'), name='one_former_address_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'amne'), ('municipality', None), ('topic__isnull', False)), models.Q(('kind', 'kommun'), ('municipality__isnull', False), ('topic', None)), _connector='OR'), name='former_address_of_one_thing')],
            },
        ),
    ]
