"""Forms of meetings and of the work between them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.kernel.clock import now
from commonweal.kernel.words import N_
from commonweal.partners.actions.calling import LONGEST, SHORTEST, Place, Plan
from commonweal.partners.queries.work import seat_name
from commonweal.partners.shapes import BodyShape, SeatShape
from commonweal.partners.vocabulary_meetings import (
    COMING_NAMES,
    COULD_NAMES,
    LINE_NAMES,
    OFFER_NAMES,
    PART_NAMES,
    Coming,
    Could,
    LineKind,
    MeetingPart,
    Offer,
)
from commonweal.partners.web.forms import LANGUAGES


class DayInput(forms.DateInput):
    input_type = "date"


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


def _moment(label: Any, *, required: bool = True) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, widget=MomentInput(), required=required)


def _offers(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


def name_of_seat(seat: SeatShape) -> str:
    """A seat in a list: who sits there, and for whom."""
    name = gettext(seat_name(seat))
    return f"{seat.holder.name} ({name})" if seat.holder else name


def seat_choices(seats: Iterable[SeatShape]) -> list[tuple[str, str]]:
    """Filled seats, by name."""
    return sorted(((str(s.id), name_of_seat(s)) for s in seats if s.holder), key=lambda pair: pair[1])


class PlaceFields(forms.Form):
    """Where, and what the place offers."""

    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("Name and street, as people say it.")
    )
    offers = _offers(_("What is there for those who come"))
    online_url = forms.URLField(
        label=_("Link for taking part from afar"), required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["offers"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(o.value, gettext(OFFER_NAMES[o])) for o in Offer]

    def at(self, starts_at: datetime) -> Place:
        """The place, at a time."""
        said = self.cleaned_data
        return Place(
            starts_at,
            said["place"],
            tuple(Offer(o) for o in said["offers"]),
            tuple(said.get("languages", ())),
            said["online_url"],
        )

    def clean_starts_at(self) -> datetime | None:
        """A moment still to come; the one that stands already may stay."""
        starts: datetime | None = self.cleaned_data["starts_at"]
        if starts is not None and starts < now() and starts != self.initial.get("starts_at"):
            raise forms.ValidationError(_("That time is over. Name one that is still to come."))
        return starts


class CallForm(PlaceFields):
    """A meeting that is called."""

    body = forms.ChoiceField(label=_("Who meets?"))
    title = forms.CharField(
        label=_("What it is about"), max_length=200, required=False, help_text=_("Empty: a regular meeting.")
    )
    minutes = forms.IntegerField(
        label=_("How long, in minutes"), min_value=SHORTEST, max_value=LONGEST, initial=90
    )
    prep_minutes = forms.IntegerField(
        label=_("Minutes to prepare"),
        min_value=0,
        max_value=LONGEST,
        initial=0,
        help_text=_("Reading beforehand is work too. It is counted."),
    )
    stipend = forms.DecimalField(
        label=_("What each resident member gets, in dollars"),
        min_value=0,
        max_value=10_000,
        decimal_places=2,
        required=False,
    )
    starts_at = _moment(_("When?"), required=False)

    field_order = ("body", "title", "minutes", "starts_at", "place", "offers", "online_url")

    def __init__(self, *args: Any, bodies: Iterable[BodyShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(b.id), gettext(b.name)) for b in bodies]
        self.fields["starts_at"].help_text = _("Leave it empty to ask first when people could come.")

    def plan(self) -> Plan:
        """What the meeting asks."""
        said = self.cleaned_data
        stipend = said["stipend"]
        return Plan(
            title=said["title"],
            minutes=said["minutes"],
            prep_minutes=said["prep_minutes"],
            stipend_cents=int(stipend * 100) if stipend else None,
        )


class MoveForm(PlaceFields):
    """Another time or place."""

    starts_at = _moment(_("When?"))
    minutes = forms.IntegerField(label=_("How long, in minutes"), min_value=SHORTEST, max_value=LONGEST)
    languages = forms.MultipleChoiceField(
        label=_("Interpreters for"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ("starts_at", "minutes", "place", "offers", "languages", "online_url")


class SlotForm(PlaceFields):
    """One possible time and place."""

    starts_at = _moment(_("When?"))

    field_order = ("starts_at", "place", "offers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["online_url"]


class WhenForm(forms.Form):
    """When a seat could come, and what it needs for that. One field for each slot."""

    seat = forms.ChoiceField(label=_("For whom?"))
    needs = _offers(_("What I need to come"))
    language = forms.ChoiceField(
        label=_("An interpreter for"), choices=[("", _("Nobody needs one")), *LANGUAGES], required=False
    )
    words = forms.CharField(
        label=_("Something else that helps"),
        max_length=300,
        required=False,
        help_text=_("Only those who prepare the meeting read this."),
    )

    def __init__(
        self, *args: Any, slots: Iterable[tuple[str, str]], seats: Iterable[SeatShape], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.slot_names: list[str] = []
        for slot_id, words in slots:
            name = f"slot-{slot_id}"
            self.slot_names.append(name)
            self.fields[name] = forms.ChoiceField(
                label=words,
                choices=[(c.value, gettext(COULD_NAMES[c])) for c in Could],
                widget=forms.RadioSelect,
                required=False,
            )
        field, needs = self.fields["seat"], self.fields["needs"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(needs, forms.MultipleChoiceField)
        field.choices = seat_choices(seats)
        needs.choices = [(o.value, gettext(OFFER_NAMES[o])) for o in Offer if o is not Offer.INTERPRETER]

    @property
    def slot_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.slot_names]


class ComingForm(forms.Form):
    """Whether a seat comes to a called meeting, and what it needs. ``seats``: those one may say it for."""

    seat = forms.ChoiceField(label=_("For whom?"))
    coming = forms.ChoiceField(label=_("Are you coming?"), widget=forms.RadioSelect)
    needs = _offers(_("What I need to come"))
    language = forms.ChoiceField(
        label=_("An interpreter for"), choices=[("", _("Nobody needs one")), *LANGUAGES], required=False
    )
    words = forms.CharField(
        label=_("Something else that helps"),
        max_length=300,
        required=False,
        help_text=_("Those who prepare the meeting read this without your name."),
    )

    def __init__(
        self, *args: Any, seats: Iterable[SeatShape], account_id: UUID | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        seats = list(seats)
        seat, coming, needs = self.fields["seat"], self.fields["coming"], self.fields["needs"]
        assert isinstance(seat, forms.ChoiceField)
        assert isinstance(coming, forms.ChoiceField)
        assert isinstance(needs, forms.MultipleChoiceField)
        seat.choices = seat_choices(seats)
        stand_in = any(account_id in {a.account_id for a in s.alternates} for s in seats)
        sent = any(s.alternates for s in seats)
        names = COMING_NAMES | ({Coming.ALTERNATE: IN_PLACE, Coming.NO: NOT_EITHER} if stand_in else {})
        shown = [c for c in Coming if c is not Coming.ALTERNATE or sent]
        shown = [c for c in shown if not (stand_in and len(seats) == 1 and c is Coming.YES)]
        coming.choices = [(c.value, gettext(names[c])) for c in shown]
        needs.choices = [(o.value, gettext(OFFER_NAMES[o])) for o in Offer if o is not Offer.INTERPRETER]


IN_PLACE = N_("I come in their place")
NOT_EITHER = N_("I can’t come either")


class ItemForm(forms.Form):
    """A point for the agenda."""

    title = forms.CharField(label=_("What shall we talk about?"), max_length=200)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, initial=10)


class WhyForm(forms.Form):
    """A reason that everyone reads."""

    why = forms.CharField(label=_("Why?"), max_length=300)


class PartForm(forms.Form):
    """Who leads, helps us talk, keeps the time, takes notes."""

    part = forms.ChoiceField(label=_("What?"))
    seat = forms.ChoiceField(label=_("Who?"))

    def __init__(self, *args: Any, seats: Iterable[SeatShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part, seat = self.fields["part"], self.fields["seat"]
        assert isinstance(part, forms.ChoiceField)
        assert isinstance(seat, forms.ChoiceField)
        part.choices = [(p.value, gettext(PART_NAMES[p])) for p in MeetingPart]
        seat.choices = seat_choices(seats)


class LineForm(forms.Form):
    """One line of the minutes. What else it asks depends on its kind; the page says which."""

    kind = forms.ChoiceField(label=_("What is it?"), initial=LineKind.NOTE.value)
    words = forms.CharField(label=_("In words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    seat = forms.ChoiceField(label=_("Who does it?"), required=False)
    due_on = forms.DateField(label=_("By when?"), widget=DayInput(), required=False)
    to_whom = forms.CharField(label=_("Promised to whom?"), max_length=200, required=False)
    mover = forms.CharField(label=_("Who made the motion?"), max_length=200, required=False)
    seconder = forms.CharField(label=_("Who supported it?"), max_length=200, required=False)
    yes = forms.IntegerField(label=_("Yes"), min_value=0, max_value=1000, required=False)
    no = forms.IntegerField(label=_("No"), min_value=0, max_value=1000, required=False)
    abstain = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=1000, required=False)

    def __init__(self, *args: Any, seats: Iterable[SeatShape], private: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, seat = self.fields["kind"], self.fields["seat"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(seat, forms.ChoiceField)
        kinds = [k for k in LineKind if not (private and k is LineKind.PROMISE)]
        kind.choices = [(k.value, gettext(LINE_NAMES[k])) for k in kinds]
        seat.choices = [("", "–"), *seat_choices(seats)]


class ActionForm(forms.Form):
    """Something that a seat takes on."""

    seat = forms.ChoiceField(label=_("Who does it?"))
    words = forms.CharField(label=_("What?"), max_length=300)
    due_on = forms.DateField(label=_("By when?"), widget=DayInput())

    def __init__(self, *args: Any, seats: Iterable[SeatShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["seat"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = seat_choices(seats)


class SettleForm(forms.Form):
    """How it stands with something that was taken on."""

    words = forms.CharField(label=_("In a few words"), max_length=300, required=False)
    due_on = forms.DateField(label=_("The new day"), widget=DayInput(), required=False)
