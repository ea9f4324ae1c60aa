"""The types of pages that an editor chooses from."""

import pytest
from django.template.loader import get_template
from django.test import Client
from wagtail.models import Page, get_page_models

from pages.models import HomePage
from tests.factories import add_user

OURS = [model for model in get_page_models() if model is not Page]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_type_explains_itself(model: type[Page]) -> None:
    assert model.get_page_description()
    get_template(f"wagtailadmin/icons/{model.admin_icon}.svg")
    assert model.parent_page_types
    assert "pages" in str(model.subpage_types) or "press" in str(model.subpage_types) or model.subpage_types == []


def test_an_editor_sees_what_each_type_is_for(client: Client, home: HomePage) -> None:
    client.force_login(add_user("Redaktörer"))
    html = client.get(f"/admin/pages/{home.pk}/add_subpage/").content.decode()
    for name, purpose in {
        "Uppdragsområde": "En del av uppdraget",
        "Sida": "En vanlig sida",
        "Pressrum": "Listan med alla pressmeddelanden",
    }.items():
        assert f">{name}</a><p>{purpose}" in html
    assert html.count('class="icon icon-') >= 3


def test_there_is_one_home_page_and_one_press_room(home: HomePage) -> None:
    assert not HomePage.can_create_at(Page.get_first_root_node())
