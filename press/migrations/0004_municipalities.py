"""The 49 municipalities with their associations, who may change them, and the list of what is published already."""

import csv
from pathlib import Path

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.utils.text import slugify

DATA = Path(__file__).resolve().parents[2] / "site_core" / "data" / "municipalities.csv"
CHIEF = "Chefredaktörer"
PERMISSIONS = [
    *(("topic", action) for action in ("add", "change", "delete")),
    ("municipality", "change"),
    ("association", "change"),
]


def add_municipalities(apps, schema_editor):
    Association = apps.get_model("press", "Association")
    Municipality = apps.get_model("press", "Municipality")
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            association, _created = Association.objects.get_or_create(
                code=row["association_id"].lower(), defaults={"name": row["association"]}
            )
            Municipality.objects.get_or_create(
                code=row["code"],
                defaults={
                    "name": row["name"],
                    "official_name": row["official_name"],
                    "slug": slugify(row["name"]),
                    "association": association,
                },
            )


def list_what_is_published(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Release = apps.get_model("press", "PressReleasePage")
    live = Page.objects.filter(pk=OuterRef("pk"), live=True)
    Release.objects.update(listed_on=Subquery(live.values("first_published_at")))


def let_chief_editors_change_them(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    for group in apps.get_model("auth", "Group").objects.filter(name=CHIEF):
        for model, action in PERMISSIONS:
            content_type, _created = ContentType.objects.get_or_create(app_label="press", model=model)
            # The rows are made after the last migration; Django keeps those that exist.
            permission, _created = Permission.objects.get_or_create(
                content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("press", "0003_finding_and_withdrawal")]

    operations = [
        migrations.RunPython(add_municipalities, migrations.RunPython.noop),
        migrations.RunPython(list_what_is_published, migrations.RunPython.noop),
        migrations.RunPython(let_chief_editors_change_them, migrations.RunPython.noop),
    ]
