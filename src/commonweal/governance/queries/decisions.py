"""Reading decisions, mandates and agreements, in batches."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from commonweal.foundation.access import acting
from commonweal.governance.access import THE_COUNT
from commonweal.governance.models import Agreement, Decision, Mandate, Term, scope_of_agreement
from commonweal.governance.models.decisions import MandateQuery
from commonweal.governance.shapes import AgreementShape, DecisionShape, MandateShape, TermShape
from commonweal.governance.vocabulary import Assent, Matter
from commonweal.governance.vocabulary_obligations import AgreementKind
from commonweal.kernel.clock import now
from commonweal.partners import facade as partners

_BESIDE = ("recorded_by", "proposal__body", "delegation__mandate__decision")


def _mandates() -> MandateQuery:
    return Mandate.objects.select_related("decision")


def mandate_shape(row: Mandate) -> MandateShape:
    """The row, as it crosses the door."""
    return MandateShape(
        id=row.id,
        decision_id=row.decision_id,
        decision_number=row.decision.number,
        matter=Matter(row.matter),
        scope=row.scope,
        words=row.words,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_why=row.withdrawn_why,
        effect=row.effect,
        params=row.params,
        review_on=row.review_on,
        rests_from=row.rests_from,
        rests_until=row.rests_until,
        delegation_id=row.decision.delegation_id,
    )


def _chosen(row: Decision) -> tuple[str, ...] | None:
    """What a question among several came to, in its own words."""
    if row.proposal is None or not row.proposal.options or not row.certificate:
        return None
    names = {option["key"]: option["name"] for option in row.proposal.options}
    return tuple(names.get(key, key) for key in row.certificate["counted"]["chosen"])


def _body_said(row: Decision) -> str:
    """Which body decided, in the reader's language while it bears the name that it had then."""
    body = row.proposal.body if row.proposal else None
    return body.said("name") if body is not None and body.name == row.body else row.body


def decision_shape(row: Decision) -> DecisionShape:
    """The row, as it crosses the door."""
    return DecisionShape(
        id=row.id,
        number=row.number,
        title=row.title,
        question=row.question,
        body=_body_said(row),
        decided_on=row.decided_on,
        method=row.method,
        yes=row.yes,
        no=row.no,
        abstain=row.abstain,
        residents=Assent(row.residents),
        adopted=row.adopted,
        reasons=row.reasons,
        dissent=row.dissent,
        undo=row.undo,
        recorded_by_name=row.recorded_by.name if row.recorded_by else "",
        recorded_at=row.recorded_at,
        question_number=row.proposal.number if row.proposal else None,
        body_slug=row.proposal.body.slug if row.proposal else "",
        bylaws_version=row.bylaws_version,
        certificate=row.certificate,
        delegation_id=row.delegation_id,
        chosen=_chosen(row),
        delegated_in=row.delegation.mandate.decision.number if row.delegation else None,
    )


def live_mandates(matter: Matter, scopes: Iterable[str], at: datetime) -> dict[str, MandateShape]:
    """The mandates in force, by scope. Where several stand: of what says a figure or a rule, the newest; of
    what lets something be done, the one that ends last."""
    rows = _mandates().live(at).filter(matter=matter.value, scope__in=set(scopes))
    found: dict[str, MandateShape] = {}
    for row in sorted(rows, key=_newest if matter in _SAYS else _ends_last):
        found[row.scope] = mandate_shape(row)
    return found


_SAYS = frozenset({Matter.TARGET, Matter.MEASURE, Matter.SERVICE_STANDARD})


def _newest(row: Mandate) -> tuple[datetime, int]:
    return row.starts_at, row.decision.number


def _ends_last(row: Mandate) -> tuple[bool, datetime]:
    return row.ends_at is None, row.ends_at or row.starts_at


def mandates_of(decision_id: UUID) -> list[MandateShape]:
    """Everything that a decision put into effect, oldest first."""
    rows = _mandates().filter(decision_id=decision_id).order_by("starts_at", "words", "scope")
    return [mandate_shape(m) for m in rows]


def live_effect(effect: str, scope: str, at: datetime) -> MandateShape | None:
    """The newest mandate in force with this effect in this scope."""
    row = _mandates().live(at).filter(effect=effect, scope=scope).order_by("-starts_at").first()
    return mandate_shape(row) if row else None


def mandates_under(delegation_id: UUID) -> list[MandateShape]:
    """Everything that was put into effect under a delegation, oldest first."""
    rows = _mandates().filter(decision__delegation_id=delegation_id).order_by("starts_at", "scope")
    return [mandate_shape(m) for m in rows]


def mandates(ids: Iterable[UUID]) -> dict[UUID, MandateShape]:
    """Mandates by id, ended ones included."""
    return {m.id: mandate_shape(m) for m in _mandates().filter(pk__in=set(ids))}


def ending_before(moment: datetime, at: datetime) -> list[MandateShape]:
    """Mandates in force ``at`` that end before ``moment``, the next to end first."""
    rows = _mandates().live(at).filter(ends_at__lt=moment).order_by("ends_at", "scope")
    return [mandate_shape(m) for m in rows]


def mandates_by_decision() -> dict[UUID, list[MandateShape]]:
    """Every mandate, by decision: for the register."""
    found: dict[UUID, list[MandateShape]] = {}
    for row in _mandates().order_by("starts_at", "scope"):
        found.setdefault(row.decision_id, []).append(mandate_shape(row))
    return found


def decision_numbered(number: int) -> DecisionShape | None:
    """The decision with this number."""
    row = Decision.objects.select_related(*_BESIDE).filter(number=number).first()
    return decision_shape(row) if row else None


def decisions() -> list[DecisionShape]:
    """Every decision, newest number first."""
    return [decision_shape(d) for d in Decision.objects.select_related(*_BESIDE).order_by("-number")]


def decisions_by_id(ids: Iterable[UUID]) -> dict[UUID, DecisionShape]:
    """Decisions by id."""
    rows = Decision.objects.select_related(*_BESIDE).filter(pk__in=set(ids))
    return {d.id: decision_shape(d) for d in rows}


def agreements(at: datetime | None = None, **which: object) -> list[AgreementShape]:
    """Agreements with their terms and the mandate that holds each now, by title."""
    rows = list(
        Agreement.objects.filter(**which).prefetch_related("terms", "parties", "end").order_by("title")
    )
    holding = live_mandates(Matter.DATA_SHARING, [row.scope for row in rows], at or now())
    return [
        AgreementShape(
            id=row.id,
            slug=row.slug,
            title=row.title,
            text=row.text,
            signed_on=row.signed_on,
            terms=tuple(
                TermShape(t.discloser_id, t.recipient_id, t.segment, t.purpose) for t in row.terms.all()
            ),
            mandate=holding.get(row.scope),
            kind=AgreementKind(row.kind),
            signed_by=frozenset(p.partner_id for p in row.parties.all()),
            ended_on=row.end.ended_on if hasattr(row, "end") else None,
            ended_why=row.end.why if hasattr(row, "end") else "",
        )
        for row in rows
    ]


def agreement(agreement_id: UUID) -> AgreementShape | None:
    """One agreement."""
    return next(iter(agreements(pk=agreement_id)), None)


def agreement_between(
    discloser_id: UUID, recipient_id: UUID, segment: str, purpose: str, at: datetime
) -> AgreementShape | None:
    """An agreement in force at a moment that lets this be told; None when there is none."""
    here = partners.partners([discloser_id, recipient_id])
    if len(here) != 2 or not all(p.is_here for p in here.values()):
        return None
    ids = set(
        Term.objects.filter(
            discloser_id=discloser_id, recipient_id=recipient_id, segment=segment, purpose=purpose
        ).values_list("agreement_id", flat=True)
    )
    live = live_mandates(Matter.DATA_SHARING, [scope_of_agreement(i) for i in ids], at)
    held = sorted(i for i in ids if scope_of_agreement(i) in live)
    return next(iter(agreements(at, pk=held[0])), None) if held else None


def mandates_of_agreement(agreement_id: UUID) -> list[MandateShape]:
    """Every mandate that ever held an agreement, newest first."""
    rows = _mandates().filter(matter=Matter.DATA_SHARING.value, scope=scope_of_agreement(agreement_id))
    return [mandate_shape(m) for m in rows.order_by("-starts_at")]


def next_number() -> int:
    """The number of the next decision; those of private bodies are counted too, whoever asks."""
    with acting(THE_COUNT):
        last = Decision.objects.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def agreement_in(scope: str) -> UUID | None:
    """The agreement that a scope key names; None for other scopes."""
    prefix, _colon, rest = scope.partition(":")
    if prefix != "agreement":
        return None
    try:
        return UUID(rest)
    except ValueError:
        return None
