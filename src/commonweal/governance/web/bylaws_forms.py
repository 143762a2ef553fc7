"""The form that asks for other bylaws."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _


class AmendForm(forms.Form):
    """The bylaws as they would be, what changes in a few words, and whether it is only a trial."""

    words = forms.CharField(
        label=_("What changes, in a few words"),
        max_length=200,
        help_text=_("It becomes the title of the question."),
    )
    why = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    trial_ends_on = forms.DateField(
        label=_("Only a trial, up to this day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("After it the bylaws of before hold again. Leave it open for a change that stays."),
    )
    text = forms.CharField(
        label=_("The bylaws as they would be"),
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 28, "class": "code", "spellcheck": "false", "dir": "ltr"}),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_trial_ends_on(self) -> Any:
        day = self.cleaned_data["trial_ends_on"]
        if day and day <= localdate():
            raise forms.ValidationError(_("A trial ends on a day to come."))
        return day
