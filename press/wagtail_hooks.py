"""What the press room adds to the editor's rooms."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .dashboard import PressTodayPanel
from .models import PressContact


class PressContactViewSet(SnippetViewSet):
    """Press contacts, with a place of their own in the editor's menu."""

    model = PressContact
    icon = "user"
    menu_label = _("Press contacts")
    menu_name = "press-contacts"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name", "role", "telephone", "email"]


register_snippet(PressContactViewSet)


@hooks.register("construct_homepage_panels")
def press_today(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(PressTodayPanel())
