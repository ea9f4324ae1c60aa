from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def note_when_they_are_over(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    releases = apps.get_model("press", "PressReleasePage").objects.filter(listed_on__isnull=False)
    releases.update(listed_until=Subquery(Page.objects.filter(pk=OuterRef("pk")).values("expire_at")))


class Migration(migrations.Migration):

    dependencies = [
        ("press", "0007_mail_about_changes"),
        ("site_core", "0003_media_addresses"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="pressreleasepage",
            options={
                "permissions": [("withdraw_pressreleasepage", "Withdraw press releases")],
                "verbose_name": "press release",
                "verbose_name_plural": "press releases",
            },
        ),
        migrations.RemoveIndex(model_name="pressreleasepage", name="release_listed_on"),
        migrations.AddField(
            model_name="pressreleasepage",
            name="listed_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(note_when_they_are_over, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="pressreleasepage",
            index=models.Index(
                fields=["-listed_on", "-page_ptr", "listed_until"],
                condition=models.Q(("listed_on__isnull", False)),
                name="release_listed",
            ),
        ),
    ]
