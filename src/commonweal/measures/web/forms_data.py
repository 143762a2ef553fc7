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


class DayInput(forms.DateInput):
    input_type = "date"


class AskForm(forms.Form):
    """What is asked of those who hold data."""

    title = forms.CharField(label=_("A short name"), max_length=200)
    question = forms.CharField(
        label=_("What do you want to know?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    purpose = forms.CharField(
        label=_("What for, and what will you do with the answer?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    population = forms.ChoiceField(label=_("Which rows"), widget=forms.RadioSelect)
    elements = forms.MultipleChoiceField(
        label=_("By which data, two at most"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what is defined together can be used."),
    )
    first_day = forms.DateField(label=_("From the quarter that holds this day"), widget=DayInput())
    last_day = forms.DateField(label=_("To the quarter that holds this day"), widget=DayInput())
    told = forms.ChoiceField(label=_("How far down"), widget=forms.RadioSelect)
    body_id = forms.ChoiceField(label=_("Who will see it: the people who sit in"))
    holders = forms.MultipleChoiceField(
        label=_("Which holders are asked, three at least"), widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField(label=_("Up to which day it may be read"), widget=DayInput())

    def __init__(self, *args: object, choices: dict[str, list[tuple[str, str]]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, those in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = those


class AnswerForm(forms.Form):
    """A holder's answer about its own rows."""

    says = forms.ChoiceField(
        label=_("May this analysis use our rows?"),
        choices=[("yes", _("Yes, our rows may be used for exactly this")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    only_together = forms.BooleanField(
        label=_("Only together with others: our own figures are never told alone"), required=False
    )
    until = forms.DateField(
        label=_("Our yes ends on this day"),
        required=False,
        widget=DayInput(),
        help_text=_("Empty: with the analysis. You can take it back at any moment."),
    )
    words = forms.CharField(
        label=_("What the others should know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
