"""Documents keep their address, renditions are found by their file, and the scheduler says when it last ran."""

from pathlib import PurePosixPath

from django.db import migrations, models


def name_documents(apps, schema_editor):
    Document = apps.get_model("site_core", "SiteDocument")
    for document in Document.objects.only("pk", "file").iterator():
        Document.objects.filter(pk=document.pk).update(public_name=PurePosixPath(document.file.name).name)


class Migration(migrations.Migration):
    dependencies = [("site_core", "0002_content")]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.SlugField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="sitedocument",
            name="public_name",
            field=models.CharField(default="", editable=False, max_length=255),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="siterendition",
            index=models.Index(fields=["file"], name="rendition_file"),
        ),
        migrations.AlterField(
            model_name="publicchange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("first", "first publication"),
                    ("major", "major change"),
                    ("withdrawn", "withdrawal"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunPython(name_documents, migrations.RunPython.noop),
    ]
