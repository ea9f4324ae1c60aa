"""Give a new database a home page of ours instead of Wagtail's welcome page."""

from django.db import migrations


def create_home_page(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    HomePage = apps.get_model("pages", "HomePage")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")

    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page").first()
    if HomePage.objects.exists() or welcome is None:
        return
    Site.objects.filter(root_page=welcome).delete()
    welcome.delete()
    content_type, _created = ContentType.objects.get_or_create(model="homepage", app_label="pages")
    home_page = HomePage.objects.create(
        title="Startsida",
        draft_title="Startsida",
        slug="start",
        content_type=content_type,
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/start/",
        locale=Locale.objects.first(),
        mission="Här står organisationens uppdrag i en mening.",
    )
    Site.objects.create(hostname="localhost", root_page=home_page, is_default_site=True)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("wagtailcore", "0002_initial_data"),
        ("wagtailcore", "0054_initial_locale"),
    ]

    operations = [migrations.RunPython(create_home_page, migrations.RunPython.noop, elidable=False)]
