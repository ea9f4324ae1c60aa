"""What each of the editors' groups may do. Nobody but an administrator sees addresses, until somebody is given that."""

from django.db import migrations

EVERYBODY = ["view_mailing", "stop_mailing"]
ROLES = {"Redaktörer": EVERYBODY, "Chefredaktörer": [*EVERYBODY, "resend_mailing"]}


def set_up_roles(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    content_type, _created = ContentType.objects.get_or_create(app_label="subscriptions", model="mailing")
    for name, codenames in ROLES.items():
        # The rows are made after the last migration; Django keeps those that exist.
        wanted = [
            Permission.objects.get_or_create(content_type=content_type, codename=codename, defaults={"name": codename})[0]
            for codename in codenames
        ]
        for group in Group.objects.filter(name=name):
            group.permissions.add(*wanted)


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0001_initial"), ("press", "0007_mail_about_changes")]

    operations = [migrations.RunPython(set_up_roles, migrations.RunPython.noop)]
