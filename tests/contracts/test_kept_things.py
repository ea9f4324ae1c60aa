"""What is kept while it is used: each kind of thing that an editor can delete, also one that nobody has thought of."""

from django.apps import apps
from django.db.models import ManyToManyField
from wagtail.models import Page, ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from site_core.deletion import kept_models
from site_core.fields import ReferencedManyToManyField
from site_core.models import SiteDocument, SiteImage
from tests.contracts.test_source import APPS


def test_every_snippet_image_and_document_is_kept() -> None:
    assert {SiteImage, SiteDocument, *get_snippet_models()} == set(kept_models())


def test_whatever_refers_to_something_is_in_the_reference_index() -> None:
    for model in [*get_snippet_models(), *(model for model in apps.get_models() if issubclass(model, Page))]:
        assert not ReferenceIndex.model_is_indexable(model) or ReferenceIndex.is_indexed(model), model


def test_what_a_page_or_snippet_is_about_is_recorded() -> None:
    """Wagtail's reference index leaves out relations to many: ours are of a kind that is in it."""
    models = [model for model in apps.get_models() if model._meta.app_label in APPS]
    fields = [
        field
        for model in models
        for field in model._meta.local_many_to_many
        if isinstance(field, ManyToManyField) and field.related_model in kept_models()
    ]
    assert fields
    assert [field for field in fields if not isinstance(field, ReferencedManyToManyField)] == []
