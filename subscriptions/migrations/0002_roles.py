"""What each of the editors' groups may do. Nobody but an administrator sees addresses, until somebody is given that."""

from django.db import migrations

EVERYBODY = [("mailing", "view_mailing"), ("mailing", "stop_mailing")]
CHIEF = [("mailing", "resend_mailing"), ("subscriptionsettings", "change_subscriptionsettings")]
ROLES = {"Redaktörer": EVERYBODY, "Chefredaktörer": EVERYBODY + CHIEF}


def set_up_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, permissions in ROLES.items():
        wanted = [permission(apps, model, codename) for model, codename in permissions]
        for group in Group.objects.filter(name=name):
            group.permissions.add(*wanted)


def permission(apps, model, codename):
    # The rows are made after the last migration; Django keeps those that exist.
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _created = ContentType.objects.get_or_create(app_label="subscriptions", model=model)
    return Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": codename}
    )[0]


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0001_initial"), ("press", "0007_mail_about_changes")]

    operations = [migrations.RunPython(set_up_roles, migrations.RunPython.noop)]
