"""Why a reading is allowed or not: the same answer as the database, with its reasons.

The database hands out the facts that concern the asker (``guard.facts``); ``rules.decide``
judges them. Tests compare it with row-level security, cell by cell.
"""

import json
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from commonweal.foundation.access.context import Actor
from commonweal.foundation.access.rules import Reading, decide
from commonweal.foundation.access.vocabulary import DataClass, Relation, Segment, State
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_


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
        if live:
            return State.MISMATCH, False
        if any(c["revoked"] for c in self.consents):
            return State.REVOKED, False
        return (State.EXPIRED if self.consents else State.NEVER_ASKED), False


def _is_live(consent: dict[str, object]) -> bool:
    return bool(consent["started"] and not consent["ended"] and not consent["revoked"])


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
    """May ``actor`` read this person's ``data_class`` rows of ``segment`` and ``topic`` held by ``holder_id``?

    Asked inside ``acting`` by the holder, the recipient or the person; anyone else hears no.
    """
    if actor.person_id == person_id and actor.person_id is not None:
        relation = Relation.SELF
    elif actor.partner_id == holder_id:
        relation = Relation.OWN
    else:
        relation = Relation.SHARED
    facts = _facts(actor, person_id, segment, holder_id, topic)
    verdict = judge(actor, facts, relation, data_class, topic)
    if not verdict and facts.glass:
        glass = judge(actor, facts, Relation.GLASS, data_class, topic)
        return glass or verdict
    return verdict


def judge(actor: Actor, facts: Facts, relation: Relation, data_class: DataClass, topic: str) -> Verdict:
    """Decide on facts already in hand. Pure."""
    consent_state, named = facts.consent_state(topic)
    state = _strictest(facts, consent_state)
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
    if verdict and relation is Relation.SHARED and not facts.has_terms:
        return deny(
            "access.no-agreement",
            N_("No agreement of the table in force lets this go from one to the other."),
            N_("Ask the table to decide on an agreement."),
        )
    return verdict


def _strictest(facts: Facts, consent_state: State) -> State:
    if "unreadable" in facts.standing:
        return State.UNREADABLE
    if "disputed" in facts.standing:
        return State.DISPUTED
    if "deceased" in facts.standing:
        return State.DECEASED
    if facts.restricted:
        return State.RESTRICTED
    if "of_age" in facts.standing and consent_state is State.MATCHES:
        return State.OF_AGE
    return consent_state


def _facts(actor: Actor, person_id: UUID, segment: Segment, holder_id: UUID, topic: str) -> Facts:
    with connection.cursor() as cursor:
        cursor.execute(
            "select guard.facts(%s, %s, %s, %s, %s, %s)",
            [person_id, holder_id, actor.partner_id, segment, actor.purpose, topic],
        )
        raw = cursor.fetchone()[0]
    found = json.loads(raw) if isinstance(raw, str) else raw
    return Facts(
        standing=frozenset(found.get("standing", ())),
        restricted=found.get("restricted", False),
        assigned=found.get("assigned", False),
        case=found.get("case", False),
        glass=found.get("glass", False),
        consents=tuple(found.get("consents", ())),
        terms=tuple(found.get("terms", ())),
    )
