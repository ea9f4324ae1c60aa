"""What stands around every page, who speaks and the menus: built once and kept for a few seconds.

A change of a menu, the organisation or any page drops what is kept. Where the processes share no cache, another
process may show the old menu for FRAME_SECONDS more.
"""

import hashlib
from dataclasses import dataclass, field, fields

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Site

from .models import OrganisationSettings
from .models.navigation import MenuLink, load_menus, soonest_end


@dataclass
class Frame:
    """The organisation and its menus."""

    organisation: OrganisationSettings
    main_menu: list[MenuLink] = field(default_factory=list)
    footer_menu: list[MenuLink] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether the time of something in the menus has ended since they were built."""
        end = soonest_end([*self.main_menu, *self.footer_menu])
        return end is not None and end <= timezone.now()


def _shape() -> str:
    """Name what a kept frame is made of: two versions of the site may share a cache while one follows the other."""
    names = [part.name for kind in (Frame, MenuLink) for part in fields(kind)]
    names += [column.name for column in OrganisationSettings._meta.concrete_fields]
    return hashlib.sha256(" ".join(names).encode()).hexdigest()[:12]


KEY = f"site_core.frame.{_shape()}"


def frame_for(request: HttpRequest) -> Frame:
    """Return the frame of the site that a request is for."""
    site = Site.find_for_request(request)
    if site is None:
        return Frame(OrganisationSettings())
    frames: dict[int, Frame] = cache.get(KEY) or {}
    if site.pk not in frames or frames[site.pk].is_over:
        menus = load_menus()
        frames[site.pk] = Frame(OrganisationSettings.for_site(site), menus.get("main", []), menus.get("footer", []))
        cache.set(KEY, frames, settings.FRAME_SECONDS)
    return frames[site.pk]


def drop_frames() -> None:
    """Forget what is kept: now, and once more when the change that is under way has been committed."""
    cache.delete(KEY)
    transaction.on_commit(lambda: cache.delete(KEY), robust=True)
