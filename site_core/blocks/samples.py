"""Sample values for the previews that an editor sees when choosing a block."""

from django.utils.translation import gettext_lazy as _

SAMPLE_SENTENCE = _("The municipalities plan and develop local health care together, close to those who need it.")
