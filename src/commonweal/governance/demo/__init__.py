"""The demo's record: fourteen decisions, the mandates they gave, and the agreements that live under them.

Built through the acts of governance alone, with the clock held at the day of each vote. Agreements are named
by ``AGREEMENTS``; whoever seeds referrals may rely on ``care-partners`` being in force.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations, product
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.governance import actions, queries
from commonweal.governance.demo.answers import seed as put_answers
from commonweal.governance.demo.delegated import seed as let_decide_alone
from commonweal.governance.demo.minutes import MINUTES, Effect, Minutes
from commonweal.governance.demo.questions import seed as put_questions
from commonweal.governance.models import scope_of_agreement
from commonweal.governance.rules import Vote
from commonweal.governance.shapes import TermShape
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import at, day_of, now, today
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

__all__ = ["AGREEMENTS", "let_decide_alone", "put_answers", "put_questions", "seed"]

MONTH = timedelta(days=30.44)

HELPERS = (
    "alder-general",
    "st-brigid",
    "millrace",
    "county-human-services",
    "ferry-street",
    "northbank-rides",
    "energy-fund",
    "tanners-ford",
    "blue-heron",
    "hope-street",
    "senior-companions",
    "bright-steps",
    "public-health",
    "alder-commons",
)
CLINICIANS = ("alder-general", "st-brigid", "millrace", "riverbend")

AGREEMENTS: dict[str, tuple[str, str]] = {
    "care-partners": (
        N_("Care partners’ agreement"),
        N_(
            "Those who help the same person may tell each other what that person needs and what has been "
            "done, "
            "and nothing else. Only with the person’s yes, only for arranging help."
        ),
    ),
    "safe-harbor": (
        N_("Telling Safe Harbor, one way"),
        N_(
            "Partners may ask Safe Harbor to help someone who is not safe at home, with that person’s yes. "
            "Safe Harbor tells nothing back; what comes back is the person’s own choice."
        ),
    ),
    "clinicians": (
        N_("Clinicians’ agreement"),
        N_(
            "Those who treat the same person may tell each other what treatment needs, also about mental "
            "health "
            "and about treatment for alcohol or drugs, each only where the person allowed just that."
        ),
    ),
    "counseling": (
        N_("Counselors’ agreement"),
        N_("Riverbend may tell Millrace and Alder General that someone is in counseling."),
    ),
}


def _ids(*slugs: str) -> list[UUID]:
    found = {p.slug: p.id for p in partners.all_partners()}
    return [found[slug] for slug in slugs]


def _terms(slug: str) -> Iterator[TermShape]:
    if slug == "care-partners":
        for teller, told in permutations(_ids(*HELPERS), 2):
            yield TermShape(teller, told, "general", "COORD")
    elif slug == "safe-harbor":
        tellers = _ids("alder-general", "st-brigid", "millrace", "county-human-services", "alder-commons")
        for teller, segment in product(tellers, ("general", "domestic-violence")):
            yield TermShape(teller, _ids("safe-harbor")[0], segment, "TREAT")  # protected, so never in COORD
    elif slug == "clinicians":
        segments = ("general", "behavioral-health", "substance-use")
        for (teller, told), segment in product(permutations(_ids(*CLINICIANS), 2), segments):
            yield TermShape(teller, told, segment, "TREAT")
    else:
        for told in _ids("millrace", "alder-general"):
            yield TermShape(_ids("riverbend")[0], told, "behavioral-health", "TREAT")


def seed(by: Actor) -> None:
    """Write the record as ``by``, who keeps it (``partners.demo.keeper()``)."""
    with acting(by):
        agreements: dict[str, UUID] = {}
        for minutes in MINUTES:
            _enter(minutes, by, agreements)
        for minutes in MINUTES:
            for effect in minutes.effects:
                _withdraw(effect, by, agreements)


def _enter(minutes: Minutes, by: Actor, agreements: dict[str, UUID]) -> None:
    day = now() - minutes.months * MONTH
    with at(day):
        decision = actions.record_decision(
            by=by,
            title=minutes.title,
            question=minutes.question,
            body=N_("the Table"),
            decided_on=day_of(day),
            method=minutes.method,
            vote=Vote(minutes.yes, minutes.no, minutes.abstain, minutes.residents, minutes.adopted),
            reasons=minutes.reasons,
            dissent=minutes.dissent,
            undo=minutes.undo,
        )
        for effect in minutes.effects:
            actions.give_mandate(
                decision,
                by=by,
                matter=effect.matter,
                scope=_scope(effect, by, agreements),
                starts_at=_midnight(day),
                ends_at=_midnight(day + effect.lasts * MONTH) if effect.lasts else None,
                words=effect.words,
            )


def _midnight(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=5, minute=0, second=0, microsecond=0)


def _scope(effect: Effect, by: Actor, agreements: dict[str, UUID]) -> str:
    if effect.matter is not Matter.DATA_SHARING:
        return effect.scope
    if effect.scope not in agreements:
        title, text = AGREEMENTS[effect.scope]
        agreements[effect.scope] = actions.record_agreement(
            by=by,
            slug=effect.scope,
            title=title,
            text=text,
            signed_on=today(),
            terms=_terms(effect.scope),
        )
    return scope_of_agreement(agreements[effect.scope])


def _withdraw(effect: Effect, by: Actor, agreements: dict[str, UUID]) -> None:
    if effect.withdrawn is None:
        return
    months, why = effect.withdrawn
    mandate = queries.mandates_of_agreement(agreements[effect.scope])[0]
    with at(now() - months * MONTH):
        actions.withdraw(mandate.id, by=by, why=why)
