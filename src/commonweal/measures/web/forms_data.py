"""Forms about shared data."""

from django import forms
from django.utils.translation import gettext_lazy as _


def _words(**more: object) -> forms.CharField:
    return forms.CharField(max_length=600, widget=forms.Textarea(attrs={"rows": 3}), **more)  # type: ignore[arg-type]


class OwnWordsForm(forms.Form):
    """What a holder says of its own data."""

    shows = _words(label=_("What do your rows show?"), help_text=_("In your own words. Everyone reads this."))
    not_shown = _words(label=_("What do they not show?"))
    faults = _words(label=_("What is known to be wrong with them?"), required=False)
