"""Documents say what readers will miss in them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("site_core", "0005_keeping")]

    operations = [
        migrations.AddField(
            model_name="sitedocument",
            name="faults",
            field=models.JSONField(editable=False, null=True),
        ),
    ]
