"""Forms of the decision register."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.access.vocabulary import PURPOSE_NAMES, SEGMENT_NAMES, Purpose, Segment
from commonweal.governance.rules import Vote
from commonweal.governance.shapes import AgreementShape
from commonweal.governance.vocabulary import MATTER_NAMES, Assent, Matter
from commonweal.partners.shapes import PartnerShape

SHAREABLE = tuple(s for s in Segment if s is not Segment.PSYCHOTHERAPY)
FOR = (Purpose.COORD, Purpose.TREAT, Purpose.PAY, Purpose.OPS, Purpose.PH)


def _day(**attrs: str) -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


def start_of(day: date) -> datetime:
    """The first moment of a day here."""
    return make_aware(datetime.combine(day, time.min))  # made aware at once


class DecisionForm(forms.Form):
    """The minutes of a vote."""

    title = forms.CharField(label=_("Short title"), max_length=200)
    question = forms.CharField(
        label=_("The question, as it was put"), widget=forms.Textarea(attrs={"rows": 3})
    )
    body = forms.CharField(label=_("Who decided"), max_length=120, initial=_("the Table"))
    decided_on = forms.DateField(label=_("On which day"), widget=_day())
    method = forms.CharField(
        label=_("By which rule"),
        max_length=200,
        help_text=_("As the bylaws say it, for example: two thirds of the votes cast"),
    )
    yes = forms.IntegerField(label=_("Yes"), min_value=0, max_value=10_000)
    no = forms.IntegerField(label=_("No"), min_value=0, max_value=10_000)
    abstain = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=10_000, initial=0)
    residents = forms.ChoiceField(
        label=_("What did the Residents’ Council say?"),
        choices=[
            (Assent.YES.value, _("They agreed")),
            (Assent.NO.value, _("They withheld their yes")),
            (Assent.NOT_ASKED.value, _("They were not asked")),
        ],
        widget=forms.RadioSelect,
    )
    adopted = forms.ChoiceField(
        label=_("Was it adopted?"),
        choices=[("yes", _("Yes, adopted")), ("no", _("No, not adopted"))],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    dissent = forms.CharField(
        label=_("Who disagreed, and why"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    undo = forms.CharField(
        label=_("How it can be undone"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def vote(self) -> Vote:
        """The figures, once valid."""
        said = self.cleaned_data
        return Vote(
            said["yes"], said["no"], said["abstain"], Assent(said["residents"]), said["adopted"] == "yes"
        )


class MandateForm(forms.Form):
    """What a decision puts into effect."""

    matter = forms.ChoiceField(label=_("On what"))
    agreement = forms.ChoiceField(
        label=_("Which agreement"), required=False, help_text=_("For data sharing only")
    )
    scope = forms.CharField(
        label=_("What else it governs"),
        max_length=120,
        required=False,
        help_text=_("The short name of a measure, for example need-met"),
    )
    words = forms.CharField(label=_("In a few words"), max_length=300, required=False)
    starts_on = forms.DateField(label=_("From this day"), widget=_day())
    ends_on = forms.DateField(
        label=_("Up to this day, not including it"),
        required=False,
        widget=_day(),
        help_text=_("Sharing must end"),
    )

    def __init__(self, *args: Any, agreements: list[AgreementShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self.fields["matter"], [(m.value, gettext(MATTER_NAMES[m])) for m in Matter])
        _choices(self.fields["agreement"], [("", "–"), *((str(a.id), gettext(a.title)) for a in agreements)])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("matter") == Matter.DATA_SHARING.value:
            if not said.get("agreement"):
                self.add_error("agreement", _("Choose the agreement that it puts into force."))
            said["scope"] = f"agreement:{said.get('agreement', '')}"
        elif not said.get("scope"):
            self.add_error("scope", _("Name what it governs."))
        return said


class AgreementForm(forms.Form):
    """Who may tell whom what, for which purpose: every combination of what is ticked."""

    title = forms.CharField(label=_("Name of the agreement"), max_length=200)
    text = forms.CharField(
        label=_("What the partners promise, in plain words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    signed_on = forms.DateField(label=_("Signed on"), required=False, widget=_day())
    disclosers = forms.MultipleChoiceField(label=_("Who may tell"), widget=forms.CheckboxSelectMultiple)
    recipients = forms.MultipleChoiceField(label=_("Whom"), widget=forms.CheckboxSelectMultiple)
    segments = forms.MultipleChoiceField(label=_("About what"), widget=forms.CheckboxSelectMultiple)
    purposes = forms.MultipleChoiceField(label=_("What for"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, partners: list[PartnerShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may_tell = [(str(p.id), p.name) for p in partners if not p.is_victim_service_provider]
        _choices(self.fields["disclosers"], may_tell)
        _choices(self.fields["recipients"], [(str(p.id), p.name) for p in partners])
        _choices(self.fields["segments"], [(s.value, gettext(SEGMENT_NAMES[s])) for s in SHAREABLE])
        _choices(self.fields["purposes"], [(p.value, gettext(PURPOSE_NAMES[p])) for p in FOR])


class WithdrawForm(forms.Form):
    """Why a mandate ends now."""

    why = forms.CharField(
        label=_("Why does it end?"),
        max_length=500,
        help_text=_("Everyone can read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _choices(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
