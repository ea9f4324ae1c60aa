"""A press release described for machines, in schema.org's terms."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from site_core.models import OrganisationSettings, PublicChange
from site_core.structured_data import LANGUAGE, given, image_node, organisation_id

from .models.taxonomy import MUNICIPALITY, TOPIC

if TYPE_CHECKING:
    from .models import PressReleasePage

# What search engines show of a headline.
HEADLINE_LENGTH = 110


def article_node(release: "PressReleasePage", organisation: OrganisationSettings) -> dict[str, Any]:
    """Describe a published release as a NewsArticle."""
    root = release.site_root_url
    picture = release.picture_when_shared
    sender = {"@id": organisation_id(root)}
    return given(
        at_type="NewsArticle",
        at_id=f"{root}{release.href}#pressmeddelande",
        identifier=release.permanent_id,
        url=f"{root}{release.href}",
        mainEntityOfPage=f"{root}{release.href}",
        headline=release.title[:HEADLINE_LENGTH],
        description=release.summary,
        datePublished=_moment(release.first_published_at),
        dateModified=_moment(release.public_updated_at),
        inLanguage=LANGUAGE,
        author=sender,
        publisher=sender,
        image=image_node(picture, release.image_caption) if picture else f"{root}{release.share_image_address}",
        encoding=[_file_node(root, part.value) for part in release.attachments if part.value["document"]],
        correction=[_correction_node(change) for change in release.history if change.kind == PublicChange.Kind.MAJOR],
        about=[{"@type": "Thing", "name": name} for kind, _slug, name in release.tags if kind == TOPIC],
        spatialCoverage=[
            {"@type": "AdministrativeArea", "name": name} for kind, _slug, name in release.tags if kind == MUNICIPALITY
        ],
        creativeWorkStatus=_("Withdrawn") if release.withdrawn else None,
    )


def _moment(value: Any) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else ""


def _file_node(root: str, attachment: Any) -> dict[str, Any]:
    document = attachment["document"]
    return given(
        at_type="MediaObject",
        name=attachment.text,
        contentUrl=f"{root}{document.url}",
        encodingFormat=document.content_type,
        contentSize=str(document.file_size or ""),
    )


def _correction_node(change: PublicChange) -> dict[str, Any]:
    return given(at_type="CorrectionComment", text=change.note, datePublished=_moment(change.at))
