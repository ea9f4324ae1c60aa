"""Who the site speaks for."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from site_core.blocks.links import SocialLinksBlock
from site_core.colours import lighten_until_readable, validate_brand_colour
from site_core.fields import BodyField, RichTextField
from site_core.text import plain_text
from site_core.validators import validate_organisation_number


@register_setting(icon="home")
class OrganisationSettings(BaseSiteSetting):
    """The organisation's name, addresses, boilerplate and colours: one set for the site."""

    name = models.CharField(_("name"), max_length=80, default="Organisationen")
    wordmark = models.CharField(
        _("wordmark"),
        max_length=30,
        blank=True,
        help_text=_("The name as it is written at the top of every page, if it is shorter than the full name."),
    )
    purpose = models.CharField(
        _("purpose in one line"),
        max_length=160,
        blank=True,
        help_text=_("Shown in the footer and when the site is shared."),
    )
    boilerplate = RichTextField(
        _("about the organisation"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("A short paragraph that ends every press release."),
    )
    organisation_number = models.CharField(
        _("organisation number"), max_length=13, blank=True, validators=[validate_organisation_number]
    )
    visiting_address = models.TextField(_("visiting address"), blank=True, max_length=300)
    postal_address = models.TextField(_("postal address"), blank=True, max_length=300)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    press_telephone = models.CharField(_("telephone for the press"), max_length=40, blank=True)
    press_email = models.EmailField(_("e-mail for the press"), blank=True)
    social_links = BodyField(SocialLinksBlock(), blank=True, verbose_name=_("social media"))
    brand_colour = models.CharField(
        _("ground colour"),
        max_length=7,
        blank=True,
        validators=[validate_brand_colour],
        help_text=_("The deep colour of the top of the home page, of links and buttons. Empty: the site's own."),
    )
    signal_colour = models.CharField(
        _("signal colour"),
        max_length=7,
        blank=True,
        validators=[validate_brand_colour],
        help_text=_("The colour used sparingly, for what is new. Empty: the site's own."),
    )
    documents_open_in_new_window = models.BooleanField(
        _("open documents in a new window"),
        default=True,
        help_text=_("The link then says so, for those who can't see it happen."),
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("wordmark"),
                    FieldPanel("purpose"),
                    FieldPanel("boilerplate"),
                    FieldPanel("organisation_number"),
                ],
                heading=_("Organisation"),
            ),
            ObjectList(
                [
                    FieldPanel("visiting_address"),
                    FieldPanel("postal_address"),
                    MultiFieldPanel([FieldPanel("telephone"), FieldPanel("email")], heading=_("For everyone")),
                    MultiFieldPanel(
                        [FieldPanel("press_telephone"), FieldPanel("press_email")], heading=_("For the press")
                    ),
                    FieldPanel("social_links"),
                ],
                heading=_("Contact"),
            ),
            ObjectList(
                [
                    MultiFieldPanel([FieldPanel("brand_colour"), FieldPanel("signal_colour")], heading=_("Colours")),
                    FieldPanel("documents_open_in_new_window"),
                ],
                heading=_("Appearance"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def for_site(cls, site: Site) -> "OrganisationSettings":
        """Return the site's settings, or the defaults, unsaved: a reader's visit must not write."""
        return cls.base_queryset().filter(site=site).first() or cls(site=site)

    @property
    def short_name(self) -> str:
        return self.wordmark or self.name

    @property
    def has_boilerplate(self) -> bool:
        """Whether there is anything to read about the organisation: an emptied field still holds a paragraph."""
        return bool(plain_text(self.boilerplate))

    @property
    def brand_stylesheet(self) -> str:
        """The few lines of CSS that put this organisation's colours in; empty if it keeps the site's own."""
        tokens = {"--brand": self.brand_colour, "--signal": self.signal_colour}
        chosen = {name: value.lower() for name, value in tokens.items() if value}
        if not chosen:
            return ""
        light = "".join(f"{name}:{value};" for name, value in chosen.items())
        dark = "".join(f"{name}:{lighten_until_readable(value)};" for name, value in chosen.items())
        ground = f"--ground:{chosen['--brand']};" if "--brand" in chosen else ""
        return f":root{{{light}{ground}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"

    @property
    def brand_version(self) -> str:
        """A short digest of the colours, for an address that changes when they do."""
        return hashlib.sha256(self.brand_stylesheet.encode()).hexdigest()[:12] if self.brand_stylesheet else ""
