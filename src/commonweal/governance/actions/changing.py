"""Propose that a yes do something else: other days, parties or sums. Taken up, the question asks so."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance.actions import effects
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.actions.proposing.held import told
from commonweal.governance.actions.proposing.putting import check_days
from commonweal.governance.events_voting import QuestionTalked
from commonweal.governance.models import Amendment, Proposal
from commonweal.governance.queries import laws, reach
from commonweal.governance.vocabulary import Fate, Matter
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_

DAYS = ("starts_on", "ends_on", "review_on")
THE_EFFECT = 0
"""The place, among the sections, of what a yes would do."""


@transaction.atomic
def change_effect(
    question_id: UUID, *, by: Actor, params: Mapping[str, Any], days: Mapping[str, date | None], why: str
) -> UUID:
    """Propose that a yes do otherwise, until notice is given; who put the question changes it at once.

    ``params`` and ``days`` are whole; what differs is kept, with what it was. Raises Refused, NotFound,
    BadInput for what could not be decided so, and where nothing differs.
    """
    row = locked(question_id)
    because = check(access.may_talk(by, row))
    owns = access.may_write(by, row)
    if row.stage not in access.WRITING:
        check(owns)
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    clean = _read(row, params)
    change = _difference(row, clean, days)
    _fits(row, change["to"])
    seat = next(iter(access.seats_of_account(by)), None)
    made = Amendment.objects.create(
        proposal=row,
        section_place=THE_EFFECT,
        change=change,
        why=why.strip()[:500],
        seat_id=seat.id if seat else None,
        author_id=by.account_id,
        author_name=by.name[:200],
    )
    if owns:
        take_up(row, change["to"])
        made.fate, made.fate_why, made.fate_at = Fate.TAKEN_UP.value, why.strip()[:500], now()
        made.save(update_fields=["fate", "fate_why", "fate_at"])
    told(row, by, "question.effect-amended", N_("Proposed that a yes do something else."), because.rule)
    publish(QuestionTalked(row.id, row.number))
    return made.pk


def take_up(row: Proposal, to: Mapping[str, Any]) -> None:
    """Let the question ask so from now on. Raises BadInput where that cannot be decided any more."""
    params, days = _fits(row, to)
    row.params = params
    for name, day in days.items():
        setattr(row, name, day)
    row.save(update_fields=["params", *DAYS])


def _read(row: Proposal, params: Mapping[str, Any]) -> dict[str, Any]:
    """What a yes would do, read from a form.

    What an effect makes up anew at each reading, such as the id of an agreement to come, stays as it was.
    """
    if row.effect in ("", "none"):
        return dict(row.params)
    clean, again = (dict(effects.read(row.effect, params)) for _twice in range(2))
    made_up = {name: row.params[name] for name in row.params if clean.get(name) != again.get(name)}
    return {**clean, **made_up}


def _difference(row: Proposal, params: Mapping[str, Any], days: Mapping[str, date | None]) -> dict[str, Any]:
    """What would read otherwise: how it is, and how it would be; a thing left out stands as None."""
    names = [name for name in {*row.params, *params} if row.params.get(name) != params.get(name)]
    told_days = {name: days.get(name) for name in DAYS if days.get(name) != getattr(row, name)}
    if not names and not told_days:
        raise BadInput("why", N_("It would be as it is already."))
    before = {name: _plain(getattr(row, name)) for name in told_days}
    return {
        "from": {"params": {name: row.params.get(name) for name in names}, **before},
        "to": {
            "params": {name: params.get(name) for name in names},
            **{name: _plain(day) for name, day in told_days.items()},
        },
    }


def _plain(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _fits(row: Proposal, to: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, date | None]]:
    """The whole effect and its days with a change, where they can be decided by the same rule."""
    merged = {name: value for name, value in {**row.params, **to["params"]}.items() if value is not None}
    clean = dict(effects.read(row.effect, merged)) if to["params"] else dict(row.params)
    if to["params"] and effects.matter_of(row.effect, clean) is not Matter(row.matter):
        raise BadInput("effect", N_("That is decided in another way. Put it as a question of its own."))
    days = {name: _day(to[name]) if name in to else getattr(row, name) for name in DAYS}
    law, rule = laws.law_for(row), laws.rule_for(row)
    if law is not None and rule is not None:
        check(reach.may_reach(law, rule, row.effect, clean))
        begins = row.effect != "mandate.withdraw"
        check_days(rule, days["starts_on"], days["ends_on"], begins=begins)
    return clean, days


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
