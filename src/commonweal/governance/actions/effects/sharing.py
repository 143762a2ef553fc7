"""Sharing about people between partners: an agreement in force, or a new one, until its day."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from commonweal.foundation.access import Actor
from commonweal.foundation.access.facts import end_terms, record_terms
from commonweal.foundation.access.vocabulary import PURPOSE_NAMES, SEGMENT_NAMES, Purpose, Segment
from commonweal.governance import queries, rules
from commonweal.governance.actions.effects.choices import columns
from commonweal.governance.actions.effects.reading import ids, one_of, text, uuid_in
from commonweal.governance.models import Agreement, Term, scope_of_agreement
from commonweal.governance.queries import sharing as reads
from commonweal.governance.shapes import MandateShape, TermShape
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import BadInput
from commonweal.kernel.ids import new_id
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape

SHAREABLE = tuple(s for s in Segment if s is not Segment.PSYCHOTHERAPY)
FOR = (Purpose.COORD, Purpose.TREAT, Purpose.PAY, Purpose.OPS, Purpose.PH)


def _agreements() -> list[Choice]:
    return [Choice(str(a.id), a.title) for a in queries.agreements()]


def _tellers() -> list[Choice]:
    return [Choice(str(p.id), p.name) for p in partners.all_partners() if not p.is_victim_service_provider]


def _everyone() -> list[Choice]:
    return [Choice(str(p.id), p.name) for p in partners.all_partners()]


ASKS = (
    Asked(
        "agreement",
        N_("An agreement that stands here already"),
        "one",
        N_("Or leave this open and say below what the new one lets pass."),
        is_required=False,
        choices=_agreements,
    ),
    Asked("title", N_("Name of the new agreement"), is_required=False),
    Asked("text", N_("What the partners promise, in plain words"), "long", is_required=False),
    Asked("tellers", N_("Who may tell"), "many", is_required=False, choices=_tellers),
    Asked("told", N_("Whom"), "many", is_required=False, choices=_everyone),
    Asked(
        "segments",
        N_("About what"),
        "many",
        is_required=False,
        choices=lambda: [Choice(s.value, SEGMENT_NAMES[s]) for s in SHAREABLE],
    ),
    Asked(
        "purposes",
        N_("What for"),
        "many",
        is_required=False,
        choices=lambda: [Choice(p.value, PURPOSE_NAMES[p]) for p in FOR],
    ),
)


def _read(said: Params) -> Params:
    """An agreement by its id, or the lines of a new one with an id that it will bear."""
    if said.get("agreement") and not said.get("tellers"):
        agreement_id = uuid_in(said, "agreement")
        if not Agreement.objects.filter(pk=agreement_id).exists():
            raise BadInput("agreement", N_("There is no such agreement."))
        return {"agreement": str(agreement_id)}
    clean = {
        "agreement": str(said.get("agreement") or new_id()),
        "title": text(said, "title", 200),
        "text": text(said, "text", 20_000, is_required=False),
        "tellers": ids(said, "tellers"),
        "told": ids(said, "told"),
        "segments": [one_of(s, SHAREABLE, "segments") for s in _listed(said, "segments")],
        "purposes": [one_of(p, FOR, "purposes") for p in _listed(said, "purposes")],
    }
    _check(list(terms_of(clean)))
    return clean


def _listed(said: Params, name: str) -> list[str]:
    found = said.get(name)
    listed = [str(x) for x in found] if isinstance(found, list | tuple) else []
    if not listed:
        raise BadInput(name, N_("Choose at least one."))
    return listed


def _check(lines: list[TermShape]) -> None:
    known = partners.partners(i for t in lines for i in (t.discloser_id, t.recipient_id))
    if not lines:
        raise BadInput("told", N_("An agreement names who tells whom."))
    for line in lines:
        fault = _fault(line, known)
        if fault:
            raise BadInput("tellers", fault)


def _fault(line: TermShape, known: dict[UUID, PartnerShape]) -> str:
    if not known.keys() >= {line.discloser_id, line.recipient_id}:
        return N_("One of these partners is not at the table.")
    return rules.fault_of_term(
        discloser_is_vsp=known[line.discloser_id].is_victim_service_provider,
        same_partner=line.discloser_id == line.recipient_id,
        segment=line.segment,
        purpose=line.purpose,
    )


def terms_of(params: Params) -> Iterable[TermShape]:
    """Each line that the params of a new agreement amount to: everyone who tells, to everyone told."""
    tellers, told = _strings(params, "tellers"), _strings(params, "told")
    for teller, other in sorted({(a, b) for a in tellers for b in told if a != b}):
        for segment in _strings(params, "segments"):
            for purpose in _strings(params, "purposes"):
                yield TermShape(UUID(teller), UUID(other), segment, purpose)


def _strings(params: Params, name: str) -> list[str]:
    found = params.get(name)
    return [str(x) for x in found] if isinstance(found, list | tuple) else []


def _scope(params: Params) -> str:
    return scope_of_agreement(UUID(str(params["agreement"])))


def lines_of(params: Params) -> list[TermShape]:
    """What would be told: the lines of the agreement, or of the new one."""
    if _strings(params, "tellers"):
        return list(terms_of(params))
    found = queries.agreement(UUID(str(params["agreement"])))
    return list(found.terms) if found else []


def _preview(params: Params, at: datetime) -> Preview:
    return reads.preview_of(lines_of(params), at)


def _take(mandate: MandateShape, params: Params, by: Actor) -> None:
    """Put the agreement's lines into force, as long as the mandate; a new one is written down first."""
    agreement_id = queries.agreement_in(mandate.scope)
    if agreement_id is None:
        raise BadInput("scope", N_("A mandate for sharing names an agreement."))
    if _strings(params, "tellers"):
        _write(agreement_id, params, by)
    agreement = Agreement.objects.filter(pk=agreement_id).first()
    if agreement is None or mandate.ends_at is None:
        raise BadInput("scope", N_("A mandate for sharing names an agreement."))
    here = {p.id for p in partners.all_partners()}
    for term in agreement.terms.all():
        if here >= {term.discloser_id, term.recipient_id}:
            record_terms(
                agreement_id=agreement.id,
                mandate_id=mandate.id,
                discloser_id=term.discloser_id,
                recipient_id=term.recipient_id,
                segment=Segment(term.segment),
                purpose=Purpose(term.purpose),
                starts_at=mandate.starts_at,
                ends_at=mandate.ends_at,
            )


def _write(agreement_id: UUID, params: Params, by: Actor) -> None:
    if Agreement.objects.filter(pk=agreement_id).exists():
        raise BadInput("agreement", N_("Something else is written under this agreement’s name already."))
    row = Agreement.objects.create(
        id=agreement_id,
        slug=f"agreement-{str(agreement_id)[:13]}",
        title=str(params["title"]),
        text=str(params.get("text") or ""),
        recorded_by_id=by.account_id,
    )
    Term.objects.bulk_create(
        Term(
            agreement=row,
            discloser_id=t.discloser_id,
            recipient_id=t.recipient_id,
            segment=t.segment,
            purpose=t.purpose,
        )
        for t in terms_of(params)
    )


def _end(mandate: MandateShape, params: Params, by: Actor) -> None:
    end_terms(mandate_id=mandate.id)


def _words(params: Params) -> str:
    if params.get("title"):
        return str(params["title"])
    found = Agreement.objects.filter(pk=str(params["agreement"])).first()
    return found.title if found else ""


SHARING = Effect(
    kind="sharing.start",
    matter=Matter.DATA_SHARING,
    name=N_("Let partners tell each other about people they both help"),
    asks=ASKS,
    read=_read,
    scope_of=_scope,
    preview=_preview,
    take=_take,
    end=_end,
    governs=(
        "access_terms",
        *columns("access_terms", "discloser_id", "recipient_id", "segment", "purpose", "ends_at"),
        "governance_term",
        *columns("governance_agreement", "title", "text"),
        *columns("governance_term", "discloser_id", "recipient_id", "segment", "purpose"),
    ),
    in_words=_words,
    screen=lambda m: reverse("governance:agreement", args=[m.params["agreement"]]),
)
