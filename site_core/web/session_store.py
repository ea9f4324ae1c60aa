"""Where log-ins are kept: in the database, each row ending when the limits for idleness and length say so."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

BEGAN = "began"
# The browser shows the key of a log-in that has ended for some time yet, so that the site can say why.
COOKIE_OUTLIVES = timedelta(days=1)
LONGEST_STEP = timedelta(minutes=1)


def idle_limit() -> timedelta:
    return timedelta(minutes=settings.SESSION_IDLE_MINUTES)


def prolonging_step() -> timedelta:
    """Return how much later an end must become to be worth a write."""
    return min(LONGEST_STEP, idle_limit() / 10)


def latest_end(data: dict[str, Any]) -> datetime:
    """Return when a session with this content is over, however much one works."""
    return datetime.fromtimestamp(data[BEGAN], UTC) + timedelta(hours=settings.SESSION_LONGEST_HOURS)


class SessionStore(DatabaseSessionStore):
    """Django's own, whose rows tell by their end when somebody last worked.

    Work moves the end of the row and nothing else: no content is written back that a request beside it may have
    changed, and no cookie is sent anew. Sessions without a log-in are as Django makes them.
    """

    ends: datetime | None = None
    # Whether a browser showed the key of a session that is over.
    has_ended = False

    def _get_session_from_db(self) -> Session | None:
        # There is no other way to the row itself than this, which `load` asks.
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        self.ends = row.expire_date if row else None
        self.has_ended = row is None
        return row

    @property
    def is_login(self) -> bool:
        return BEGAN in self

    @property
    def latest_end(self) -> datetime:
        return latest_end({BEGAN: self[BEGAN]})

    def begin(self) -> None:
        """Count from now: somebody has logged in."""
        self[BEGAN] = timezone.now().timestamp()
        self.ends = self._end_after_work()

    def prolong(self) -> None:
        """Note that somebody works, at most once a minute."""
        if not self.is_login:
            # Begun by a version of the site that didn't count.
            if SESSION_KEY in self:
                self.begin()
            return
        end = self._end_after_work()
        if self.ends is None or abs(end - self.ends) >= prolonging_step():
            self.model.objects.filter(session_key=self.session_key).update(expire_date=end)
            self.ends = end

    def seconds_left(self) -> tuple[int, int]:
        """Return for how long one may do nothing, and for how long the log-in can last at most."""
        if not self.is_login:
            return int(idle_limit().total_seconds()), settings.SESSION_COOKIE_AGE
        now, latest = timezone.now(), self.latest_end
        return int(((self.ends or latest) - now).total_seconds()), int((latest - now).total_seconds())

    def _end_after_work(self) -> datetime:
        return min(timezone.now() + idle_limit(), self.latest_end)

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Return the end of the row."""
        if not self.is_login:
            return super().get_expiry_date(**kwargs)
        return self.ends or self._end_after_work()

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Return the seconds that the cookie lives."""
        if not self.is_login:
            return super().get_expiry_age(**kwargs)
        return int((self.latest_end + COOKIE_OUTLIVES - timezone.now()).total_seconds())


def session_of(request: HttpRequest) -> SessionStore:
    """Return a request's session as what it is, which Django's types can't know."""
    return cast(SessionStore, request.session)
