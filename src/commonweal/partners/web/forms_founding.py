"""Forms of the founding: a body, a seat in it, and why something ends."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.partners.shapes import BodyShape, PartnerShape
from commonweal.partners.vocabulary import (
    BODY_KIND_NAMES,
    MEMBER_CLASS_NAMES,
    SCALE_NAMES,
    SEAT_ROLE_NAMES,
    BodyKind,
    MemberClass,
    Scale,
    SeatRole,
)


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class BodyForm(forms.Form):
    """A body: its name, its kind, where it stands, how far it reaches, what it is for."""

    name = forms.CharField(label=_("Name of the body"), max_length=120)
    kind = forms.ChoiceField(label=_("What kind"))
    parent = forms.ChoiceField(label=_("Inside which body"), required=False)
    scale = forms.ChoiceField(label=_("How far it reaches"))
    place = forms.CharField(
        label=_("Place"), max_length=120, required=False, help_text=_("Where it stands for a part only.")
    )
    purpose = forms.CharField(
        label=_("What it is for"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, bodies: list[BodyShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["kind"], [(k.value, gettext(BODY_KIND_NAMES[k])) for k in BodyKind])
        _choose(self.fields["scale"], [(s.value, gettext(SCALE_NAMES[s])) for s in Scale])
        _choose(self.fields["parent"], [("", "–"), *((str(b.id), gettext(b.name)) for b in bodies)])
        self.fields["scale"].initial = Scale.COUNTY.value


class SeatForm(forms.Form):
    """A seat: of an organization or of a class of members, and what the one in it does."""

    partner = forms.ChoiceField(label=_("The organization whose seat it is"), required=False)
    member_class = forms.ChoiceField(label=_("Or a class of members"), required=False)
    title = forms.CharField(label=_("What the seat is called"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("What the one in it does"))
    term_months = forms.IntegerField(label=_("Months of a term"), min_value=1, max_value=240, required=False)
    terms_at_most = forms.IntegerField(
        label=_("How many terms in a row at most"), min_value=1, max_value=20, required=False
    )
    has_vote = forms.BooleanField(label=_("It has a vote"), required=False, initial=True)

    def __init__(self, *args: Any, partners: list[PartnerShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["partner"], [("", "–"), *((str(p.id), p.name) for p in partners)])
        classes = [(c.value, gettext(MEMBER_CLASS_NAMES[c])) for c in MemberClass]
        _choose(self.fields["member_class"], [("", "–"), *classes])
        _choose(self.fields["role"], [(r.value, gettext(SEAT_ROLE_NAMES[r])) for r in SeatRole])
        self.fields["role"].initial = SeatRole.MEMBER.value


class EndForm(forms.Form):
    """Why something ends."""

    why = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class GiveForm(forms.Form):
    """To which organization an empty seat is given."""

    partner = forms.ChoiceField(label=_("Whose it will be"))

    def __init__(self, *args: Any, partners: list[PartnerShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["partner"], [(str(p.id), p.name) for p in partners])


class ControlForm(forms.Form):
    """Who controls an organization."""

    controlled_by = forms.ChoiceField(
        label=_("Who controls it"),
        required=False,
        help_text=_("Empty: nobody does any more. Both then vote for themselves."),
    )

    def __init__(self, *args: Any, partners: list[PartnerShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["controlled_by"], [("", "–"), *((str(p.id), p.name) for p in partners)])
