"""What the press room adds to the editor's rooms."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .dashboard import PressTodayPanel


@hooks.register("construct_homepage_panels")
def press_today(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(PressTodayPanel())
