"""Merging and retiring topics and municipalities."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from press.admin_forms import MergeForm
from press.merging import merge, retire, take_up
from press.models import Municipality, Topic
from press.models.taxonomy import Tag

MODELS: dict[str, type[Tag]] = {model.KIND: model for model in (Topic, Municipality)}


def _tag_for(request: HttpRequest, kind: str, pk: int) -> Tag:
    """Return a topic or municipality to somebody who may change such."""
    model: Any = MODELS.get(kind)
    if model is None:
        raise Http404
    if not request.user.has_perm(f"press.change_{model._meta.model_name}"):
        raise PermissionDenied
    return get_object_or_404(model, pk=pk)


def _list_of(tag: Tag) -> str:
    return reverse(f"wagtailsnippets_press_{tag._meta.model_name}:list")


def merge_tag(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask which other one it is to become, and make it so."""
    tag = _tag_for(request, kind, pk)
    form = MergeForm(request.POST or None, tag=tag)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        back = _list_of(into)
        try:
            merge(tag, into, by=request.user)
        except ObjectDoesNotExist:
            messages.error(request, _("Somebody else has just merged or deleted one of them."))
        else:
            messages.success(request, _("“%(former)s” is now “%(into)s”.") % {"former": tag, "into": into})
        return redirect(back)
    context = {"tag": tag, "form": form, "number": tag.releases.count(), "back": _list_of(tag)}  # type: ignore[attr-defined]
    return render(request, "press/admin/merge_tag.html", context)


@require_POST
def retire_tag(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Offer it no more, or again."""
    tag = _tag_for(request, kind, pk)
    if tag.is_retired:
        take_up(tag, by=request.user)
        messages.success(request, _("“%(name)s” is offered again.") % {"name": tag})
    else:
        retire(tag, by=request.user)
        messages.success(request, _("“%(name)s” is retired. What has been published keeps it.") % {"name": tag})
    return redirect("press_merge_tag", kind, pk)
