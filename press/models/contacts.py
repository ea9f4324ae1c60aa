"""The people the press may call, reused across releases."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from site_core.models import SiteImage


class PressContact(index.Indexed, models.Model):
    """A person who answers journalists."""

    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=120, blank=True, help_text=_("For example: head of communications."))
    telephone = models.CharField(
        _("telephone"), max_length=40, blank=True, help_text=_("As people write it: 010-123 45 67 or +46 10 123 45 67.")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    photo = models.ForeignKey(
        SiteImage, verbose_name=_("photo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = [FieldPanel("name"), FieldPanel("role"), FieldPanel("telephone"), FieldPanel("email"), FieldPanel("photo")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("role")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")

    def __str__(self) -> str:
        return f"{self.name}, {self.role}" if self.role else self.name

    def clean(self) -> None:
        super().clean()
        if not self.telephone and not self.email:
            raise ValidationError(_("Give a telephone number or an e-mail address: the press must reach the person."))
        if self.telephone and len(re.sub(r"\D", "", self.telephone)) < 6:
            raise ValidationError({"telephone": _("This is no telephone number.")})

    @property
    def telephone_uri(self) -> str:
        """The number for a `tel:` link (RFC 3966), global where it can be: a leading 0 is Sweden's."""
        digits = re.sub(r"[^\d+]", "", self.telephone.replace("(0)", ""))
        if digits.startswith("00"):
            digits = f"+{digits[2:]}"
        elif digits.startswith("0"):
            digits = f"+46{digits[1:]}"
        return f"tel:{digits}"


class ReleaseContact(Orderable):
    """A contact's place on one release."""

    release = ParentalKey("press.PressReleasePage", on_delete=models.CASCADE, related_name="release_contacts")
    # A contact that a live release shows is kept by `site_core/deletion.py`. Here it must not be PROTECT: an old draft
    # that names a contact who is gone could then not be opened.
    contact = models.ForeignKey(
        PressContact, verbose_name=_("contact"), on_delete=models.CASCADE, related_name="release_contacts"
    )

    panels = [FieldPanel("contact")]

    class Meta(Orderable.Meta):
        verbose_name = _("press contact")
        constraints = [models.UniqueConstraint(fields=["release", "contact"], name="contact_once_per_release")]

    def __str__(self) -> str:
        return str(self.contact)
