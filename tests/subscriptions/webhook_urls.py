"""The site's addresses, and those that a mail provider reports to."""

from django.urls import include, path

from site_core import urls

urlpatterns = [path("anymail/", include("anymail.urls")), *urls.urlpatterns]
