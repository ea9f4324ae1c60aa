"""A topic shows when a release that readers can see has it: one made for a secret matter is no more public than it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from press.models import PressIndexPage, PressReleasePage, Topic
from press.withdrawing import withdraw
from subscriptions.models import Frequency, Subscriber
from subscriptions.tokens import manage_token
from subscriptions.views.links import SAVE
from tests.factories import PressReleasePageFactory, add_subscriber, add_topic, add_user, publish
from tests.subscriptions.post import sign_up

ROOM = "/pressmeddelanden/"
NAME = "Försäljningen av sjukhuset"
FEEDS = [f"{ROOM}amne/sjukhuset/feed.{form}" for form in ("atom", "rss", "json")]
PLACES = [f"{ROOM}amne/sjukhuset/", f"{ROOM}?amne=sjukhuset", "/sok/?q=avtal&amne=sjukhuset"]


@pytest.fixture
def secret(press_room: PressIndexPage) -> PressReleasePage:
    add_topic()
    release = PressReleasePageFactory(parent=press_room, title="Ett avtal", slug="avtal", live=False)
    release.topics.add(Topic.objects.create(name=NAME, slug="sjukhuset"))
    release.save()
    release.save_revision()
    return PressReleasePage.objects.get(pk=release.pk)


def told(client: Client) -> list[str]:
    """Return the public places, other than its own, that name the topic."""
    places = ["/", ROOM, "/sok/", "/sok/?q=avtal", "/prenumeration/", "/prenumeration/?amne=sjukhuset"]
    places += ["/sitemap-amnen.xml", f"{ROOM}feed.atom", f"{ROOM}feed.json"]
    pages = {place: client.get(place).content.decode() for place in places}
    topic = Topic.objects.get(slug="sjukhuset")
    return [
        place
        for place, text in pages.items()
        if NAME in text or "amne/sjukhuset" in text or f'value="amne:{topic.pk}"' in text
    ]


def manage_address(subscriber: Subscriber) -> str:
    return f"/prenumeration/hantera/{manage_token(subscriber)}/"


def statuses(client: Client, addresses: list[str]) -> set[int]:
    return {client.get(address).status_code for address in addresses}


def test_it_is_nowhere_before_its_release_is_out(client: Client, secret: PressReleasePage) -> None:
    assert told(client) == []
    assert statuses(client, PLACES + FEEDS) == {404}
    publish(secret, go_live_at=timezone.now() + timedelta(days=1))
    assert told(client) == []
    assert statuses(client, PLACES + FEEDS) == {404}
    publish(PressReleasePage.objects.get(pk=secret.pk), go_live_at=None)
    assert set(told(client)) >= {ROOM, "/prenumeration/", "/sitemap-amnen.xml"}
    assert statuses(client, PLACES + FEEDS) == {200}


def test_a_stranger_can_not_ask_for_it_by_its_number(client: Client, secret: PressReleasePage) -> None:
    def answer(number: int) -> list[str]:
        response = sign_up(client, scope="valt", subjects=[f"amne:{number}"], frequency="weekly")
        return [text.replace(f":{number}", "") for text in re.findall("[^>]*giltigt[^<]*", response.content.decode())]

    topic = Topic.objects.get(slug="sjukhuset")
    assert answer(topic.pk) == answer(topic.pk + 1000) != []


def test_an_unpublished_release_with_a_new_topic_shows_nothing_of_it(client: Client, secret: PressReleasePage) -> None:
    secret.topics.clear()
    secret.save()
    published = publish(secret, topics=[])
    published.unpublish()
    again = PressReleasePage.objects.get(pk=secret.pk)
    again.topics.add(Topic.objects.get(slug="sjukhuset"))
    again.save()
    assert told(client) == []
    assert statuses(client, PLACES + FEEDS) == {404}


def test_a_topic_whose_releases_are_gone_is_told_to_those_alone_who_follow_it(
    client: Client, secret: PressReleasePage
) -> None:
    publish(secret).unpublish()
    assert told(client) == []
    assert statuses(client, PLACES) == {404}
    assert statuses(client, FEEDS) == {200}, "a feed that is followed does not break"
    assert client.get(FEEDS[2]).json()["items"] == []
    topic = Topic.objects.get(slug="sjukhuset")
    subscriber = add_subscriber("anna@example.se", f"amne:{topic.pk}")
    manage = manage_address(subscriber)
    html = client.get(manage).content.decode()
    assert f'value="amne:{topic.pk}" checked' in html
    client.post(manage, {"gor": SAVE, "scope": "valt", "subjects": [f"amne:{topic.pk}"], "frequency": Frequency.DAILY})
    subscriber.refresh_from_db()
    assert (subscriber.frequency, subscriber.subjects) == (Frequency.DAILY, [f"amne:{topic.pk}"])
    other = add_subscriber("bo@example.se", "kommun:1")
    assert NAME not in client.get(manage_address(other)).content.decode()


def test_a_withdrawn_release_that_can_be_read_leads_to_its_topics(client: Client, secret: PressReleasePage) -> None:
    withdraw(publish(secret), "outdated", "Gäller inte.", by=add_user("Chefredaktörer"))
    assert f'href="{ROOM}amne/sjukhuset/"' in client.get(f"{ROOM}avtal/").content.decode()
    assert statuses(client, PLACES + FEEDS) == {200}
    assert "/prenumeration/" not in told(client)
