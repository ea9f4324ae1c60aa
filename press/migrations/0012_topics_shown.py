"""Since when readers have known a topic. Those of releases that have been published are known."""

from django.db import migrations, models
from django.db.models import Min


def note_shown(apps, schema_editor):
    Topic = apps.get_model("press", "Topic")
    published = Topic.objects.annotate(first=Min("releases__first_published_at")).filter(first__isnull=False)
    for topic in published:
        Topic.objects.filter(pk=topic.pk).update(shown_since=topic.first)


class Migration(migrations.Migration):
    dependencies = [("press", "0011_closed_drafts")]

    operations = [
        migrations.AddField("topic", "shown_since", models.DateTimeField(editable=False, null=True)),
        migrations.RunPython(note_shown, migrations.RunPython.noop),
    ]
