from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteCoreConfig(AppConfig):
    name = "site_core"
    verbose_name = _("Site")

    def ready(self) -> None:
        from django.db.models import DateField, DateTimeField
        from wagtail.admin.forms.models import register_form_field_override
        from wagtail.models import ReferenceIndex

        from . import signal_handlers
        from .models import OrganisationSettings
        from .permissions import keep_secrets
        from .time_fields import DayInput, SwedishDateField, SwedishTimeField, TimeInput

        signal_handlers.connect()
        keep_secrets()
        # Wagtail indexes pages and snippets by itself, site settings not.
        ReferenceIndex.register_model(OrganisationSettings)
        # Every time and day in a form of the admin, also those of models that are yet to come.
        for model_field, form_class, widget in (
            (DateField, SwedishDateField, DayInput),
            (DateTimeField, SwedishTimeField, TimeInput),
        ):
            register_form_field_override(model_field, override={"form_class": form_class, "widget": widget})
