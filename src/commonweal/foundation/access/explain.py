"""Why a reading is allowed or not: the same answer as the database, with its reasons.

The database hands out the facts that concern the asker (``guard.facts``); ``rules.decide``
judges them. Tests compare it with row-level security, cell by cell.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db import connection

from commonweal.foundation.access.context import Actor, current_actor
from commonweal.foundation.access.rules import NO_CONSENT, Reading, decide
from commonweal.foundation.access.vocabulary import GLASS_NEVER, DataClass, Relation, Segment, State
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_

_STANDING = {
    "unreadable": State.UNREADABLE,
    "disputed": State.DISPUTED,
    "deceased": State.DECEASED,
    "of_age": State.OF_AGE,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is recorded about one person, holder, recipient, segment and purpose."""

    standing: frozenset[str]
    restricted: bool
    assigned: bool
    case: bool
    glass: bool
    consents: tuple[dict[str, object], ...]
    terms: tuple[dict[str, object], ...]
    apart: bool = False
    others: bool = False

    @property
    def has_terms(self) -> bool:
        """An agreement between the two is in force under a live mandate."""
        return any(t["live"] for t in self.terms)

    def consent_state(self, topic: str) -> tuple[State, bool]:
        """The person's state toward this reading, and whether a live consent names the recipient."""
        live = [c for c in self.consents if _is_live(c)]
        matching = [c for c in live if not c["topics"] or not topic or topic in _topics(c)]
        if matching:
            return State.MATCHES, any(c["named"] for c in matching)
        if live or self.others:
            return State.MISMATCH, False
        if any(c["revoked"] for c in self.consents):
            return State.REVOKED, False
        return (State.EXPIRED if self.consents else State.NEVER_ASKED), False


def _is_live(consent: dict[str, object]) -> bool:
    return bool(
        consent["started"] and not consent["ended"] and not consent["revoked"] and consent["confirmed"]
    )


def _topics(consent: dict[str, object]) -> list[str]:
    topics = consent["topics"]
    return topics if isinstance(topics, list) else []


def explain(
    actor: Actor,
    person_id: UUID,
    data_class: DataClass,
    segment: Segment = Segment.GENERAL,
    *,
    holder_id: UUID,
    topic: str = "",
) -> Verdict:
    """May ``actor`` read ``data_class`` rows of ``segment`` and ``topic`` that ``holder_id`` has of a person?

    Asked inside ``acting`` by the holder, the recipient or the person; anyone else hears no. A recipient that
    asks for itself hears one and the same no, whatever the person said (SECURITY §2.5, S2).
    """
    asked = (actor, data_class, segment)
    return explain_many(*asked, person_ids=[person_id], holder_id=holder_id, topic=topic)[person_id]


def explain_many(
    actor: Actor,
    data_class: DataClass,
    segment: Segment = Segment.GENERAL,
    *,
    person_ids: Iterable[UUID],
    holder_id: UUID,
    topic: str = "",
) -> dict[UUID, Verdict]:
    """``explain`` for the rows of one holder about many persons, in one query."""
    found = _facts(actor, list(person_ids), segment, holder_id, topic)
    return {
        person_id: _explained(actor, person_id, data_class, segment, holder_id, topic, facts)
        for person_id, facts in found.items()
    }


def _explained(
    actor: Actor,
    person_id: UUID,
    data_class: DataClass,
    segment: Segment,
    holder_id: UUID,
    topic: str,
    facts: Facts,
) -> Verdict:
    verdict: Verdict | None = None
    for relation in _relations(actor, person_id, holder_id, segment, facts):
        found = judge(actor, facts, relation, data_class, topic)
        if found:
            return found
        verdict = verdict or found
    assert verdict is not None
    return verdict if _may_know_why(person_id, holder_id) else _silent(verdict)


def _may_know_why(person_id: UUID, holder_id: UUID) -> bool:
    asker = current_actor()
    return asker.partner_id == holder_id or asker.person_id == person_id


def _relations(
    actor: Actor, person_id: UUID, holder_id: UUID, segment: Segment, facts: Facts
) -> Iterator[Relation]:
    if actor.person_id is not None and actor.person_id == person_id:
        yield Relation.SELF
    if actor.partner_id == holder_id:
        yield Relation.OWN
    elif actor.partner_id is not None or actor.person_id != person_id:
        yield Relation.SHARED
    if facts.glass and segment not in GLASS_NEVER and not facts.apart:
        yield Relation.GLASS


def judge(actor: Actor, facts: Facts, relation: Relation, data_class: DataClass, topic: str) -> Verdict:
    """Decide on facts already in hand; the strictest of the person's states wins. Pure."""
    consent_state, named = facts.consent_state(topic)
    for state in _states(facts, consent_state):
        verdict = decide(
            Reading(
                role=actor.role,
                purpose=actor.purpose,
                data_class=data_class,
                relation=relation,
                state=state,
                assigned=facts.assigned,
                named=named,
                case=facts.case,
            )
        )
        if not verdict:
            return verdict
    if relation is Relation.SHARED and not facts.has_terms:
        return deny(
            "access.no-agreement",
            N_("No agreement of the table in force lets this go from one to the other."),
            N_("Ask the table to decide on an agreement."),
        )
    return verdict


def _states(facts: Facts, consent_state: State) -> Iterator[State]:
    yield from (state for kind, state in _STANDING.items() if kind in facts.standing)
    if facts.restricted:
        yield State.RESTRICTED
    yield consent_state


def _silent(verdict: Verdict) -> Verdict:
    """A recipient learns from a refusal neither that the person is known nor what they said."""
    return NO_CONSENT if verdict.rule.startswith("access.state.") else verdict


def _facts(
    actor: Actor, person_ids: list[UUID], segment: Segment, holder_id: UUID, topic: str
) -> dict[UUID, Facts]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select p, guard.facts(p, %s, %s, %s, %s, %s) from unnest(%s::uuid[]) p",
            [holder_id, actor.partner_id, segment, actor.purpose, topic, person_ids],
        )
        return {person_id: _read(raw) for person_id, raw in cursor.fetchall()}


def _read(raw: object) -> Facts:
    found = json.loads(raw) if isinstance(raw, str) else cast(dict[str, Any], raw)
    return Facts(
        standing=frozenset(found.get("standing", ())),
        restricted=found.get("restricted", False),
        assigned=found.get("assigned", False),
        case=found.get("case", False),
        glass=found.get("glass", False),
        consents=tuple(found.get("consents", ())),
        terms=tuple(found.get("terms", ())),
        apart=found.get("apart", False),
        others=found.get("others", False),
    )
