"""The decision register: what was decided, by whom, what it governs, until when, and how to undo it."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.access.web import actor_of, public
from commonweal.governance import access, facade, queries
from commonweal.governance.queries import carrying, challenging, reviews
from commonweal.governance.queries import register as reading_register
from commonweal.governance.rules.finding import Facts
from commonweal.governance.shapes import MandateShape
from commonweal.governance.vocabulary import MATTER_NAMES, Matter
from commonweal.governance.web import emergencies
from commonweal.governance.web.decided_more import more_of
from commonweal.governance.web.finding import search
from commonweal.governance.web.panels_duties import owed_under
from commonweal.governance.web.rows import Entry, effects_of, entry_of, standing_of, tellings
from commonweal.governance.web.rows_challenge import challenges_of
from commonweal.governance.web.rows_decided import dissent_below, voted
from commonweal.governance.web.rows_delegations import act_line_of
from commonweal.kernel.clock import now
from commonweal.kernel.errors import NotFound

SOON = timedelta(days=60)


def closed_register(request: HttpRequest) -> HttpResponse | None:
    """The refusal for strangers where the bylaws keep the register to those at the table."""
    verdict = reading_register.may_read(actor_of(request))
    return None if verdict else render(request, "ui/refused.html", {"verdict": verdict}, status=403)


@require_safe
@public
def register(request: HttpRequest) -> HttpResponse:
    """Every decision, newest first."""
    closed = closed_register(request)
    if closed is not None:
        return closed
    moment, given = now(), queries.mandates_by_decision()
    entries = [entry_of(d, given.get(d.id, []), moment) for d in queries.decisions()]
    kept, found = search(request, _with_challenges(entries), _facts, _names(entries))
    context = {
        "entries": kept,
        "search": found,
        "chosen": "live" if found.asked.kept == {"state": "live"} and not found.words else "",
        "total": len(entries),
        "live": sum(1 for e in entries if e.standing.live),
        "soon": _ending_soon(entries, given, moment),
        "may_record": bool(access.may_keep_record(actor_of(request))),
    }
    return render(request, "governance/register.html", context)


_STATES = {"is-done": "adopted", "is-wait": "waits", "is-off": "ended", "is-no": "not-adopted"}
_MATTERS = {name: matter.value for matter, name in MATTER_NAMES.items()}


def _facts(entry: Entry) -> Facts:
    """What an entry of the register is found by; the words of all its languages that the page may show."""
    d = entry.decision
    state = "live" if entry.standing.live else _STATES[entry.standing.kind]
    values = {
        "body": frozenset({d.body}),
        "matter": frozenset(_MATTERS[name] for name in entry.matters),
        "state": frozenset({state, *(["challenged"] if entry.challenged else [])}),
        "year": frozenset({str(d.decided_on.year)}),
    }
    said = (d.title, d.question, d.reasons, d.dissent, d.body, *entry.matters, *(d.chosen or ()))
    return Facts(values, " ".join([str(d.number), *said, *(_(words) for words in said if words)]))


def _names(entries: list[Entry]) -> dict[str, dict[str, str]]:
    bodies = {e.decision.body: capfirst(_(e.decision.body)) for e in entries}
    matters = {matter.value: _(name) for matter, name in MATTER_NAMES.items()}
    states = {
        "live": _("In effect today"),
        "waits": _("Has yet to begin, or rests"),
        "adopted": _("Adopted, without an effect of its own"),
        "ended": _("Ended or withdrawn"),
        "not-adopted": _("Not adopted"),
        "challenged": _("Challenged"),
    }
    return {"body": bodies, "matter": matters, "state": states}


def _with_challenges(entries: list[Entry]) -> list[Entry]:
    """Each with the question that waits for its answer, where it is challenged."""
    made = challenging.challenges_of(entry.decision.id for entry in entries)
    asked = {key: one.question_number for key, found in made.items() for one in found if one.is_open}
    return [replace(entry, challenged=asked.get(entry.decision.id)) for entry in entries]


def _ending_soon(
    entries: list[Entry], given: dict[UUID, list[MandateShape]], moment: datetime
) -> list[tuple[Entry, datetime]]:
    """Decisions with an effect that ends within sixty days, the next one first."""
    found = []
    for entry in entries:
        ends = [m.ends_at for m in given.get(entry.decision.id, []) if m.is_live(moment) and m.ends_at]
        if ends and min(ends) <= moment + SOON:
            found.append((entry, min(ends)))
    return sorted(found, key=lambda pair: pair[1])


@require_safe
@public
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """One decision."""
    closed = closed_register(request)
    if closed is not None:
        return closed
    found = queries.decision_numbered(number)
    if found is None:
        raise NotFound("decision")
    effects = effects_of(found.id, now())
    live = next((e for e in effects if e.standing.live), effects[0] if effects else None)
    actor = actor_of(request)
    challenges, vote = challenges_of(found, actor), voted(found, actor) if found.is_certified else None
    context = {
        "decision": found,
        "entry": entry_of(found, [e.mandate for e in effects], now()),
        "effects": effects,
        "shares": any(e.agreement and e.standing.live for e in effects),
        "line": facade.line_of(live.mandate, found) if live else facade.line_alone(found),
        "votes": facade.votes_said(found),
        "cast": found.yes + found.no,
        "may_record": not found.is_delegated
        and bool(access.may_give_from(actor_of(request), found.decided_on, found.is_certified)),
        "may_look": reviews.may_look_at(actor_of(request), [e.mandate.id for e in effects]),
        "may_end": actor_of(request).role in (Role.ORG_ADMIN, Role.MEMBER),
        "alone": act_line_of(found) if found.is_delegated else None,
        "voted": vote,
        "more": more_of(found, vote.question, effects, challenges) if vote else None,
        "below": dissent_below(found),
        "hurried": emergencies.told_of(found.question_number) if found.is_certified else [],
        "challenges": challenges,
        "came": carrying.came_of(found.id) if found.adopted else None,
        "may_carry": found.adopted and bool(carrying.may_carry(actor, found.id)),
    }
    return render(request, "governance/decision.html", context)


@require_safe
@public
def agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement, those in force first."""
    rows = queries.agreements()
    lines = facade.decision_lines(a.mandate.id for a in rows if a.mandate)
    found = [
        {"it": a, "line": lines.get(a.mandate.id) if a.mandate else None, "count": len(a.partner_ids)}
        for a in sorted(rows, key=lambda a: not a.is_in_force)
    ]
    context = {"agreements": found, "may_record": bool(access.may_keep_record(actor_of(request)))}
    return render(request, "governance/agreements.html", context)


@require_safe
@public
def agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """One agreement: who may tell whom what, held by which decision."""
    found = queries.agreement(agreement_id)
    if found is None:
        raise NotFound("agreement")
    history = [
        {"mandate": m, "standing": standing_of(m, now()), "matter": Matter.DATA_SHARING.value}
        for m in queries.mandates_of_agreement(found.id)
    ]
    context = {
        "agreement": found,
        "tellings": tellings(found.terms),
        "history": history,
        "line": facade.decision_line(found.mandate.id) if found.mandate else None,
        "may_record": bool(access.may_keep_record(actor_of(request))),
        **owed_under(found, actor_of(request)),
    }
    return render(request, "governance/agreement.html", context)
