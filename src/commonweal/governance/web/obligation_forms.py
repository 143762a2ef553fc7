"""Forms of what is owed: an agreement that lets nothing be told, what it asks of each, what became of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.governance.vocabulary_obligations import KIND_NAMES, SHARES, AgreementKind
from commonweal.partners.shapes import PartnerShape

EVERY = [
    ("", _("Once")),
    ("1", _("Every month")),
    ("3", _("Every three months")),
    ("6", _("Every six months")),
    ("12", _("Every year")),
]


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _choices(form: forms.Form, name: str, found: Iterable[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField | forms.MultipleChoiceField)
    field.choices = list(found)


class AgreedForm(forms.Form):
    """An agreement in which nobody tells anything about anyone."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(k.value, _(KIND_NAMES[k])) for k in AgreementKind if k not in SHARES],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=_("Its name"), max_length=200)
    parties = forms.MultipleChoiceField(label=_("Who signed it?"), widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(
        label=_("What it says, in plain words"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    signed_on = forms.DateField(label=_("Signed on"), widget=_day())

    def __init__(self, *args: Any, known: Iterable[PartnerShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "parties", [(str(p.id), p.name) for p in known])


class DatedForm(forms.Form):
    """What is owed, from when on, how often, and what shows it."""

    words = forms.CharField(
        label=_("What is owed?"), max_length=300, help_text=_("So that anyone can tell whether it was done.")
    )
    evidence = forms.CharField(label=_("What shows that it was done?"), max_length=300, required=False)
    first_due_on = forms.DateField(label=_("By when, the first time?"), widget=_day())
    every_months = forms.ChoiceField(label=_("How often?"), choices=EVERY, required=False)
    last_on = forms.DateField(label=_("Not after"), widget=_day(), required=False)

    def said(self) -> dict[str, Any]:
        """What was said, once valid, as the acts take it."""
        found = self.cleaned_data
        return {**found, "every_months": int(found["every_months"] or 0) or None}


class ObligeForm(DatedForm):
    """What one party owes another."""

    owes = forms.ChoiceField(label=_("Who owes it?"))
    to = forms.ChoiceField(label=_("To whom?"))
    field_order = ("owes", "to", "words", "evidence", "first_due_on", "every_months", "last_on")

    def __init__(self, *args: Any, parties: Iterable[PartnerShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [("", "–"), *((str(p.id), p.name) for p in parties)]
        _choices(self, "owes", found)
        _choices(self, "to", found)


class SayForm(forms.Form):
    """What became of one day."""

    verb = forms.ChoiceField(choices=[(v, v) for v in ("met", "confirm", "deny", "waive", "end")])
    due_on = forms.DateField(required=False)
    words = forms.CharField(max_length=500, required=False)
