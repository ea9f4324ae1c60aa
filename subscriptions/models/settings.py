"""What an editor can set about the subscription."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page, Site


@register_setting(icon="mail")
class SubscriptionSettings(BaseSiteSetting):
    """The texts around the form."""

    introduction = models.TextField(
        gettext_lazy("introduction"),
        blank=True,
        max_length=400,
        help_text=gettext_lazy("One or two sentences at the top of the form. Empty: a text that always holds."),
    )
    privacy_text = models.TextField(
        gettext_lazy("about personal data"),
        blank=True,
        max_length=2000,
        help_text=gettext_lazy(
            "Stands above the button. Each wording that was agreed to is kept. Empty: a text that always holds."
        ),
    )
    privacy_page = models.ForeignKey(
        Page,
        verbose_name=gettext_lazy("page about personal data"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [FieldPanel("introduction"), FieldPanel("privacy_text"), PageChooserPanel("privacy_page")]

    class Meta:
        verbose_name = gettext_lazy("e-mail subscription")
        verbose_name_plural = gettext_lazy("e-mail subscriptions")

    @classmethod
    def for_site(cls, site: Site) -> "SubscriptionSettings":
        """Return the site's settings, or the defaults, unsaved: a reader's visit must not write."""
        return cls.base_queryset().filter(site=site).select_related("privacy_page").first() or cls(site=site)

    def wording(self, name: str) -> str:
        """Return the text about personal data that stands above the button."""
        return self.privacy_text or _(
            "%(name)s keeps your e-mail address and your choices, for nothing else than to send you what you ask for. "
            "Your consent is the legal ground, and you can take it back at any time: each letter has a link that ends "
            "the subscription. The address is erased no later than 28 days after that. %(name)s is the controller of "
            "your personal data. You can see, correct and erase them yourself, and complain to the Swedish Authority "
            "for Privacy Protection (IMY)."
        ) % {"name": name}
