from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionsConfig(AppConfig):
    name = "subscriptions"
    verbose_name = _("Subscription")

    def ready(self) -> None:
        from . import signal_handlers, walked

        signal_handlers.connect()
        walked.register()
