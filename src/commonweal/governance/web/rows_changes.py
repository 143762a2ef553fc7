"""What is proposed that a yes do otherwise, as people read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commonweal.governance.actions import effects
from commonweal.governance.actions.changing import DAYS
from commonweal.governance.shapes_effects import Asked, Effect
from commonweal.governance.shapes_questions import AmendmentShape, QuestionShape
from commonweal.governance.vocabulary import Fate
from commonweal.governance.web.words import FATE_WORDS


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that would be otherwise."""

    what: str
    before: str
    then: str


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """What somebody proposed that a yes do otherwise, with its fate."""

    it: AmendmentShape
    mark: tuple[str, str]
    rows: list[ChangeRow]
    may_settle: bool


def change_cards(found: QuestionShape, *, may_write: bool) -> list[ChangeCard]:
    """Every change of the effect that was proposed, oldest first."""
    effect = effects.effect(found.effect or "none")
    return [
        ChangeCard(
            it,
            (FATE_WORDS[it.fate][0], _(FATE_WORDS[it.fate][1])),
            change_rows(it, effect),
            may_write and it.fate is Fate.OPEN,
        )
        for it in found.amendments
        if it.change
    ]


def as_asked(found: QuestionShape, effect: Effect) -> dict[str, object]:
    """The effect as its form asks for it: amounts in dollars."""
    said: dict[str, object] = {name: getattr(found, name) for name in DAYS}
    for asked in effect.asks:
        said[f"effect-{asked.name}"] = _asked_value(asked, found.params)
    return said


def _asked_value(asked: Asked, params: Mapping[str, Any]) -> object:
    cents = params.get(f"{asked.name.removesuffix('_dollars')}_cents")
    if asked.name.endswith("_dollars") and cents is not None:
        return Decimal(cents) / 100
    return params.get(asked.name)


def change_rows(amendment: AmendmentShape, effect: Effect) -> list[ChangeRow]:
    """What an amendment of the effect would have read otherwise, in words."""
    was, to = amendment.change["from"], amendment.change["to"]
    days = {"starts_on": _("Starts"), "ends_on": _("Ends"), "review_on": _("Looked at again by")}
    rows = [ChangeRow(days[n], _day(was[n]), _day(to[n])) for n in DAYS if n in to]
    return [*rows, *_params(effect, was["params"], to["params"])]


def _params(effect: Effect, was: Mapping[str, Any], to: Mapping[str, Any]) -> Iterator[ChangeRow]:
    for asked in effect.asks:
        before, then = _asked_value(asked, was), _asked_value(asked, to)
        if before != then:
            yield ChangeRow(_(asked.label), _said(asked, before), _said(asked, then))


def _said(asked: Asked, value: object) -> str:
    """A value as people read it: what is chosen by its names, in the order of the form."""
    if value in (None, "", []):
        return "–"
    chosen = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    names = {c.value: _(c.name) for c in asked.choices() if c.value in chosen} if asked.choices else {}
    return ", ".join([*names.values(), *(one for one in chosen if one not in names)])


def _day(said: str | None) -> str:
    return date_format(date.fromisoformat(said), "DATE_FORMAT") if said else "–"
