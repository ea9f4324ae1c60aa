"""Deleted drafts and former files; and what pages are about is recorded by the next round of the scheduler."""

import django.core.serializers.json
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


def record_at_the_next_round(apps, schema_editor):
    apps.get_model("site_core", "Heartbeat").objects.filter(name="repair-references").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('site_core', '0003_media_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeletedDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_id', models.PositiveIntegerField(unique=True)),
                ('title', models.CharField(max_length=255)),
                ('ancestors', models.JSONField(default=list)),
                ('content', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('revisions', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('others', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('deleted_at', models.DateTimeField()),
                ('is_secret', models.BooleanField(db_default=False, default=False)),
                ('batch', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('deleted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'deleted draft',
                'verbose_name_plural': 'deleted drafts',
                'ordering': ['-deleted_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FormerFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=255, upload_to='')),
                ('size', models.PositiveBigIntegerField(null=True)),
                ('replaced_at', models.DateTimeField(auto_now_add=True)),
                ('note', models.TextField(blank=True)),
                ('is_major', models.BooleanField(default=False)),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_files', to='site_core.sitedocument')),
                ('image', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_files', to='site_core.siteimage')),
                ('replaced_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'former file',
                'verbose_name_plural': 'former files',
                'ordering': ['-replaced_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('document', None), ('image__isnull', False)), models.Q(('document__isnull', False), ('image', None)), _connector='OR'), name='former_file_of_one_thing')],
            },
        ),
        migrations.RunPython(record_at_the_next_round, migrations.RunPython.noop),
    ]
