"""Addresses below the press room that are no pages of the tree."""

from django.urls import path, re_path

from .feeds import FORMATS
from .views.embargo import show_document, show_picture, show_release
from .views.feeds import feed
from .views.files import press_kit, share_picture

WHERE = r"(?P<where>(?:[\w-]+/)+)"
FORM = rf"feed\.(?P<form>{'|'.join(FORMATS)})"

urlpatterns = [
    path("embargo/<file:token>/", show_release, name="embargo"),
    path("embargo/<file:token>/media/images/<file:name>", show_picture, name="embargo_picture"),
    path("embargo/<file:token>/dokument/<int:document_id>/<file:name>", show_document, name="embargo_document"),
    re_path(rf"^(?P<room>[\w-]+)/{FORM}$", feed, name="room_feed"),
    re_path(rf"^(?P<room>[\w-]+)/(?P<kind>amne|kommun)/(?P<slug>[\w-]+)/{FORM}$", feed, name="subject_feed"),
    re_path(rf"^{WHERE}presspaket\.zip$", press_kit, name="press_kit"),
    re_path(rf"^{WHERE}delningsbild-(?P<version>[0-9a-f]{{12}})\.png$", share_picture, name="share_picture"),
]
