"""Forms of hospital stays."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.care.vocabulary import GOES_TO_WORDS, WARD_WORDS, GoesTo, Ward


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _goes_to(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Where do they go?"),
        choices=[(g.value, _(words)) for g, words in GOES_TO_WORDS.items()],
        widget=forms.RadioSelect,
        **more,
    )


class StayForm(forms.Form):
    """A person is in hospital."""

    admitted_on = forms.DateField(label=_("In hospital since"), widget=_day())
    planned_home_on = forms.DateField(label=_("Is to go home on"), required=False, widget=_day())
    goes_to = _goes_to(initial=GoesTo.NOT_SAID.value)
    ward = forms.ChoiceField(
        label=_("On which ward?"),
        choices=[(w.value, _(words)) for w, words in WARD_WORDS.items()],
        initial=Ward.ANY.value,
        widget=forms.RadioSelect,
        help_text=_("Nobody is shown this. A stay on a mental health ward stays closed, its day too."),
    )
    phone = forms.CharField(label=_("Whom to call at the hospital"), max_length=40, required=False)


class StayChangeForm(forms.Form):
    """The day changed, or the person went home."""

    planned_home_on = forms.DateField(label=_("Is to go home on"), required=False, widget=_day())
    went_home_on = forms.DateField(label=_("Went home on"), required=False, widget=_day())
    goes_to = _goes_to()
