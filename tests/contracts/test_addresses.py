"""Whatever a stranger can ask for is known to the walk that checks an embargo, or tells of no page, with a reason."""

from collections import Counter

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path

from press.feeds import FORMATS, FeedFormat, RssFeed
from press.leaks import secret_of
from press.models import PressReleasePage, Topic
from site_core.public_addresses import existing_routes, questions, registered_routes
from tests.factories import publish


def test_every_route_is_asked_for_or_has_a_reason_not_to_be() -> None:
    routes = existing_routes()
    assert [route for route, number in Counter(routes).items() if number > 1] == [], "a name that hides another route"
    assert set(routes) == registered_routes()


def test_a_new_address_is_missed() -> None:
    patterns = get_resolver().url_patterns

    def tell_all(request: HttpRequest) -> HttpResponse:
        return HttpResponse("Hemligheter")

    patterns.insert(0, path("api/<int:number>/", tell_all))
    try:
        assert set(existing_routes()) - registered_routes() == {"api/<int:number>/"}
    finally:
        patterns.pop(0)


def test_a_new_format_of_feeds_is_walked_and_linked(
    client: Client, release: PressReleasePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FORMATS, "ny", FeedFormat("ny", "Nytt format", RssFeed))
    asked = {question.address for question in questions(secret_of(release))}
    assert "/pressmeddelanden/feed.ny" in asked
    html = client.get("/pressmeddelanden/").content.decode()
    assert 'type="application/rss+xml" title="Pressmeddelanden" href="/pressmeddelanden/feed.ny"' in html
    assert '<a href="/pressmeddelanden/feed.ny">Nytt format</a>' in html


def test_every_format_of_feeds_is_served_as_what_it_is_and_compressed(
    client: Client, release: PressReleasePage
) -> None:
    release.topics.add(Topic.objects.create(name="Vård", slug="vard"))
    publish(release)
    for form in FORMATS.values():
        for base in ("/pressmeddelanden/", "/pressmeddelanden/amne/vard/"):
            response = client.get(f"{base}feed.{form.name}", headers={"accept-encoding": "gzip"})
            assert response["Content-Type"].startswith(form.media_type)
            assert response["Content-Encoding"] == "gzip", form.name
