"""Forms of a vote in a meeting: who said what, and a motion that becomes a question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from commonweal.governance.queries.electorates import name_of
from commonweal.governance.queries.rooms import Called
from commonweal.governance.rules.choices import MOST_REASON, POSITIONS, REASONED
from commonweal.governance.shapes_questions import PollShape
from commonweal.governance.vocabulary import MATTER_NAMES, Matter
from commonweal.governance.web.words import POSITION_WORDS
from commonweal.kernel.text import fold
from commonweal.partners.shapes import SeatShape


@dataclass(frozen=True, slots=True)
class RollRow:
    """One voter on the roll, with what is asked of it."""

    it: Called
    field: forms.BoundField
    reason: forms.BoundField | None


class RollForm(forms.Form):
    """What each voter in the room said, called by name or shown by hand."""

    def __init__(
        self, *args: Any, poll: PollShape, called: Iterable[Called], said: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.called = [one for one in called if one.is_there and not one.is_recused and not one.by_itself]
        answers = [(p.value, _(POSITION_WORDS[p])) for p in POSITIONS[poll.method]]
        self.asks_reason = any(p in REASONED for p in POSITIONS[poll.method])
        plain = [(p.value, _(POSITION_WORDS[p])) for p in POSITIONS[poll.method] if p not in REASONED]
        self.fields["rest"] = forms.ChoiceField(
            label=_("Everyone here who is not named below"),
            required=False,
            choices=[("", _("nothing yet")), *plain],
            help_text=_("By show of hands: choose what most said, and name the others."),
        )
        for n, one in enumerate(self.called):
            label = _(one.name)
            self.fields[f"said-{n}"] = forms.ChoiceField(
                label=label, required=False, choices=[("", "–"), *answers]
            )
            if self.asks_reason:
                self.fields[f"reason-{n}"] = forms.CharField(
                    label=_("Why, where it is blocked or objected to"), required=False, max_length=MOST_REASON
                )
        self.fields["provenance"] = forms.CharField(
            label=_("How it was asked, and who wrote it down"), max_length=300, initial=said
        )

    @property
    def rows(self) -> list[RollRow]:
        """The voters in the order of their names."""
        return [
            RollRow(one, self[f"said-{n}"], self[f"reason-{n}"] if self.asks_reason else None)
            for n, one in enumerate(self.called)
        ]

    def choices(self) -> dict[str, Mapping[str, str]]:
        """What is cast, by voter; the rest is for those of whom nothing is written yet."""
        found: dict[str, Mapping[str, str]] = {}
        for n, one in enumerate(self.called):
            said = self.cleaned_data[f"said-{n}"] or ("" if one.has_voted else self.cleaned_data["rest"])
            if said:
                found[one.voter] = {"position": said, "reason": self.cleaned_data.get(f"reason-{n}", "")}
        return found


class MotionForm(forms.Form):
    """What a motion is about, who made it, and who supported it."""

    def __init__(
        self,
        *args: Any,
        matters: Iterable[Matter],
        there: Iterable[SeatShape],
        line: Mapping[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        seats = [(str(s.id), _seat_words(s)) for s in there]
        self.fields["matter"] = forms.ChoiceField(
            label=_("What is it about?"),
            choices=[(m.value, _(MATTER_NAMES[m])) for m in matters],
            initial=Matter.POSITION.value,
            help_text=_(
                "The bylaws say for each how it is decided: its notice, its quorum and its majority."
            ),
        )
        self.fields["mover"] = forms.ChoiceField(
            label=_("Who made the motion?"),
            choices=[("", "–"), *seats],
            initial=_named(there, line.get("mover")),
        )
        self.fields["seconder"] = forms.ChoiceField(
            label=_("Who supported it?"),
            required=False,
            choices=[("", "–"), *seats],
            initial=_named(there, line.get("seconder")),
        )


def _seat_words(seat: SeatShape) -> str:
    who = seat.holder.name if seat.holder else ""
    of = _(name_of(seat))
    return f"{who}, {of}" if who and of != who else of


def _named(seats: Iterable[SeatShape], name: object) -> str:
    """The seat of the one whom the minutes name."""
    wanted = fold(str(name or ""))
    found = [
        s for s in seats if wanted and wanted in {fold(s.holder.name) if s.holder else "", fold(name_of(s))}
    ]
    return str(found[0].id) if len(found) == 1 else ""
