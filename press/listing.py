"""Finding releases: by year, topic and municipality, together or one by one, with a count for each choice."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import CharField, Count, F, Min, QuerySet, Value
from django.db.models.functions import Cast, ExtractYear
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from site_core.municipalities import swedish_order

from .models.former_addresses import FormerAddress
from .models.taxonomy import MUNICIPALITY, TOPIC, Municipality, Tag, Topic

YEAR = "ar"
FIRST_YEAR, LAST_YEAR = 1900, 2999
# So many choices are shown without the reader having to open them.
SHORT = 12
GENERATION = "press.listing.generation"


@dataclass(frozen=True)
class Selection:
    """What a reader wants to see: any of a year, a topic and a municipality."""

    base: str
    year: int | None = None
    topic: Topic | None = None
    municipality: Municipality | None = None
    # Asked for by an address that the topic or municipality had formerly.
    is_moved: bool = False

    @classmethod
    def read(cls, base: str, query: QueryDict, topic: str = "", municipality: str = "") -> "Selection":
        """Read a selection from the address and its query; 404 for a topic, municipality or year that can't be."""
        year = query.get(YEAR, "")
        if year and not (year.isascii() and year.isdigit() and FIRST_YEAR <= int(year[:9]) <= LAST_YEAR):
            raise Http404
        asked = topic or query.get(TOPIC, ""), municipality or query.get(MUNICIPALITY, "")
        found = _find(Topic, asked[0]), _find(Municipality, asked[1])
        is_moved = any(tag and tag.slug != slug for tag, slug in zip(found, asked, strict=True))
        return cls(base, int(year) if year else None, *found, is_moved=is_moved)

    @property
    def parts(self) -> list[Any]:
        return [part for part in (self.topic, self.municipality, self.year) if part]

    @property
    def is_combined(self) -> bool:
        return len(self.parts) > 1

    @property
    def description(self) -> str:
        """What was chosen, as in "Hälsa och vård, Alingsås, 2025"."""
        return ", ".join(str(part) for part in self.parts)

    @property
    def href(self) -> str:
        """The one address of this selection."""
        if self.topic and not self.is_combined:
            return f"{self.base}{TOPIC}/{self.topic.slug}/"
        if self.municipality and not self.is_combined:
            return f"{self.base}{MUNICIPALITY}/{self.municipality.slug}/"
        return f"{self.base}?{self.query_string}" if self.query else self.base

    def address_with(self, query: QueryDict) -> str:
        """The one address of this selection, with whatever else was asked for: a page of the list, say."""
        others = query.copy()
        for name in (YEAR, TOPIC, MUNICIPALITY):
            others.pop(name, None)
        separator = "&" if "?" in self.href else "?"
        return f"{self.href}{separator}{others.urlencode()}" if others else self.href

    @property
    def is_retired(self) -> bool:
        """Whether nothing new will come of what was chosen."""
        return any(tag.is_retired for tag in (self.topic, self.municipality) if tag)

    @property
    def query(self) -> dict[str, str]:
        """What was chosen, as the query of an address."""
        chosen = {
            YEAR: str(self.year or ""),
            TOPIC: self.topic.slug if self.topic else "",
            MUNICIPALITY: self.municipality.slug if self.municipality else "",
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def query_string(self) -> str:
        return urlencode(self.query)

    @property
    def without_year(self) -> "Selection":
        """What of the selection a reader can follow."""
        return replace(self, year=None)

    @property
    def feed_base(self) -> str:
        """The address below which the feeds of this selection are found; a year has none of its own."""
        return self.without_year.href if not (self.topic and self.municipality) else self.base

    def filter(self, releases: QuerySet[Any]) -> QuerySet[Any]:
        return self.in_year(self.about(releases), "listed_on")

    def in_year(self, pages: Any, moment: str) -> Any:
        """Keep the pages whose moment, a field, lies in the year that was chosen, by Swedish time."""
        if not self.year:
            return pages
        zone = timezone.get_default_timezone()
        start, end = (datetime(year, 1, 1, tzinfo=zone) for year in (self.year, self.year + 1))
        return pages.filter(**{f"{moment}__gte": start, f"{moment}__lt": end})

    def about(self, releases: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the releases about the topic and the municipality that were chosen."""
        if self.topic:
            releases = releases.filter(topics=self.topic)
        if self.municipality:
            releases = releases.filter(municipalities=self.municipality)
        return releases


def _find(model: type[Tag], slug: str) -> Any:
    if not slug:
        return None
    # The database would refuse the null character with an error of its own.
    tags: Any = model._default_manager
    found = tags.filter(slug=slug).first() if slug.isprintable() else None
    if found is None and slug.isprintable():
        found = FormerAddress.find(slug, model.KIND)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Choice:
    """One way to narrow a list down, or, where it is chosen already, to widen it again."""

    label: str
    href: str
    count: int
    is_chosen: bool = False


@dataclass
class Facets:
    """How many releases a selection holds, and how many each further choice would leave."""

    total: int = 0
    years: list[tuple[int, int]] = field(default_factory=list)
    topics: list[tuple[str, str, int]] = field(default_factory=list)
    municipalities: list[tuple[str, str, int]] = field(default_factory=list)
    # When the first of the counted releases is over.
    until: datetime | None = None

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.until <= timezone.now()


def count(releases: QuerySet[Any], selection: Selection) -> Facets:
    """Count, in one query, what a selection holds and what each other choice in its place would hold.

    The counts are kept for a while, and dropped at once when a release comes, goes or is changed, or its time is over.
    """
    key = f"press.facets.{cache.get(GENERATION, 0)}.{hashlib.sha256(selection.href.encode()).hexdigest()[:20]}"
    if (kept := cache.get(key)) is not None and not kept.is_over:
        return kept
    facets = _count(releases, selection)
    cache.set(key, facets, settings.FACET_SECONDS)
    return facets


def forget_counts() -> None:
    """Drop every count that is kept."""
    cache.set(GENERATION, timezone.now().timestamp(), None)


def _count(releases: QuerySet[Any], selection: Selection) -> Facets:
    zone = timezone.get_default_timezone()
    by_year = replace(selection, year=None).filter(releases)
    by_topic = replace(selection, topic=None).filter(releases).filter(topics__isnull=False)
    by_municipality = replace(selection, municipality=None).filter(releases).filter(municipalities__isnull=False)
    year = Cast(ExtractYear("listed_on", tzinfo=zone), CharField())
    nothing = Value("", CharField())
    rows = _grouped(selection.filter(releases), "total", nothing, nothing).union(
        _grouped(by_year, "year", year, nothing),
        _grouped(by_topic, "topic", F("topics__slug"), F("topics__name")),
        _grouped(by_municipality, "municipality", F("municipalities__slug"), F("municipalities__name")),
        _soonest_end(releases),
        all=True,
    )
    facets = Facets()
    for kind, slug, name, number in rows:
        if kind == "total":
            facets.total = number
        elif kind == "until":
            facets.until = _moment(slug) if slug else None
        elif kind == "year":
            facets.years.append((int(slug), number))
        elif kind == "topic":
            facets.topics.append((slug, name, number))
        else:
            facets.municipalities.append((slug, name, number))
    facets.years.sort(reverse=True)
    for named in (facets.topics, facets.municipalities):
        named.sort(key=lambda counted: swedish_order(counted[1]))
    return facets


def _grouped(releases: QuerySet[Any], kind: str, slug: Any, name: Any) -> Any:
    # At most one topic and one municipality are asked for, so no release is in here twice for the same label.
    labelled = releases.order_by().annotate(facet=Value(kind, CharField()), facet_slug=slug, facet_name=name)
    return labelled.values_list("facet", "facet_slug", "facet_name").annotate(number=Count("pk"))


def _soonest_end(releases: QuerySet[Any]) -> Any:
    """Ask, as one more row of the counts, when the first release is over."""
    ending = releases.order_by().filter(listed_until__isnull=False).annotate(facet=Value("until", CharField()))
    soonest = Cast(Min("listed_until"), CharField())
    rows = ending.values("facet").annotate(facet_slug=soonest, facet_name=Value("", CharField()), number=Count("pk"))
    return rows.values_list("facet", "facet_slug", "facet_name", "number")


def _moment(text: str) -> datetime:
    """Read a moment as a database writes it in words: in UTC, which only PostgreSQL says."""
    moment = datetime.fromisoformat(text)
    return moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)


class CountedPaginator(Paginator):
    """Pages of releases whose number is known already."""

    def __init__(self, releases: Any, per_page: int, total: int) -> None:
        super().__init__(releases, per_page)
        self.total = total

    @cached_property
    def count(self) -> int:
        return self.total


@dataclass(frozen=True)
class FilterGroup:
    """The choices of one kind."""

    heading: str
    choices: list[Choice]

    @property
    def has_chosen(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)

    @property
    def is_short(self) -> bool:
        return len(self.choices) <= SHORT


def filter_groups(selection: Selection, facets: Facets) -> list[FilterGroup]:
    """Return the filters to show, each choice a plain link; a kind with nothing to choose is left out."""
    groups = [
        FilterGroup(_("Year"), [_choice(selection, "year", year, number) for year, number in facets.years]),
        FilterGroup(_("Topic"), _choices(selection, "topic", Topic, facets.topics)),
        FilterGroup(_("Municipality"), _choices(selection, "municipality", Municipality, facets.municipalities)),
    ]
    return [group for group in groups if group.choices]


def _choices(selection: Selection, name: str, model: Any, counted: list[tuple[str, str, int]]) -> list[Choice]:
    return [_choice(selection, name, model(slug=slug, name=label), number) for slug, label, number in counted]


def _choice(selection: Selection, name: str, value: Any, number: int) -> Choice:
    chosen = getattr(selection, name)
    # What only a count tells of has no number in the database: its name says whether it is the same.
    is_chosen = chosen is not None and str(chosen) == str(value)
    other: dict[str, Any] = {name: None if is_chosen else value}
    return Choice(str(value), replace(selection, **other).href, number, is_chosen)
