"""Choices that models and forms share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeType(models.TextChoices):
    """What an edit of a published page means to its readers."""

    MINOR = "minor", _("Minor: a typo or something readers need not be told")
    MAJOR = "major", _("Major: the content has changed and readers should know")
