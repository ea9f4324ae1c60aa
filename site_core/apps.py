from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteCoreConfig(AppConfig):
    name = "site_core"
    verbose_name = _("Site")

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex

        from . import signal_handlers, walked
        from .models import OrganisationSettings

        signal_handlers.connect()
        walked.register()
        # Wagtail indexes pages and snippets by itself, site settings not.
        ReferenceIndex.register_model(OrganisationSettings)
