"""What the pages of the register show, made from shapes in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.foundation.access.vocabulary import PURPOSE_NAMES, SEGMENT_NAMES, Purpose, Segment
from commonweal.governance import facade, queries
from commonweal.governance.actions.effects import registry
from commonweal.governance.queries import reviews
from commonweal.governance.queries.reviews import Looked
from commonweal.governance.queries.stopping import Stopped, stops_of
from commonweal.governance.shapes import AgreementShape, DecisionShape, MandateShape, TermShape
from commonweal.governance.vocabulary import MATTER_NAMES, StoppedBy
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of something governed: class of the state mark, and its words."""

    kind: str
    words: str
    live: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """A mandate as the page of its decision shows it, with how it, or part of it, was stopped."""

    mandate: MandateShape
    matter: str
    standing: Standing
    agreement: AgreementShape | None
    name: str = ""
    stops: tuple[str, ...] = ()
    screen: str = ""
    """The address of the page of what it governs; empty where it has none."""
    looked: tuple[Looked, ...] = ()
    next_look: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision as the register shows it. ``challenged``: the number of the question that challenges it."""

    decision: DecisionShape
    matters: tuple[str, ...]
    standing: Standing
    challenged: int | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """Who may tell whom, of what, what for: the lines of an agreement, gathered."""

    discloser: PartnerShape
    recipients: tuple[PartnerShape, ...]
    segments: tuple[str, ...]
    purposes: tuple[str, ...]


def standing_of(mandate: MandateShape, at: datetime) -> Standing:
    """In force, waiting to start, or ended."""
    if mandate.withdrawn_at is not None:
        return Standing(
            "is-off", _("Withdrawn %(day)s") % {"day": facade.day_of(mandate.withdrawn_at)}, False
        )
    if mandate.rests(at):
        return Standing(
            "is-wait", _("Rests up to %(day)s") % {"day": facade.day_of(mandate.rests_until or at)}, False
        )
    if mandate.starts_at > at:
        return Standing("is-wait", _("Starts %(day)s") % {"day": facade.day_of(mandate.starts_at)}, False)
    if mandate.ends_at is not None and mandate.ends_at <= at:
        return Standing("is-off", _("Ended %(day)s") % {"day": facade.day_of(mandate.ends_at)}, False)
    if mandate.ends_at is None:
        return Standing("is-done", _("In force"), True)
    return Standing("is-done", _("In force up to %(day)s") % {"day": facade.day_of(mandate.ends_at)}, True)


def entry_of(decision: DecisionShape, mandates: list[MandateShape], at: datetime) -> Entry:
    """One line of the register; the standing is that of its longest effect."""
    matters = tuple(dict.fromkeys(MATTER_NAMES[m.matter] for m in mandates))
    if not decision.adopted:
        return Entry(decision, matters, Standing("is-no", _("Not adopted"), False))
    if not mandates:
        words = _("Decided alone") if decision.is_delegated else _("Adopted")
        return Entry(decision, matters, Standing("is-done", words, False))
    standings = [standing_of(m, at) for m in mandates]
    best = next((s for s in standings if s.live), None) or next(
        (s for s in standings if s.kind == "is-wait"), standings[-1]
    )
    return Entry(decision, matters, best)


def effects_of(decision_id: UUID, at: datetime) -> list[Effect]:
    """What a decision put into effect, with the agreements that live under it."""
    mandates = queries.mandates_of(decision_id)
    ids = [i for m in mandates if (i := queries.agreement_in(m.scope))]
    agreements = {a.id: a for a in queries.agreements(at, pk__in=ids)} if ids else {}
    stopped = stops_of(m.id for m in mandates)
    looked = reviews.looked_at(m.id for m in mandates)
    return [
        Effect(
            m,
            MATTER_NAMES[m.matter],
            standing_of(m, at),
            agreements.get(named) if (named := queries.agreement_in(m.scope)) else None,
            registry.effect(m.effect).name if m.effect else "",
            tuple(stop_said(s) for s in stopped.get(m.id, ())),
            registry.screen_of(m),
            tuple(looked[m.id]),
            reviews.next_day(m.review_on, looked[m.id]),
        )
        for m in mandates
    ]


def stop_said(stop: Stopped) -> str:
    """Who stopped it, when, and why, in a sentence."""
    day = facade.day_of(stop.recorded_at)
    by = {
        StoppedBy.RECORD: _("Withdrawn by the backbone on %(day)s: %(why)s"),
        StoppedBy.DECISION: _("Ended by decision %(number)s on %(day)s: %(why)s"),
        StoppedBy.RESIDENTS: _(
            "The residents took their yes back by decision %(number)s on %(day)s: %(why)s"
        ),
        StoppedBy.PARTY: _("%(who)s stopped telling under it on %(day)s: %(why)s"),
        StoppedBy.EMERGENCY: _("Stopped in an emergency on %(day)s up to %(until)s, under review: %(why)s"),
        StoppedBy.CHALLENGE: _("Challenged on %(day)s, and it rests on the new answer: %(why)s"),
    }[stop.ground]
    return by % {
        "day": day,
        "why": _(stop.why),
        "number": stop.decision_number or "",
        "who": stop.partner_name,
        "until": facade.day_of(stop.until) if stop.until else "",
    }


def tellings(terms: Iterable[TermShape]) -> list[Telling]:
    """The lines of an agreement, gathered by who tells: the same words for the same set of lines."""
    lines = list(terms)
    known = partners.partners(i for t in lines for i in (t.discloser_id, t.recipient_id))
    by_what: dict[tuple[UUID, UUID], set[tuple[str, str]]] = {}
    for t in lines:
        by_what.setdefault((t.discloser_id, t.recipient_id), set()).add((t.segment, t.purpose))
    gathered: dict[tuple[UUID, frozenset[tuple[str, str]]], list[PartnerShape]] = {}
    for (discloser, recipient), what in by_what.items():
        gathered.setdefault((discloser, frozenset(what)), []).append(known[recipient])
    found = [
        Telling(
            known[discloser],
            tuple(sorted(recipients, key=lambda p: p.name)),
            tuple(SEGMENT_NAMES[s] for s in Segment if s.value in {w[0] for w in what}),
            tuple(PURPOSE_NAMES[p] for p in Purpose if p.value in {w[1] for w in what}),
        )
        for (discloser, what), recipients in gathered.items()
    ]
    return sorted(found, key=lambda t: t.discloser.name)
