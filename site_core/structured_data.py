"""Pages described for machines, in schema.org's terms."""

import json
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from .models import BasePage, OrganisationSettings, SiteImage

LANGUAGE = "sv-SE"
# What would end the data block early, as Django's own json_script writes it.
UNSAFE = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def script_element(nodes: list[dict[str, Any]]) -> SafeString:
    """Write nodes as one JSON-LD data block, which no policy against inline scripts touches."""
    if not nodes:
        return SafeString("")
    data = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{data.translate(UNSAFE)}</script>')  # noqa: S308


def given(**values: Any) -> dict[str, Any]:
    """Leave out what has no value; a name that begins with `at_` stands for JSON-LD's `@`."""
    return {name.replace("at_", "@", 1) if name.startswith("at_") else name: v for name, v in values.items() if v}


def organisation_node(organisation: "OrganisationSettings", root: str) -> dict[str, Any]:
    """Describe whom the site speaks for."""
    telephone, email = organisation.press_telephone, organisation.press_email
    contact = given(
        at_type="ContactPoint", contactType="press", telephone=telephone, email=email, availableLanguage="sv"
    )
    return given(
        at_type="Organization",
        at_id=organisation_id(root),
        name=organisation.name,
        url=f"{root}/",
        description=organisation.purpose,
        logo=given(at_type="ImageObject", url=f"{root}{static('images/share.png')}", width=1200, height=630),
        telephone=organisation.telephone,
        email=organisation.email,
        contactPoint=contact if telephone or email else None,
        sameAs=[account.value.href for account in organisation.social_links if account.value.href],
    )


def organisation_id(root: str) -> str:
    return f"{root}/#organisation"


def breadcrumb_node(page: "BasePage") -> dict[str, Any]:
    """Describe the way to a page, the page itself last."""
    crumbs = [*((crumb.title, crumb.url) for crumb in page.breadcrumb), (page.title, page.href)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": f"{page.site_root_url}{href}"}
            for position, (name, href) in enumerate(crumbs, start=1)
        ],
    }


def image_node(image: "SiteImage", caption: str = "") -> dict[str, Any]:
    """Describe a picture in the size in which it is shared."""
    rendition = image.get_rendition("fill-1200x630|format-jpeg")
    return given(
        at_type="ImageObject",
        url=rendition.full_url,
        width=rendition.width,
        height=rendition.height,
        caption=caption or image.alt_text,
        creditText=strip_tags(image.credit),
        copyrightNotice=strip_tags(image.licence),
    )
