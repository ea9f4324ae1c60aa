"""Addresses that are no pages of the tree: search and site maps."""

from django.contrib.sitemaps.views import index, sitemap
from django.urls import path
from django.views.decorators.cache import cache_control

from .search import search
from .sitemaps import NEWS, SECTIONS

# In seconds: a release that is withdrawn must not stay on the map for long.
keep = cache_control(public=True, max_age=300)

urlpatterns = [
    path("sok/", search, name="search"),
    path("sitemap.xml", keep(index), {"sitemaps": SECTIONS, "sitemap_url_name": "sitemap"}, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", keep(sitemap), {"sitemaps": SECTIONS}, name="sitemap"),
    path(
        "nyheter.xml",
        keep(sitemap),
        {"sitemaps": NEWS, "template_name": "pages/news_sitemap.xml"},
        name="news_sitemap",
    ),
]
