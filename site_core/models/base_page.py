"""The abstract page that every page of the site is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import CommentPanel, FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page, PagePermissionTester, PageViewRestriction
from wagtail.url_routing import RouteResult

from site_core.addresses import page_href
from site_core.choices import ChangeType
from site_core.fields import BodyField
from site_core.forms import PublicPageForm
from site_core.media.library import MediaLibrary, media_in
from site_core.page_rights import KeepingPermissionTester
from site_core.panels import PublishedPagePanel, SchedulePanel
from site_core.secrecy import is_kept_from_viewer
from site_core.structured_data import breadcrumb_node
from site_core.text import searchable_stems
from site_core.visibility import is_over, live_now, open_to_all

from .changes import PublicChange
from .media import SiteImage
from .organisation import OrganisationSettings

# Below the tree's root, which is no page.
HOME_DEPTH = 2


@dataclass(frozen=True)
class Crumb:
    """One step of a breadcrumb."""

    title: str
    url: str


class BasePage(Page):
    """What all our pages share: the public date, change notes, share image and how they are searched."""

    public_updated_at = models.DateTimeField(_("last published"), null=True, editable=False, db_index=True)
    change_type = models.CharField(
        _("type of change"), max_length=10, choices=ChangeType, default=ChangeType.MINOR, blank=True
    )
    change_note = models.TextField(
        _("what has changed"),
        blank=True,
        max_length=500,
        help_text=_("One or two sentences that readers see in the page's history. Needed for a major change."),
    )
    content_owner = models.CharField(
        _("content owner"),
        max_length=120,
        blank=True,
        help_text=_("The person or unit that answers for the content. Shown at the bottom of the page."),
    )
    share_image = models.ForeignKey(
        SiteImage,
        verbose_name=_("image when shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when someone shares the page. Without one, the site's own mark is shown."),
    )

    # Set when a page is routed to: whether no view restriction covers it.
    is_open_to_all = False
    media_library = MediaLibrary()
    # What an editor tells of one change: it belongs to the draft it was written in.
    change_fields = ["change_type", "change_note"]
    exclude_fields_in_copy = ["public_updated_at", "change_type", "change_note"]

    search_fields = [*Page.search_fields, index.AutocompleteField("search_stems")]

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("share_image")],
            heading=_("Search engines and sharing"),
        ),
    ]
    settings_panels = [SchedulePanel(), CommentPanel(), FieldPanel("content_owner")]

    class Meta:
        abstract = True

    @classmethod
    def build_edit_handler(
        cls,
        content_panels: list[Any],
        form_class: type[PublicPageForm] = PublicPageForm,
        change_fields: Sequence[str] = tuple(change_fields),
    ) -> TabbedInterface:
        """Build the editor's tabs, the same on every page type."""
        change_panel = PublishedPagePanel(
            [FieldPanel(name) for name in change_fields],
            heading=_("What does this change mean to readers?"),
            help_text=_(
                "A minor change keeps the date. A major change moves the date and is shown in the page's history."
            ),
        )
        return TabbedInterface(
            [
                ObjectList([*content_panels, change_panel], heading=_("Content")),
                ObjectList(cls.promote_panels, heading=_("Sharing")),
                ObjectList(cls.settings_panels, heading=_("Publishing")),
            ],
            base_form_class=form_class,
        )

    def get_url_parts(self, *args: Any, **kwargs: Any) -> tuple[int, str, str] | None:
        return None if is_kept_from_viewer(self) else super().get_url_parts(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A page made live without Wagtail's publish action (a copy, an import) has a public date all the same.
        if self.live and self.public_updated_at is None:
            self.public_updated_at = self.first_published_at
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "BasePage":
        """Keep what belongs to the page and not to a revision.

        The public date never comes back from an old revision. A change note belongs to the draft it was written in:
        once nothing is left unpublished, it has been told and the next change starts anew.
        """
        page = super().with_content_json(content)
        page.public_updated_at = self.public_updated_at
        if self.live and not self.has_unpublished_changes:
            page.forget_change()
        return page

    def forget_change(self) -> None:
        """Start anew with what is told of the next change."""
        for name in self.change_fields:
            setattr(self, name, self._meta.get_field(name).get_default())

    @transaction.atomic
    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Publish a revision together with everything that is written about it, or not at all."""
        super().publish(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return KeepingPermissionTester(user, self)

    def is_announced(self, change: PublicChange) -> bool:
        """Tell whether those who follow the site are told of a change of this page."""
        return False

    def is_public(self) -> bool:
        """Ask whether anybody may see the page now, and nothing says that it no longer holds."""
        return open_to_all(type(self).objects.filter(pk=self.pk)).exists()

    def subject_keys(self) -> list[str]:
        """Return the keys of the subjects that the page is about."""
        return []

    @property
    def is_updated(self) -> bool:
        """Whether readers were told of a major change after the first publication."""
        return bool(
            self.public_updated_at and self.first_published_at and self.public_updated_at > self.first_published_at
        )

    @cached_property
    def breadcrumb(self) -> list[Crumb]:
        """The live pages above this one, from the site's home page down; none on the home page itself."""
        if self.depth <= HOME_DEPTH:
            return []
        above = live_now(self.get_ancestors().filter(depth__gte=HOME_DEPTH))
        return [Crumb(title, page_href(url_path)) for title, url_path in above.values_list("title", "url_path")]

    @classmethod
    def for_route(cls) -> "QuerySet[Any]":
        """Return the pages to route to, with what the page needs at once."""
        return cls.objects.all()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of an address, and the pages above it, in two queries instead of two for each level.

        A page that lies on the way takes what is left of the address, if it knows such addresses.
        """
        self.end_at_its_time()
        above, below = self._steps_to(path_components)
        if not below:
            return super().route(request, path_components)
        model: Any = ContentType.objects.get_for_id(below[-1].content_type).model_class() or Page
        page = (model.for_route() if issubclass(model, BasePage) else model.objects).get(pk=below[-1].pk)
        steps = [*above, *below]
        page.breadcrumb = [
            Crumb(step.title, page_href(step.url_path))
            for step in steps[:-1]
            if step.live and not is_over(step) and step.depth >= HOME_DEPTH
        ]
        page.is_open_to_all = not any(step.view_restrictions for step in steps)
        if isinstance(page, BasePage):
            page.end_at_its_time()
        return page.route(request, path_components[len(below) :])

    def end_at_its_time(self) -> None:
        """Answer for this request as if the scheduler had taken the page down already, once its time is over."""
        if is_over(self):
            self.live = False

    def _paths_from_root(self) -> list[str]:
        """Return the tree paths of the pages from the root down to this one, itself included; needs no query."""
        return [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]

    def _steps_to(self, path_components: list[str]) -> tuple[list[Any], list[Any]]:
        """Return the pages from the tree's root to this one, and those on the way down to an address below it.

        The way ends where a page is missing, and nothing is on it where one is an alias. The root and what lies above
        this page come along, because a restriction there covers the address too.
        """
        if not path_components:
            return [], []
        paths = self._paths_from_root()
        # The slug is what the database has an index for; the tree address then tells which of the hits is meant.
        candidates = Q(path__startswith=self.path, depth__gt=self.depth, slug__in=path_components)
        columns = (
            "pk",
            "title",
            "path",
            "depth",
            "url_path",
            "content_type",
            "alias_of",
            "live",
            "view_restrictions",
            "expire_at",
        )
        rows = Page.objects.filter(candidates | Q(path__in=paths)).order_by("depth").values_list(*columns, named=True)
        # A page with two restrictions comes in two rows, each of which says enough.
        found = {row.url_path: row for row in rows if row.path not in paths}
        above = {row.path: row for row in rows if row.path in paths}
        below = []
        for url_path in accumulate(path_components, lambda path, slug: f"{path}{slug}/", initial=self.url_path):
            if url_path in found:
                below.append(found[url_path])
            elif url_path != self.url_path:
                break
        complete = len(above) == len(paths) and not any(step.alias_of for step in [*above.values(), *below])
        return (list(above.values()), below) if complete else ([], [])

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return the restrictions of this page and those above it, without asking anew for what is known."""
        if self.is_open_to_all:
            return PageViewRestriction.objects.none()
        if self.depth == HOME_DEPTH:
            # Neither a home page nor the root is an alias, whose source Wagtail would have to look up.
            return PageViewRestriction.objects.filter(page__path__in=self._paths_from_root())
        return super().get_view_restrictions()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.load_media()
        return super().get_context(request, *args, **kwargs)

    @classmethod
    @cache
    def body_field_names(cls) -> list[str]:
        return [field.name for field in cls._meta.get_fields() if isinstance(field, BodyField)]

    def image_ids(self) -> set[int]:
        """Return the numbers of the images that the page shows outside its bodies."""
        return {self.share_image_id} if self.share_image_id else set()

    def body_media_ids(self) -> tuple[set[int], set[int]]:
        """Return the numbers of the images and of the documents in the page's bodies."""
        return media_in([list(getattr(self, name).raw_data) for name in self.body_field_names()])

    def media_ids(self) -> tuple[set[int], set[int]]:
        """Return the numbers of all images and of all documents that the page shows."""
        images, documents = self.body_media_ids()
        return images | self.image_ids(), documents

    def load_media(self) -> None:
        """Fetch every image and document that the page shows, and give them to the blocks and fields that use them."""
        self.take_media(MediaLibrary.fetch(*self.media_ids()))

    def take_media(self, library: MediaLibrary) -> None:
        """Let the blocks and fields use the images and documents of a library."""
        self.fill_bodies(library)
        self.use_images(library.images)

    def fill_bodies(self, library: MediaLibrary) -> None:
        """Let the blocks of the bodies take what they refer to from a library."""
        self.media_library = library
        with library.lent():
            for name in self.body_field_names():
                list(getattr(self, name))

    def use_images(self, images: dict[int, SiteImage]) -> None:
        """Put fetched images where the page's fields expect them."""
        if self.share_image_id:
            self.share_image = images.get(self.share_image_id)

    @property
    def summary(self) -> str:
        """One or two sentences about the page, for listings, search engines and sharing."""
        return self.search_description

    @property
    def picture_when_shared(self) -> SiteImage | None:
        return self.share_image

    @property
    def site_root_url(self) -> str:
        """The site's address with scheme and host, without a slash at the end."""
        parts = self.get_url_parts()
        return (parts[1] or "") if parts else ""

    @property
    def href(self) -> str:
        """The page's address within the site."""
        return page_href(self.url_path)

    @property
    def share_image_address(self) -> str:
        """The address within the site of the picture drawn for a page that has none; empty for the site's own."""
        return ""

    def structured_data(self, organisation: OrganisationSettings) -> list[dict[str, Any]]:
        """Describe the page for machines, as schema.org's nodes."""
        return [breadcrumb_node(self)] if len(self.breadcrumb) else []

    @property
    def href_instead(self) -> str:
        """Where a reader is led who asks for the page while it is not public; empty for nowhere."""
        return ""

    def search_text(self) -> str:
        """The page's own text, without markup, as a reader would search for it."""
        return self.summary

    def search_stems(self) -> str:
        """The stems of every word on the page."""
        return " ".join(searchable_stems(f"{self.title} {self.search_text()}"))
