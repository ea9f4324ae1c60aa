"""Replacing the file of an image or a document that readers rely on.

Its address stays, so whoever follows a link gets the new file: therefore only who may publish the pages that use it
may replace it, says what is new, and the former file is kept.
"""

from typing import Any

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from site_core.choices import ChangeType
from site_core.models import BasePage, FormerFile, SiteImage
from site_core.publishing import record_replacement
from site_core.usage import Reliance, Use, may_be_named

REPLACED = "site_core.file_replaced"
NOTE, KIND, TELL = "replacement_note", "replacement_kind", "replacement_tell"


class ReplacingFormMixin:
    """Asks what is new when the file of something public is replaced."""

    reliance: Reliance | None = None

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)  # type: ignore[call-arg]
        self.user = user
        form: Any = self
        if not form.instance.pk or "file" not in form.fields:
            return
        self.reliance = Reliance.on(form.instance)
        if self.reliance:
            self._add_fields(form)

    def _add_fields(self, form: Any) -> None:
        form.fields[NOTE] = forms.CharField(
            label=_("What is new in the file?"),
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=self._help(form.instance),
        )
        form.fields[KIND] = forms.ChoiceField(
            label=_("What does it mean to readers?"),
            required=False,
            choices=[
                (ChangeType.MINOR.value, _("Minor: the note is for the log only")),
                (ChangeType.MAJOR.value, _("Major: the note is shown in the history of the pages that use it")),
            ],
            initial=ChangeType.MINOR.value,
            widget=forms.RadioSelect,
        )
        form.fields[TELL] = forms.BooleanField(
            label=_("E-mail the subscribers of those pages, if it is major"), required=False
        )
        names = list(form.fields)
        place = names.index("file") + 1
        form.order_fields([*names[:place], NOTE, KIND, TELL, *names[place:]])

    def _help(self, instance: Any) -> str:
        former = reverse("former_files", args=[instance._meta.model_name, instance.pk])
        text = _("Only if you replace the file: it is used on public pages. The former one is kept.")
        return format_html('{} <a href="{}">{}</a>', text, former, _("Former files"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        form: Any = self
        if self.reliance and "file" in form.changed_data:
            if barred := self.reliance.barred(self.user):
                form.add_error("file", _refusal(barred, self.user))
            elif not (data.get(NOTE) or "").strip():
                form.add_error(NOTE, _("Write what is new in the file."))
        return data

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        form: Any = self
        former = form.original_file
        is_replaced = bool(commit and self.reliance and "file" in form.changed_data and former)
        if is_replaced:
            # Wagtail deletes what it finds here.
            form.original_file = None
        item = super().save(commit)  # type: ignore[misc]
        if is_replaced and self.reliance:
            self._record(item, former, self.reliance)
        return item

    def _record(self, item: Any, former: Any, reliance: Reliance) -> None:
        data: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        is_image = isinstance(item, SiteImage)
        if is_image:
            item.renditions.all().delete()
        note, is_major = data[NOTE].strip(), data.get(KIND) == ChangeType.MAJOR
        FormerFile.objects.create(
            image=item if is_image else None,
            document=None if is_image else item,
            file=former.name,
            size=former.size if former.storage.exists(former.name) else None,
            replaced_by=self.user,
            note=note,
            is_major=is_major,
        )
        told = {"note": note, "title": item.title}
        log(item, REPLACED, user=self.user, data=told)
        for page in reliance.showing:
            log(page, REPLACED, user=self.user, data=told)
            if is_major and isinstance(page, BasePage):
                record_replacement(page, note, tell_subscribers=bool(data.get(TELL)))


def _refusal(barred: list[Use], user: Any) -> str:
    pages = [use.by for use in barred if isinstance(use.by, Page)]
    seen = [page.get_admin_display_title() for page in pages if may_be_named(page, user)]
    text = _("The file is public, or is about to be, and you may not publish what uses it. Ask somebody who may.")
    return " ".join([text, _("Used by: %(where)s") % {"where": ", ".join(seen)}]) if seen else text
