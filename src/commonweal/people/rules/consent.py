"""Does what a person said allow this disclosure? DOMAIN §2.7, as a pure function with its trace.

The steps, in order: hard legal bars; the consents in force at the moment; those that match; any
matching *no*; one matching *yes* for each law that binds the record; else no.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.foundation.access.vocabulary import DataClass, Purpose, Segment
from commonweal.kernel.periods import Interval
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.people.rules.part2 import SHORT_NOTICE
from commonweal.people.shapes import NO_OBLIGATIONS, Obligations
from commonweal.people.vocabulary import ConsentStatus, Law, PartyClass, ProvisionKind

RULES_VERSION = "consent-1"
READABLE_VERSIONS = frozenset({1})
"""Versions of stored consents that this code can read. Anything else is unreadable and denies (S9)."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who discloses or receives. ``covered``: a HIPAA covered entity or business associate."""

    id: UUID
    classes: frozenset[PartyClass] = frozenset()
    covered: bool = False
    victim_services: bool = False


ALWAYS = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule of a consent. An empty set matches everything. ``exceptions`` overrule it where they match,
    as nested provisions do in FHIR R4."""

    kind: ProvisionKind
    actors: frozenset[UUID | PartyClass] = frozenset()
    segments: frozenset[Segment] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    data_classes: frozenset[DataClass] = frozenset()
    period: Interval = ALWAYS
    exceptions: tuple["Provision", ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """A recorded consent as far as deciding needs it. ``laws``: those whose required elements it holds."""

    id: UUID
    status: ConsentStatus
    laws: frozenset[Law]
    disclosers: frozenset[UUID]
    valid: Interval
    root: Provision
    revoked_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Ask:
    """One disclosure to decide on. ``laws`` are those of the record's origin (``laws_of``)."""

    discloser: Party
    recipient: Party
    purpose: Purpose
    segment: Segment
    data_class: DataClass
    at: datetime
    laws: frozenset[Law]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trace: the rule, the consent it looked at, and whether it held."""

    rule: str
    consent_id: UUID | None
    held: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer, what travels with the disclosure, the consents it rests on, and how it came about."""

    verdict: Verdict
    obligations: Obligations
    consent_ids: tuple[UUID, ...]
    trace: tuple[Step, ...]


def laws_of(segment: Segment, discloser: Party, *, school: bool = False) -> frozenset[Law]:
    """The laws that bind a record by its segment and by who discloses it.

    Substance-use rows carry that segment only when they come from a Part 2 program; the same fact
    said at a food bank is general (DOMAIN §2.3).
    """
    laws = set()
    if segment is Segment.SUBSTANCE_USE:
        laws.add(Law.PART2)
    if discloser.victim_services or segment is Segment.DOMESTIC_VIOLENCE:
        laws.add(Law.VAWA)
    if school:
        laws.add(Law.FERPA)
    if discloser.covered and not school:
        laws.add(Law.HIPAA)
    return frozenset(laws or {Law.GENERAL})


def in_force(terms: Terms, at: datetime) -> bool:
    """Active, begun, not ended, not revoked as of ``at``. The instant of revocation is already outside."""
    return (
        terms.status is ConsentStatus.ACTIVE
        and at in terms.valid
        and (terms.revoked_at is None or at < terms.revoked_at)
    )


def says(provision: Provision, ask: Ask) -> ProvisionKind | None:
    """What a provision says about a disclosure: its exceptions first, a *no* among them before a *yes*."""
    if not _matches(provision, ask):
        return None
    spoken = {said for exception in provision.exceptions if (said := says(exception, ask)) is not None}
    if spoken:
        return ProvisionKind.DENY if ProvisionKind.DENY in spoken else ProvisionKind.PERMIT
    return provision.kind


def _matches(provision: Provision, ask: Ask) -> bool:
    return (
        (not provision.actors or bool(provision.actors & {ask.recipient.id, *ask.recipient.classes}))
        and (not provision.segments or ask.segment in provision.segments)
        and (not provision.purposes or ask.purpose in provision.purposes)
        and (not provision.data_classes or ask.data_class in provision.data_classes)
        and ask.at in provision.period
    )


def evaluate(ask: Ask, consents: Sequence[Terms]) -> Finding:
    """Whether the consents allow the disclosure, and what must travel with it."""
    if (barred := _barred(ask)) is not None:
        return _refused(barred, [Step(barred.rule, None, False)])
    if unreadable := [terms for terms in consents if terms.version not in READABLE_VERSIONS]:
        verdict = deny("consent.unreadable", N_("What the person allowed cannot be read. Nothing is shared."))
        return _refused(verdict, [Step(verdict.rule, terms.id, False) for terms in unreadable])
    live = [terms for terms in consents if in_force(terms, ask.at) and _from(terms, ask.discloser)]
    said = [(terms, says(terms.root, ask)) for terms in live]
    trace = [Step(f"consent.{answer or 'silent'}", terms.id, answer is not None) for terms, answer in said]
    if any(answer is ProvisionKind.DENY for _, answer in said):
        return _refused(deny("consent.denied", N_("The person said no to this.")), trace)
    permits = [terms for terms, answer in said if answer is ProvisionKind.PERMIT]
    return _by_law(ask, permits, trace, consents)


def _from(terms: Terms, discloser: Party) -> bool:
    return not terms.disclosers or discloser.id in terms.disclosers


def _by_law(ask: Ask, permits: list[Terms], trace: list[Step], consents: Sequence[Terms]) -> Finding:
    used = []
    for law in sorted(ask.laws):
        fitting = [terms for terms in permits if satisfies(terms, law, ask.recipient)]
        trace.append(Step(f"consent.law.{law}", fitting[0].id if fitting else None, bool(fitting)))
        if not fitting:
            return _refused(_missing(law, permits, ask, consents), trace)
        used.append(fitting[0])
    ids = tuple(dict.fromkeys(terms.id for terms in used))
    verdict = allow("consent.permit", N_("The person said yes to this."))
    return Finding(verdict, obligations(ask, ids), ids, tuple(trace))


def satisfies(terms: Terms, law: Law, recipient: Party) -> bool:
    """Whether a consent holds what ``law`` asks for.

    A health authorization never satisfies Part 2 or FERPA by itself (trap 2-T1). Where a victim
    service provider discloses, the recipient must be named, never only a class.
    """
    if law is Law.GENERAL:
        return True
    if law is Law.VAWA:
        return law in terms.laws and terms.valid.end is not None and recipient.id in terms.root.actors
    return law in terms.laws


def _barred(ask: Ask) -> Verdict | None:
    if ask.purpose is Purpose.LEGAL:
        return deny("consent.bar.legal", N_("Nothing is shared for court here, whatever a form says."))
    if ask.data_class is DataClass.D7 or ask.segment is Segment.PSYCHOTHERAPY:
        return deny("consent.bar.counseling-notes", N_("Counseling notes stay with those who wrote them."))
    if ask.data_class is DataClass.D3:
        return deny("consent.bar.safe-address", N_("A safe address is told by a person, never sent."))
    return None


def _missing(law: Law, permits: list[Terms], ask: Ask, consents: Sequence[Terms]) -> Verdict:
    if law is Law.PART2 and permits:
        return deny(
            "consent.part2.general-authorization",
            N_("A general yes does not cover treatment for alcohol or drugs (42 CFR Part 2)."),
            N_("Ask with the form for treatment records; it names who receives them."),
        )
    if permits:
        return deny(
            f"consent.{law}.not-met",
            N_("The person said yes, but not in the way that the law asks for these records."),
            N_("Ask again with the form for these records, signed."),
        )
    rule, words = _why_none(ask, consents)
    return deny(rule, words, N_("Ask the person. The form takes a minute."))


def _why_none(ask: Ask, consents: Sequence[Terms]) -> tuple[str, str]:
    """Which kind of absence it is: revoked, ended, about something else, or never asked."""
    if not consents:
        return "consent.never-asked", N_("The person has not been asked.")
    if any(terms.revoked_at is not None and terms.revoked_at <= ask.at for terms in consents):
        return "consent.revoked", N_("The person has stopped sharing this.")
    if any(terms.valid.end is not None and terms.valid.end <= ask.at for terms in consents):
        return "consent.ended", N_("What the person allowed has ended.")
    return "consent.no-match", N_("The person has not said yes to this.")


def _refused(verdict: Verdict, trace: Iterable[Step]) -> Finding:
    return Finding(verdict, NO_OBLIGATIONS, (), tuple(trace))


def obligations(ask: Ask, consent_ids: tuple[UUID, ...]) -> Obligations:
    """What travels with a permitted disclosure (42 CFR 2.32: the notice, and the consent or its scope)."""
    part2 = Law.PART2 in ask.laws
    labels = {Law.PART2: "42CFRPart2", Law.VAWA: "SDV"}
    return Obligations(
        notices=(SHORT_NOTICE,) if part2 else (),
        copy_of=consent_ids if part2 else (),
        no_redisclosure=(part2 and not ask.recipient.covered) or bool(ask.laws & {Law.FERPA, Law.VAWA}),
        labels=tuple(labels[law] for law in sorted(ask.laws) if law in labels),
        not_in_proceedings=part2,
    )
