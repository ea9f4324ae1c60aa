"""The press release."""

from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page, PageManager, PagePermissionTester, PageQuerySet
from wagtail.url_routing import RouteResult

from press.closing_panel import ClosingPanel
from press.forms import GroupedCheckboxes, PressReleaseForm
from press.panels import WithdrawalPanel
from press.share_images import share_image_version
from press.structured_data import article_node
from site_core.addresses import page_href
from site_core.blocks.body import AttachmentsBlock, BodyBlock
from site_core.blocks.text import stream_text
from site_core.fields import BodyField, ReferencedManyToManyField
from site_core.models import BasePage, OrganisationSettings, PublicChange, SiteImage
from site_core.page_rights import KeepingPermissionTester
from site_core.permissions import NoPermissions
from site_core.secrecy import secret_ids
from site_core.structured_data import organisation_node
from site_core.subjects import subject_key
from site_core.visibility import not_over, open_to_all
from site_core.web.errors import gone

from .contacts import PressContact
from .taxonomy import MUNICIPALITY, TOPIC, Municipality, Topic
from .withdrawal import Withdrawal

RELATED = 3
WITHDRAW = "press.withdraw_pressreleasepage"


class PressReleaseQuerySet(PageQuerySet):
    def in_order(self) -> "PressReleaseQuerySet":
        """Releases that stand in the list, the newest first, from an index and without asking who may see them."""
        return self.filter(not_over("listed_until"), listed_on__isnull=False).order_by("-listed_on", "-pk")

    def listed(self) -> "PressReleaseQuerySet":
        """Releases that anybody may see and that have not been withdrawn, the newest first, without their bodies."""
        return open_to_all(self.in_order()).defer("body", "attachments")

    def relist(self) -> None:
        """Work out anew which of these releases stand in the list, since when and until when."""
        shown = open_to_all(Page.objects.filter(pk=OuterRef("pk")))
        since, until = (Subquery(shown.values(name)) for name in ("first_published_at", "expire_at"))
        numbers = list(self.values_list("pk", flat=True))
        releases = PressReleasePage.objects.filter(pk__in=numbers)
        releases.filter(withdrawal__isnull=False).update(listed_on=None)
        releases.filter(withdrawal__isnull=True).update(listed_on=since, listed_until=until)

    def wrongly_listed(self) -> "PressReleaseQuerySet":
        """Return the releases that stand in the list and should not, or do not and should."""
        shown = open_to_all(PressReleasePage.objects.filter(withdrawal=None, first_published_at__isnull=False))
        stands, belongs = Q(listed_on__isnull=False), Q(pk__in=shown.values("pk"))
        return self.filter((stands & ~belongs) | (~stands & belongs))


class ReleasePermissionTester(KeepingPermissionTester):
    """What somebody may do with a release."""

    def can_unschedule(self) -> bool:
        # Wagtail's own way to stop a publication asks nothing, and tells and mails nobody: see press/rescheduling.py.
        return False

    def can_withdraw(self) -> bool:
        """Tell whether the user may take the release back: who may publish it, or whose role says so.

        A lock keeps others from changing the text; it must not keep a mistake in public.
        """
        if not self.user.is_active:
            return False
        publishes = self.user.is_superuser or "publish" in self.permissions
        return publishes or (self.can_edit() and self.user.has_perm(WITHDRAW))


class PressReleasePage(BasePage):
    """A press release."""

    lead = models.TextField(
        _("lead"),
        max_length=600,
        help_text=_("What has happened, who did it and why it matters, in two or three sentences."),
    )
    image = models.ForeignKey(
        SiteImage, verbose_name=_("image"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    image_caption = models.CharField(pgettext_lazy("picture", "caption"), max_length=250, blank=True)
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("body"))
    attachments = BodyField(
        AttachmentsBlock(),
        blank=True,
        verbose_name=_("attachments"),
        help_text=_("Files that belong to the release, such as the full text as a PDF."),
    )
    topics = ReferencedManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="releases")
    municipalities = ReferencedManyToManyField(
        Municipality, verbose_name=_("municipalities"), blank=True, related_name="releases"
    )
    tell_subscribers = models.BooleanField(
        _("e-mail the subscribers"),
        default=True,
        db_default=True,
        help_text=_("About a major change. They are told of a new release in any case."),
    )
    # The first publication, while the release stands in the list. Kept so that far pages of a long list cost little.
    listed_on = models.DateTimeField(null=True, editable=False)
    # When its time is over, for the same reason.
    listed_until = models.DateTimeField(null=True, editable=False)

    objects = PageManager.from_queryset(PressReleaseQuerySet)()

    parent_page_types = ["press.PressIndexPage"]
    subpage_types: list[str] = []
    change_fields = [*BasePage.change_fields, "tell_subscribers"]
    exclude_fields_in_copy = [
        *BasePage.exclude_fields_in_copy,
        "tell_subscribers",
        "listed_on",
        "listed_until",
        "withdrawal",
        "closing",
    ]
    page_description = _("News for the press and the public, with quotes, attachments and contacts.")
    admin_icon = "mail"
    template = "press/release_page.html"

    edit_handler = BasePage.build_edit_handler(
        [
            WithdrawalPanel(),
            ClosingPanel(heading=_("Who may see the draft"), stands_first=True),
            TitleFieldPanel("title", help_text=_("What has happened, in at most 70 characters.")),
            FieldPanel("lead"),
            MultiFieldPanel([FieldPanel("image"), FieldPanel("image_caption")], heading=_("Image")),
            FieldPanel("body"),
            FieldPanel("attachments"),
            InlinePanel("release_contacts", heading=_("Press contacts"), label=_("Contact")),
            MultiFieldPanel(
                [
                    FieldPanel("topics", widget=CheckboxSelectMultiple),
                    FieldPanel("municipalities", widget=GroupedCheckboxes),
                ],
                heading=_("What is it about?"),
            ),
            ClosingPanel(heading=_("Who may see the draft")),
        ],
        PressReleaseForm,
        change_fields,
    )

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")
        permissions = [("withdraw_pressreleasepage", _("Withdraw press releases"))]
        indexes = [
            models.Index(
                fields=["-listed_on", "-page_ptr", "listed_until"],
                condition=Q(listed_on__isnull=False),
                name="release_listed",
            )
        ]

    def with_content_json(self, content: dict[str, Any]) -> "PressReleasePage":
        page = super().with_content_json(content)
        page.listed_on, page.listed_until = self.listed_on, self.listed_until
        return page

    @classmethod
    def for_route(cls) -> "models.QuerySet[Any]":
        return cls.objects.select_related("withdrawal__replacement")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        if not self.live and self.pk in secret_ids(user):
            return NoPermissions(user, self)
        return ReleasePermissionTester(user, self)

    def is_announced(self, change: PublicChange) -> bool:
        if change.kind == PublicChange.Kind.MAJOR:
            return self.tell_subscribers
        return change.kind == PublicChange.Kind.FIRST

    def is_public(self) -> bool:
        return PressReleasePage.objects.listed().filter(pk=self.pk).exists()

    def subject_keys(self) -> list[str]:
        topics = [subject_key(TOPIC, topic.pk) for topic in self.topics.all()]
        return topics + [subject_key(MUNICIPALITY, place.pk) for place in self.municipalities.all()]

    @property
    def withdrawn(self) -> Withdrawal | None:
        return getattr(self, "withdrawal", None)

    @property
    def status_string(self) -> str:
        """What an editor reads of the release's state: that it is withdrawn comes first, everywhere."""
        status = super().status_string
        # What stands in the list is not withdrawn, which spares a list of many rows as many questions.
        withdrawn = self.withdrawn if self.first_published_at and not self.listed_on else None
        return f"{withdrawn.status} ({status})" if withdrawn else status

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not path_components and not self.live and self.withdrawn:
            # What was published and taken back is told apart from what never was.
            return RouteResult(self)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.live:
            return super().serve(request, *args, **kwargs)
        return redirect(self.href_instead) if self.href_instead else gone(request)

    @property
    def href_instead(self) -> str:
        """The address of the release that replaces this one, while that one stands."""
        replacement = self.withdrawn.replacement if self.withdrawn else None
        stands = replacement and PressReleasePage.objects.listed().filter(pk=replacement.pk).exists()
        return replacement.href if replacement and stands else ""

    @property
    def permanent_id(self) -> str:
        """The name that feeds and machines know the release by, whatever its address (RFC 9562)."""
        return f"urn:uuid:{self.translation_key}"

    @property
    def share_image_address(self) -> str:
        return f"{self.href}delningsbild-{share_image_version(self)}.png"

    def structured_data(self, organisation: OrganisationSettings) -> list[dict[str, Any]]:
        if not self.live:
            return []
        sender = organisation_node(organisation, self.site_root_url)
        return [article_node(self, organisation), sender, *super().structured_data(organisation)]

    @property
    def images_offered(self) -> list[SiteImage]:
        """The pictures whose licence lets others use the original, in the order in which they are shown."""
        shown = [self.image, *(part.value["image"] for part in self.body if part.block_type == "image")]
        return [image for image in dict.fromkeys(shown) if image and image.licence]

    @property
    def summary(self) -> str:
        return self.search_description or self.lead

    @property
    def picture_when_shared(self) -> SiteImage | None:
        return self.share_image or self.image

    def search_text(self) -> str:
        return " ".join([self.lead, self.image_caption, stream_text(self.body), stream_text(self.attachments)])

    def image_ids(self) -> set[int]:
        shown = [self.image_id, *(contact.photo_id for contact in self.contacts)]
        return super().image_ids() | {number for number in shown if number}

    def use_images(self, images: dict[int, SiteImage]) -> None:
        super().use_images(images)
        if self.image_id:
            self.image = images.get(self.image_id)
        for contact in self.contacts:
            contact.photo = images.get(contact.photo_id or 0)

    @cached_property
    def contacts(self) -> list[PressContact]:
        """The press contacts in the editor's order; in a preview, those of the draft, which are in no table yet.

        Each once: a preview asked for while the editor saves by itself would show what was just saved and what is still
        in the form.
        """
        places = self.release_contacts.all()
        if isinstance(places, models.QuerySet):
            places = places.select_related("contact")
        return list({place.contact_id: place.contact for place in places}.values())

    @property
    def attached(self) -> list[Any]:
        """The attachments whose documents are there."""
        return [part.value for part in self.attachments if part.value["document"]]

    @property
    def press_room_href(self) -> str:
        """The address of the page above this one, the press room."""
        return page_href(self.url_path[: self.url_path.rstrip("/").rfind("/") + 1]) if self.url_path else ""

    @cached_property
    def tags(self) -> list[tuple[str, str, str]]:
        """Kind, slug and name of each topic and municipality, in one query; in a preview, those of the draft."""
        topics, municipalities = self.topics.all(), self.municipalities.all()
        if not isinstance(topics, models.QuerySet) or not isinstance(municipalities, models.QuerySet):
            return [(TOPIC, tag.slug, tag.name) for tag in topics] + [
                (MUNICIPALITY, tag.slug, tag.name) for tag in municipalities
            ]
        columns = "kind", "slug", "name"
        rows = topics.order_by().annotate(kind=Value(TOPIC)).values_list(*columns)
        return sorted(rows.union(municipalities.order_by().annotate(kind=Value(MUNICIPALITY)).values_list(*columns)))

    @cached_property
    def related(self) -> "models.QuerySet[PressReleasePage]":
        """Listed releases that share the most topics and municipalities with this one, the newest of equals first."""
        topics = [slug for kind, slug, _name in self.tags if kind == TOPIC]
        shared = Count("topics", filter=Q(topics__slug__in=topics), distinct=True)
        listed = PressReleasePage.objects.listed().exclude(pk=self.pk).filter(topics__slug__in=topics)
        return listed.annotate(shared=shared).order_by("-shared", "-listed_on", "-pk")[:RELATED]

    @cached_property
    def history(self) -> list[PublicChange]:
        """What readers were told after the first publication, the newest first.

        None is asked for where the public date says there was none.
        """
        if not self.is_updated:
            return []
        return list(PublicChange.objects.filter(page_id=self.pk).exclude(kind=PublicChange.Kind.FIRST))

    @property
    def published_today(self) -> bool:
        return bool(self.first_published_at) and timezone.localdate(self.first_published_at) == timezone.localdate()
