"""What there is to ask of the site's own addresses about a page that is not public."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from .models import SiteDocument, SiteImage, SiteRendition
from .public_addresses import Answer, Question, Secret, register_asking, register_silent

IMAGES, ATTACHMENTS = _("Images"), _("Attachments")
# So many passwords of other pages are tried at the form.
MOST = 5


def ask_for_documents(secret: Secret) -> Iterator[Question]:
    for document in SiteDocument.objects.filter(pk__in=secret.files.documents):
        for address in (document.url, f"/dokument/{document.pk}/gissat.pdf"):
            yield Question(ATTACHMENTS, address, Answer.FILE, document)
        yield from _part_by_part(ATTACHMENTS, document, document.url, document.file_hash)


def ask_for_renditions(secret: Secret) -> Iterator[Question]:
    for image in SiteImage.objects.filter(pk__in=secret.files.images):
        addresses = [rendition.url for rendition in SiteRendition.objects.filter(image=image)]
        for address in addresses:
            yield Question(IMAGES, address, Answer.FILE, image)
        for address in addresses[:1]:
            yield from _part_by_part(IMAGES, image, address, address.rpartition("/")[2])


def ask_for_originals(secret: Secret) -> Iterator[Question]:
    for image in SiteImage.objects.filter(pk__in=secret.files.images):
        yield Question(IMAGES, image.file.url, Answer.FILE, image)


def ask_for_password_forms(secret: Secret) -> Iterator[Question]:
    """Ask for the page at the forms of passwords that other pages have."""
    others = PageViewRestriction.objects.filter(restriction_type=PageViewRestriction.PASSWORD)
    numbers = others.exclude(page__in=secret.page.get_ancestors(inclusive=True)).values_list("pk", flat=True)[:MOST]
    for number in [*numbers, 0]:
        address = f"/_util/authenticate_with_password/{number}/{secret.page.pk}/"
        yield Question(_("Passwords of other pages"), address, Answer.CLOSED)


def _part_by_part(area: Any, item: Any, address: str, tag: str) -> Iterator[Question]:
    for headers in ({"if-none-match": f'"{tag}"'}, {"if-none-match": "*"}, {"range": "bytes=0-9"}):
        yield Question(area, address, Answer.FILE, item, headers)


def register() -> None:
    if settings.EMAIL_PROVIDER:
        register_silent("anymail/", "takes reports from the mail provider, and tells it nothing")
    register_asking("wagtaildocs_serve", ask_for_documents)
    register_asking("rendition", ask_for_renditions)
    register_asking("original", ask_for_originals)
    register_asking("wagtailcore_authenticate_with_password", ask_for_password_forms)
    for route, reason in {
        "admin/": "asks for a log-in; what each role sees there has tests of its own",
        "wagtaildocs_authenticate_with_password": "a password of a collection, which knows no page",
        "wagtailcore_login": "leads to the form to log in",
        "session_state": "tells whether one is logged in",
        "session_resumed": "tells that one is logged in again",
        "log_in_again": "leads to the form to log in",
        "brand_stylesheet": "colours",
        "favicon": "leads to a static file",
        "robots": "the same text for everybody",
        "security_txt": "whom to write to",
    }.items():
        register_silent(route, reason)
