"""Topics and municipalities are merged, retired and renamed without readers losing what they follow."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from press.models import FormerAddress, Municipality, PressIndexPage, PressReleasePage, Topic
from site_core.models import DeletedDraft
from subscriptions.models import Announcement, Choice, Frequency, Request
from subscriptions.subscribing import Wish, ask_to_subscribe
from tests.factories import PressReleasePageFactory, add_subscriber, add_user, publish

ROOM = "/pressmeddelanden/"
FORMATS = ("atom", "rss", "json")


@pytest.fixture
def chief(client: Client, db: None) -> Any:
    user = add_user("Chefredaktörer", username="chef")
    client.force_login(user)
    return user


@pytest.fixture
def topics(db: None) -> tuple[Topic, Topic]:
    return Topic.objects.create(name="Vård", slug="vard"), Topic.objects.create(name="Hälsa", slug="halsa")


def merge(client: Client, former: Any, into: Any) -> Any:
    return client.post(f"/admin/press/{former.KIND}/{former.pk}/sla-ihop/", {"into": into.pk})


def tagged(press_room: PressIndexPage, title: str, *topics: Topic, **fields: Any) -> PressReleasePage:
    release = PressReleasePageFactory(parent=press_room, title=title, live=False)
    return publish(release, topics=list(topics), **fields)


def test_releases_drafts_and_what_is_scheduled_get_the_other_one(
    client: Client, press_room: PressIndexPage, topics: tuple[Topic, Topic], chief: Any
) -> None:
    care, health = topics
    one, both = tagged(press_room, "Ett", care), tagged(press_room, "Båda", care, health)
    draft = one.get_latest_revision_as_object()
    draft.lead = "Nytt."
    draft.save_revision()
    scheduled = tagged(press_room, "Sedan", care, go_live_at=timezone.now() + timedelta(minutes=1))
    binned = PressReleasePageFactory(parent=press_room, title="I papperskorgen", live=False)
    binned.topics.add(care)
    binned.save()
    binned.save_revision(user=chief)
    client.post(f"/admin/pages/{binned.pk}/delete/")
    listed = client.get("/admin/snippets/press/topic/").context["object_list"]
    assert {topic.name: topic.used for topic in listed} == {"Vård": 3, "Hälsa": 1}
    page = client.get(f"/admin/press/amne/{care.pk}/sla-ihop/").content.decode()
    assert "3 pressmeddelanden har ”Vård”" in page
    merge(client, care, health)
    assert not Topic.objects.filter(name="Vård").exists()
    for release in (one, both):
        release = PressReleasePage.objects.get(pk=release.pk)
        assert list(release.topics.all()) == [health]
        assert list(release.get_latest_revision_as_object().topics.all()) == [health]
        assert client.get(f"/admin/pages/{release.pk}/edit/").status_code == 200
    scheduled.revisions.update(approved_go_live_at=timezone.now())
    call_command("run_due")
    assert list(PressReleasePage.objects.get(pk=scheduled.pk).topics.all()) == [health]
    client.post(f"/admin/borttagna-utkast/{DeletedDraft.objects.get().pk}/")
    assert list(PressReleasePage.objects.get(title="I papperskorgen").topics.all()) == [health]
    html = client.get(f"/admin/snippets/press/topic/delete/{health.pk}/").content.decode()
    assert "Det används på 3 ställen." in html
    entry = ModelLogEntry.objects.get(action="press.tag_merged")
    assert entry.message == "”Vård” slogs ihop med det här"


def test_former_addresses_and_feeds_lead_to_the_present_one(
    client: Client, press_room: PressIndexPage, topics: tuple[Topic, Topic], chief: Any
) -> None:
    care, health = topics
    tagged(press_room, "Ett", care)
    merge(client, care, health)
    for former, present in (
        ("amne/vard/", "amne/halsa/"),
        ("?amne=vard", "amne/halsa/"),
        ("amne/vard/?sida=2", "amne/halsa/?sida=2"),
        ("?amne=vard&ar=2026", "?ar=2026&amne=halsa"),
        *((f"amne/vard/feed.{form}", f"amne/halsa/feed.{form}") for form in FORMATS),
    ):
        response = client.get(f"{ROOM}{former}")
        assert (response.status_code, response["Location"]) == (301, f"{ROOM}{present}"), former
    assert client.get("/sok/?q=ett&amne=vard").status_code == 200
    # The redirects are found by nothing else: a topic that never was is not there.
    assert client.get(f"{ROOM}amne/aldrig/").status_code == 404


def test_chains_loops_and_addresses_that_are_used_again(
    client: Client, press_room: PressIndexPage, topics: tuple[Topic, Topic], chief: Any
) -> None:
    care, health = topics
    third = Topic.objects.create(name="Omsorg", slug="omsorg")
    merge(client, care, health)
    merge(client, health, third)
    assert client.get(f"{ROOM}amne/vard/")["Location"] == f"{ROOM}amne/omsorg/"
    assert client.get(f"{ROOM}amne/halsa/")["Location"] == f"{ROOM}amne/omsorg/"
    # Renamed to what it once took over, and back again.
    for slug in ("vard", "omsorg"):
        third.slug = slug
        third.save()
        assert client.get(f"{ROOM}amne/{slug}/").status_code == 200
    assert client.get(f"{ROOM}amne/vard/")["Location"] == f"{ROOM}amne/omsorg/"
    # A new topic takes the address; only what is left leads on.
    Topic.objects.create(name="Vård igen", slug="vard")
    assert client.get(f"{ROOM}amne/vard/").status_code == 200
    assert [former.slug for former in FormerAddress.objects.all()] == ["halsa"]
    Topic.objects.all().delete()
    assert client.get(f"{ROOM}amne/halsa/").status_code == 404


def test_a_renamed_municipality_is_found_at_its_former_address(
    client: Client, press_room: PressIndexPage, chief: Any
) -> None:
    place = Municipality.objects.get(slug="ale")
    form = {
        "name": "Ale",
        "official_name": "Ale",
        "slug": "nya-ale",
        "code": place.code,
        "association": place.association_id,
    }
    client.post(f"/admin/snippets/press/municipality/edit/{place.pk}/", form)
    assert client.get(f"{ROOM}kommun/ale/")["Location"] == f"{ROOM}kommun/nya-ale/"
    assert client.get(f"{ROOM}kommun/ale/feed.json")["Location"] == f"{ROOM}kommun/nya-ale/feed.json"


def test_municipalities_are_merged_too(client: Client, press_room: PressIndexPage, chief: Any) -> None:
    former, into = Municipality.objects.get(slug="ale"), Municipality.objects.get(slug="kungalv")
    release = publish(PressReleasePageFactory(parent=press_room, live=False), municipalities=[former])
    merge(client, former, into)
    assert list(PressReleasePage.objects.get(pk=release.pk).municipalities.all()) == [into]
    assert client.get(f"{ROOM}kommun/ale/")["Location"] == f"{ROOM}kommun/kungalv/"


def test_subscribers_follow_the_other_one_each_once(
    client: Client, press_room: PressIndexPage, topics: tuple[Topic, Topic], chief: Any
) -> None:
    care, health = (f"amne:{topic.pk}" for topic in topics)
    one, both = add_subscriber("ett@example.se", care), add_subscriber("bada@example.se", care, health)
    asked = ask_to_subscribe("ny@example.se", Wish(Frequency.DAILY, subjects=[care, health]), "Text", "/")
    release = tagged(press_room, "Ett", topics[0])
    Announcement.objects.filter(page=release).update(subjects=[care])
    merge(client, *topics)
    assert one.subjects == both.subjects == [health]
    assert Choice.objects.count() == 2
    assert Request.objects.get(pk=asked.pk).subjects == [health]
    assert Announcement.objects.get(page=release).subjects == [health]


def test_a_retired_topic_is_offered_to_nobody_and_keeps_its_page(
    client: Client, press_room: PressIndexPage, topics: tuple[Topic, Topic], chief: Any
) -> None:
    care, health = topics
    with_it, without = tagged(press_room, "Har det", care), tagged(press_room, "Har det inte", health)
    follower = add_subscriber("foljer@example.se", f"amne:{care.pk}")
    client.post(f"/admin/press/amne/{care.pk}/pensionera/")
    box = f'name="topics" value="{care.pk}"'
    assert box in client.get(f"/admin/pages/{with_it.pk}/edit/").content.decode()
    assert box not in client.get(f"/admin/pages/{without.pk}/edit/").content.decode()
    assert box not in client.get(f"/admin/pages/add/press/pressreleasepage/{press_room.pk}/").content.decode()
    page = client.get(f"{ROOM}amne/vard/").content.decode()
    assert "Används inte längre" in page
    assert "Har det" in page
    assert "Prenumerera på Vård" not in page
    assert client.get(f"{ROOM}amne/vard/feed.atom").status_code == 200
    assert "Vård" not in client.get("/prenumeration/").content.decode()
    assert "Vård" not in client.get("/prenumeration/?amne=vard").content.decode()
    assert follower.subjects == [f"amne:{care.pk}"]
    assert "används inte längre" in client.get("/admin/snippets/press/topic/").content.decode()
    client.post(f"/admin/press/amne/{care.pk}/pensionera/")
    assert box in client.get(f"/admin/pages/{without.pk}/edit/").content.decode()
    assert "Används inte längre" not in client.get(f"{ROOM}amne/vard/").content.decode()


@pytest.mark.parametrize("what", ["sla-ihop", "pensionera"])
def test_only_who_may_change_topics_may_do_so(client: Client, topics: tuple[Topic, Topic], what: str) -> None:
    client.force_login(add_user("Redaktörer"))
    client.post(f"/admin/press/amne/{topics[0].pk}/{what}/", {"into": topics[1].pk})
    assert Topic.objects.filter(retired_at=None).count() == 2


def test_what_can_not_be_merged_is_refused(client: Client, topics: tuple[Topic, Topic], chief: Any) -> None:
    for into in ("", topics[0].pk, 9999, "x"):
        response = client.post(f"/admin/press/amne/{topics[0].pk}/sla-ihop/", {"into": into})
        assert response.status_code == 200
        assert response.context["form"].errors
    assert client.get(f"/admin/press/ort/{topics[0].pk}/sla-ihop/").status_code == 404
    assert client.get("/admin/press/amne/9999/sla-ihop/").status_code == 404
    assert Topic.objects.count() == 2


def test_an_editor_finds_the_way_from_the_list_the_form_and_the_refusal(
    client: Client, press_room: PressIndexPage, topics: tuple[Topic, Topic], chief: Any
) -> None:
    tagged(press_room, "Ett", topics[0])
    way = f"/admin/press/amne/{topics[0].pk}/sla-ihop/"
    for room in ("", f"edit/{topics[0].pk}/", f"delete/{topics[0].pk}/"):
        assert way in client.get(f"/admin/snippets/press/topic/{room}").content.decode(), room
