"""Addresses of the subscription, below /prenumeration/."""

from django.urls import path

from .views import links, signing_up

urlpatterns = [
    path("", signing_up.subscribe, name="subscribe"),
    path("hantera/", signing_up.ask_for_link, name="subscription_link"),
    path("bekrafta/<file:token>/", links.confirm, name="subscription_confirm"),
    path("hantera/<file:token>/", links.manage, name="subscription_manage"),
    path("hantera/<file:token>/uppgifter.json", links.own_data, name="subscription_data"),
    path("hantera/<file:token>/radera/", links.erase, name="subscription_erase"),
    path("avsluta/<file:token>/", links.leave, name="subscription_leave"),
]
