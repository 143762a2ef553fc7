"""Forms of seats: fill, leave, authority, invite, volunteers, words."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.kernel.clock import today
from commonweal.partners.rules import terms
from commonweal.partners.shapes import MemberShape, SeatShape, Sector
from commonweal.partners.vocabulary import SECTOR_NAMES
from commonweal.partners.vocabulary_seats import ANSWER_NAMES, LATITUDE_NAMES, Answer, Latitude

CENTS = 100
GROUPS = 3
"""In so many groups first terms are staggered, unless the table chooses other days."""


class LatitudeForm(forms.Form):
    """What someone may decide."""

    latitude = forms.ChoiceField(label=_("What may they decide?"), widget=forms.RadioSelect)
    bounds = forms.CharField(
        label=_("Where does it end?"),
        max_length=300,
        required=False,
        help_text=_("In plain words, if they decide within bounds."),
    )
    limit = forms.DecimalField(
        label=_("Up to how many dollars?"), min_value=0, max_digits=12, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["latitude"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, gettext(LATITUDE_NAMES[one])) for one in Latitude]

    @property
    def cents(self) -> int | None:
        """The limit in cents."""
        limit = self.cleaned_data.get("limit")
        return None if limit is None else int(limit * CENTS)


class FillForm(LatitudeForm):
    """Who takes the seat, as what, with which authority."""

    member = forms.ChoiceField(label=_("Who takes the seat?"))
    as_alternate = forms.BooleanField(
        label=_("As an alternate, who speaks only while the other is away"), required=False
    )
    starts_on = forms.DateField(
        label=_("From which day?"),
        required=False,
        help_text=_("Empty: today."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    term_ends_on = forms.DateField(
        label=_("Up to which day does this term run?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    field_order = ["member", "as_alternate", "latitude", "bounds", "limit", "starts_on", "term_ends_on"]

    def __init__(self, *args: Any, members: Sequence[MemberShape], seat: SeatShape, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(m.id), m.name) for m in members]
        if seat.partner_id is None:
            for name in ("latitude", "bounds", "limit"):
                del self.fields[name]  # who sits for residents decides alone
        if seat.term_months is None:
            del self.fields["term_ends_on"]
        else:
            self.fields["term_ends_on"].help_text = _stagger_hint(seat.term_months)


def _stagger_hint(months: int) -> str:
    """When terms of seats that fall vacant together end so that not all change at once."""
    whole = gettext("Empty: the whole term of %(months)s months.") % {"months": months}
    if months < GROUPS:
        return whole
    days = terms.staggered(today(), GROUPS, months, GROUPS)[:-1]
    said = gettext("So that not all change at once, some first terms end earlier: %(days)s.")
    return f"{whole} {said % {'days': ', '.join(date_format(day, 'DATE_FORMAT') for day in days)}}"


class AuthorityForm(LatitudeForm):
    """What a delegate may decide, in one matter or in all others."""

    matter = forms.ChoiceField(label=_("About what?"), required=False)
    said_by = forms.CharField(
        label=_("Who in the organization says so?"), max_length=200, help_text=_("Name and office.")
    )
    field_order = ["matter", "latitude", "bounds", "limit", "said_by"]

    def __init__(self, *args: Any, matters: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["matter"]
        assert isinstance(field, forms.ChoiceField)
        everything = gettext("Everything not named one by one")
        field.choices = [("", everything), *((value, gettext(words)) for value, words in matters)]


class LeaveForm(forms.Form):
    """Someone leaves a seat."""

    why = forms.CharField(
        label=_("Would you say why?"),
        max_length=300,
        required=False,
        help_text=_("Whoever sits at the table can read it. Nobody has to give a reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    at_word_of = forms.CharField(label=_("Who told you, and when?"), max_length=200)

    def __init__(self, *args: Any, asks_whose_word: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_whose_word:
            del self.fields["at_word_of"]


class NoteForm(forms.Form):
    """A note for who sits there next."""

    words = forms.CharField(
        label=_("A note for who sits here next"),
        max_length=4000,
        help_text=_("What you would have liked to know on your first day."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WordForm(forms.Form):
    """Words to those who sit here."""

    words = forms.CharField(
        label=_("Say something to those who sit here"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AskForm(forms.Form):
    """Someone is asked to sit here."""

    whom = forms.CharField(label=_("Who is asked?"), max_length=200)
    is_human = forms.BooleanField(
        label=_("This is a person, not an organization. Their name stays among members."), required=False
    )
    seat = forms.ChoiceField(label=_("For which seat?"), required=False)
    sector = forms.ChoiceField(label=_("For which sector would they speak?"), required=False)
    asked_on = forms.DateField(
        label=_("When?"),
        required=False,
        help_text=_("Empty: today."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, seats: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat, sector = self.fields["seat"], self.fields["sector"]
        assert isinstance(seat, forms.ChoiceField)
        assert isinstance(sector, forms.ChoiceField)
        none = ("", gettext("None in particular"))
        seat.choices = [none, *((str(pk), words) for pk, words in seats)]
        sector.choices = [none, *((s.value, gettext(SECTOR_NAMES[s])) for s in Sector)]


class AnswerForm(forms.Form):
    """What someone answered."""

    answer = forms.ChoiceField(label=_("What did they say?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("In their words"),
        max_length=300,
        required=False,
        help_text=_("A no has reasons that we can learn from."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(a.value, gettext(ANSWER_NAMES[a])) for a in Answer if a is not Answer.NONE]


class RosterForm(forms.Form):
    """Volunteers, one name a line."""

    names = forms.CharField(
        label=_("Who takes part"),
        help_text=_("One name a line. Who is on the list already stays on it once."),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
