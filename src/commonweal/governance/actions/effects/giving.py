"""Giving a decision its effect, and undoing the effect when its mandate has ended."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.access.facts import end_terms
from commonweal.foundation.bus import publish
from commonweal.governance import access, queries, rules
from commonweal.governance.actions.effects import registry
from commonweal.governance.events import MandateGiven
from commonweal.governance.models import Decision, Mandate
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Params
from commonweal.governance.vocabulary import Assent, Matter
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.words import N_


@transaction.atomic
def give(
    decision_id: UUID,
    kind: str,
    params: Params,
    *,
    by: Actor,
    starts_at: datetime,
    ends_at: datetime | None = None,
    review_on: date | None = None,
    words: str = "",
    matter: Matter | None = None,
) -> UUID:
    """Give a decision's mandate with a typed effect; it acts now, or when its day comes.

    ``by``: the count for a decision that was voted here, the backbone for minutes of old. ``matter`` is only
    for the kind ``none``, which may be on any. Raises Refused, BadInput, NotFound, Conflict.
    """
    found = registry.effect(kind)
    on = matter if matter and found.kind == registry.NONE else registry.matter_of(kind, params)
    return enter(
        decision_id,
        by=by,
        matter=on,
        scope=found.scope_of(params),
        starts_at=starts_at,
        ends_at=None if found.is_done_at_once else ends_at,
        review_on=review_on,
        words=words or registry.words_of(kind, params),
        effect=found.kind,
        params=params,
    )


def enter(
    decision_id: UUID,
    *,
    by: Actor,
    matter: Matter,
    scope: str,
    starts_at: datetime,
    ends_at: datetime | None,
    review_on: date | None = None,
    words: str = "",
    effect: str = "",
    params: Params | None = None,
) -> UUID:
    """Enter a mandate and let it act. See ``give``."""
    decision = Decision.objects.select_for_update().filter(pk=decision_id).first()
    if decision is None:
        raise NotFound("decision")
    because = access.may_give(by, decision)
    if not because:
        raise Refused(because)
    binds = rules.may_bind(_vote_of(decision), matter, is_certified=decision.proposal_id is not None)
    if not binds:
        raise Refused(binds)
    fault = rules.fault_of_mandate(matter, scope, starts_at, ends_at, effect)
    if fault:
        raise BadInput("scope", fault)
    row = _created(
        decision=decision,
        matter=matter.value,
        scope=scope,
        words=words.strip()[:300],
        starts_at=starts_at,
        ends_at=ends_at,
        review_on=review_on,
        effect=effect,
        params=dict(params or {}),
    )
    audit.record(
        "mandate.given",
        by=by,
        subject=("mandate", row.id),
        words=N_("Put a decision into effect."),
        details={"decision": decision.number, "matter": matter.value, "scope": scope, "effect": effect},
        because=because.rule,
    )
    if starts_at <= now():
        _act(row, by)
    publish(MandateGiven(row.id, matter, scope))
    return row.id


def _created(**columns: object) -> Mandate:
    try:
        with transaction.atomic():
            return Mandate.objects.create(**columns)
    except IntegrityError as twice:
        if "mandate_once" not in str(twice):
            raise
        raise Conflict("This decision has given that mandate already.") from twice


def _vote_of(row: Decision) -> rules.Vote:
    return rules.Vote(row.yes, row.no, row.abstain, Assent(row.residents), row.adopted)


def _act(row: Mandate, by: Actor) -> None:
    """Let a mandate act, once. Minutes without a typed effect only share, by the lines of their agreement."""
    kind = row.effect or ("sharing.start" if row.matter == Matter.DATA_SHARING.value else registry.NONE)
    registry.effect(kind).take(queries.mandate_shape(row), row.params, by)
    Mandate.objects.filter(pk=row.pk).update(taken_at=Now())


def undo(row: Mandate, by: Actor) -> int:
    """Leave nothing behind that works, once; returns how many lines of sharing were live.

    For a mandate that was withdrawn or has run out. One that never acted has nothing to undo.
    """
    ended = end_terms(mandate_id=row.id)
    if row.effect and row.taken_at is not None:
        registry.effect(row.effect).end(queries.mandate_shape(row), row.params, by)
    Mandate.objects.filter(pk=row.pk, undone_at=None).update(undone_at=Now())
    return ended


@transaction.atomic
def start_due(*, by: Actor) -> list[MandateShape]:
    """Let mandates act whose day has come. For the job; safe to run twice."""
    waiting = Mandate.objects.live(now()).filter(taken_at=None)
    return _turn(waiting.values_list("pk", flat=True), by, "mandate.started", starts=True)


@transaction.atomic
def undo_due(*, by: Actor) -> list[MandateShape]:
    """Undo mandates that have run out. They were inert already; this tidies what stands in tables."""
    out = Mandate.objects.filter(Q(ends_at__lte=now()), undone_at=None).exclude(withdrawn_at__lt=F("ends_at"))
    return _turn(out.values_list("pk", flat=True), by, "mandate.ran-out", starts=False)


def _turn(ids: Iterable[UUID], by: Actor, what: str, *, starts: bool) -> list[MandateShape]:
    verdict = access.may_turn(by)
    if not verdict:
        raise Refused(verdict)
    done = []
    for row in Mandate.objects.select_for_update(of=("self",)).filter(pk__in=list(ids)):
        _act(row, by) if starts else undo(row, by)
        audit.record(
            what,
            by=by,
            subject=("mandate", row.id),
            words=N_("A mandate began to act.") if starts else N_("A mandate ran out."),
            details={"matter": row.matter, "scope": row.scope},
            because=verdict.rule,
        )
        done.append(queries.mandate_shape(row))
    return done
