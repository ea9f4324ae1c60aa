from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PressConfig(AppConfig):
    name = "press"
    verbose_name = _("Press")

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex

        from site_core.secrecy import register_rule
        from site_core.subjects import register_kind

        from . import closed_mail, signal_handlers
        from .closing import ClosedDrafts
        from .models import PressContact
        from .subjects import KINDS

        signal_handlers.connect()
        closed_mail.connect()
        register_rule(ClosedDrafts())
        for kind in KINDS:
            register_kind(kind)
        # Wagtail registers snippets when the admin is loaded, which a process without it never does.
        ReferenceIndex.register_model(PressContact)
