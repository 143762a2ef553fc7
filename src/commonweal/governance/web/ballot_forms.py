"""The ballot as a form, by the method of the poll: an answer, an order, a choice of several, or points."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.governance.rules.choices import MOST_REASON, POINTED, POSITIONS, RANKED
from commonweal.governance.sealing import new_receipt
from commonweal.governance.shapes_questions import BallotShape, Option, PollShape
from commonweal.governance.vocabulary import Choosing, Position
from commonweal.governance.web.words import POSITION_HINTS, POSITION_WORDS


class BallotFields(forms.Form):
    """What every ballot has: the poll, the voter, and a reason that may be left empty."""

    poll = forms.UUIDField(widget=forms.HiddenInput)
    voter = forms.CharField(max_length=60, widget=forms.HiddenInput)
    # Brought along so that a page sent twice is one vote with one code.
    receipt = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    is_beyond = forms.BooleanField(
        label=gettext_lazy("This goes beyond what I may decide alone"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Your reason"),
        required=False,
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PositionForm(BallotFields):
    """A question of yes or no, or a round of consensus or consent."""

    def __init__(self, *args: Any, shown: PollShape, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"] = forms.ChoiceField(
            label=_("Your vote"),
            widget=forms.RadioSelect,
            choices=[(p.value, _(POSITION_WORDS[p])) for p in POSITIONS[shown.method]],
        )
        self.order_fields(["position", "reason"])

    def choice(self) -> dict[str, Any]:
        """What is cast, once valid."""
        return {"reason": self.cleaned_data["reason"], "position": self.cleaned_data["position"]}

    @property
    def hints(self) -> list[tuple[str, str, str, bool]]:
        """Each position: value, words, what it means, and whether it is chosen."""
        field = self.fields["position"]
        assert isinstance(field, forms.ChoiceField)
        chosen = self["position"].value()
        choices: Any = field.choices
        return [
            (
                value,
                words,
                _(POSITION_HINTS[Position(value)]) if Position(value) in POSITION_HINTS else "",
                value == chosen,
            )
            for value, words in choices
        ]


Answers = dict[str, Any]
"""What was said of each option by its key, empty answers left out."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of choosing among options: the field of an option, and what the answers come to."""

    field_of: Callable[[Option, PollShape], forms.Field]
    said: Callable[[Answers], dict[str, Any]]


def dollars(cents: int) -> str:
    """A sum as people write it, with cents where there are some."""
    whole, rest = divmod(cents, 100)
    return f"${whole:,}.{rest:02}" if rest else f"${whole:,}"


def cost_said(option: Option) -> str:
    """What an option costs, where that is said."""
    return dollars(option.cost_cents) if option.cost_cents is not None else ""


def _place(option: Option, shown: PollShape) -> forms.Field:
    places = [("", "–"), *((str(n), str(n)) for n in range(1, len(shown.options) + 1))]
    return forms.ChoiceField(label=option.name, required=False, choices=places)


def _ranking(answers: Answers) -> dict[str, Any]:
    """Two options may stand at the same place; one without a place comes after all others."""
    places: dict[int, list[str]] = defaultdict(list)
    for key, place in answers.items():
        places[int(place)].append(key)
    return {"ranking": [sorted(places[n]) for n in sorted(places)]}


def _points(option: Option, shown: PollShape) -> forms.Field:
    most = shown.counting.get("most") or shown.counting.get("dots") or 10
    return forms.IntegerField(label=option.name, required=False, min_value=0, max_value=most)


RANKING = Way(_place, _ranking)
APPROVAL = Way(
    lambda option, _shown: forms.BooleanField(label=option.name, required=False, help_text=cost_said(option)),
    lambda answers: {"approved": sorted(answers)},
)
POINTS = Way(_points, lambda answers: {"points": answers})
_WAYS: dict[Choosing, Way] = {**dict.fromkeys(RANKED, RANKING), **dict.fromkeys(POINTED, POINTS)}


class OptionsForm(BallotFields):
    """Several options: each is a field of the form, in the order of the ballot."""

    def __init__(self, *args: Any, shown: PollShape, way: Way, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way = way
        self.options: tuple[Option, ...] = shown.options
        for option in shown.options:
            self.fields[f"option-{option.key}"] = way.field_of(option, shown)

    def choice(self) -> dict[str, Any]:
        """What is cast, once valid."""
        found = {option.key: self.cleaned_data.get(f"option-{option.key}") for option in self.options}
        answers = {key: value for key, value in found.items() if value not in (None, "", False)}
        return {"reason": self.cleaned_data["reason"], **self.way.said(answers)}


BallotForm = PositionForm | OptionsForm


def ballot_form(poll: PollShape, voter: str, *args: Any, cast: BallotShape | None = None) -> BallotForm:
    """The form of a poll, filled with what was cast from this seat before."""
    initial: dict[str, Any] = {
        "poll": poll.id,
        "voter": voter,
        "receipt": new_receipt(),
        **(_before(cast) if cast else {}),
    }
    auto_id = f"{poll.kind.value}-{poll.id.hex[:6]}-%s"
    if poll.choosing is None:
        return PositionForm(*args, shown=poll, initial=initial, auto_id=auto_id)
    way = _WAYS.get(poll.choosing, APPROVAL)
    return OptionsForm(*args, shown=poll, way=way, initial=initial, auto_id=auto_id)


def _before(cast: BallotShape) -> dict[str, Any]:
    said: Any = cast.choice
    found: dict[str, Any] = {"reason": said.get("reason", ""), "position": said.get("position", "")}
    for place, alike in enumerate(said.get("ranking", ()), 1):
        found.update({f"option-{key}": str(place) for key in alike})
    found.update({f"option-{key}": True for key in said.get("approved", ())})
    found.update({f"option-{key}": n for key, n in said.get("points", {}).items()})
    return found
