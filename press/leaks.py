"""Looks, as a stranger would, at every place where a release that is not public might show."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from site_core.media.privacy import is_public
from site_core.media.references import Files, all_files
from site_core.models import SiteImage
from site_core.public_addresses import Answer, Question, Secret, questions
from site_core.subjects import subject_key
from site_core.web.stranger import Response, ask

from .embargo import coming_release
from .models import PressReleasePage, Topic
from .models.taxonomy import TOPIC

# Shorter words than these stand in other texts by chance.
SHORTEST_TITLE = 12
LEAD_LENGTH = 60
# What a stranger may be answered who asks for something that is not there for her.
CLOSED = {302, 403, 404, 410}


@dataclass(frozen=True)
class Finding:
    """One place that was looked at, and whether anything of the release was there."""

    area: str
    address: str
    is_closed: bool
    note: str = ""


def find_leaks(release: PressReleasePage) -> list[Finding]:
    """Ask for everything, without logging in, that could tell of a release; those of one area stand together."""
    findings = list(_Walk(release).findings())
    areas = list(dict.fromkeys(finding.area for finding in findings))
    return sorted(findings, key=lambda finding: areas.index(finding.area))


def secret_of(release: PressReleasePage) -> Secret:
    """Return what there is to keep of a release, as it stands and as it is coming."""
    versions = [release, coming_release(release)]
    files = Files()
    for version in versions:
        files = files.with_(all_files(version))
    return Secret(versions, files)


class _Walk:
    def __init__(self, release: PressReleasePage) -> None:
        self.release = release
        self.secret = secret_of(release)
        self.words = [*self._titles(), *self._leads()]
        self.marks = [release.href, *self._topic_marks()]

    def _versions(self) -> list[PressReleasePage]:
        return [version for version in self.secret.versions if isinstance(version, PressReleasePage)]

    def _titles(self) -> list[str]:
        names = {topic.name for topic in self._secret_topics} | self.secret.titles
        return sorted(name for name in names if len(name) >= SHORTEST_TITLE)

    def _leads(self) -> set[str]:
        return {version.lead[:LEAD_LENGTH] for version in self._versions() if version.lead}

    @cached_property
    def _secret_topics(self) -> list[Topic]:
        """The topics that no release has made known yet."""
        topics = {topic.pk for version in self._versions() for topic in version.topics.all()}
        return list(Topic.objects.filter(pk__in=topics).exclude(pk__in=Topic.objects.followed().values("pk")))

    def _topic_marks(self) -> Iterator[str]:
        for topic in self._secret_topics:
            yield f"/{TOPIC}/{topic.slug}/"
            yield f'value="{subject_key(TOPIC, topic.pk)}"'

    def findings(self) -> Iterator[Finding]:
        for question in questions(self.secret):
            if finding := self._look(question):
                yield finding

    def _look(self, question: Question) -> Finding | None:
        """Ask, and look for the release in the answer; nothing comes of a question that need not be put."""
        if question.answer is Answer.FILE:
            return self._look_at_file(question)
        response = ask(question.address, question.headers)
        told = self._told(response, question)
        if question.answer is Answer.CLOSED:
            closed = response.status in CLOSED or self._asks_for_a_password
            return Finding(str(question.area), question.address, closed and not told, str(response.status))
        note = str(response.status) if response.is_broken else ", ".join(told)
        return Finding(str(question.area), question.address, not told and not response.is_broken, note)

    def _told(self, response: Response, question: Question) -> list[str]:
        text = response.text + response.headers.get("Location", "")
        words = list(self._leads()) if question.answer is Answer.ECHO else self.words
        # Its own address may repeat itself.
        marks = [] if question.answer is Answer.CLOSED else self.marks
        return [word for word in (*words, *marks) if word in text]

    def _look_at_file(self, question: Question) -> Finding | None:
        public = question.item is not None and is_public(question.item)
        if public and question.headers:
            return None
        status = ask(question.address, question.headers).status
        closed = status in CLOSED
        used = public and not closed
        note = _("Already public: a published page uses it") if used else str(status)
        address = " ".join([question.address, *(f"({name})" for name in question.headers)])
        # A picture may be shared with another page; an attachment is the news itself.
        return Finding(str(question.area), address, closed or (used and isinstance(question.item, SiteImage)), note)

    @cached_property
    def _asks_for_a_password(self) -> bool:
        """Whether a stranger who asks for the page is answered with a form, and not with 404."""
        return self.release.live and bool(self.release.get_view_restrictions())
