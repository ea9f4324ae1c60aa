"""Swedish names for Wagtail's two groups and its workflow, and what each group may do with our own models."""

from django.db import migrations

GROUPS = {"Editors": "Redaktörer", "Moderators": "Chefredaktörer"}
WORKFLOW = ("Moderators approval", "Granskning före publicering")
CONTACTS = [("press", "presscontact", action) for action in ("add", "change", "view")]
CHIEF_ONLY = [
    ("press", "presscontact", "delete"),
    ("site_core", "menu", "change"),
    ("site_core", "menu", "publish"),
    ("site_core", "organisationsettings", "change"),
]


def set_up_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Task = apps.get_model("wagtailcore", "Task")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    for english, swedish in GROUPS.items():
        Group.objects.filter(name=english).update(name=swedish)
    for model in (Task, Workflow):
        model.objects.filter(name=WORKFLOW[0]).update(name=WORKFLOW[1])
    for name in GROUPS.values():
        wanted = CONTACTS + (CHIEF_ONLY if name == "Chefredaktörer" else [])
        for group in Group.objects.filter(name=name):
            group.permissions.add(*(permission(apps, *what) for what in wanted))


def permission(apps, app_label, model, action):
    # The rows are made after the last migration; Django keeps those that exist.
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _created = ContentType.objects.get_or_create(app_label=app_label, model=model)
    codename = f"{action}_{model}"
    found, _created = Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {action} {model}"}
    )
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("press", "0001_initial"),
        ("site_core", "0002_content"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(set_up_roles, migrations.RunPython.noop, elidable=False)]
