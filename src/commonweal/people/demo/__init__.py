"""The demo's persons: the cast first, then some two and a half thousand invented neighbors.

Built through the acts of people alone, after the table and its record were laid. ``seed`` returns who
is who, and ``say_yes`` lets other seeds ask a person as a worker would.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.foundation.accounts import demo as accounts_demo
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.words import N_
from commonweal.partners import demo as partners_demo
from commonweal.partners.demo import partner_id
from commonweal.people import actions, facade
from commonweal.people.demo.cast import CAST, CastMember, Yes
from commonweal.people.demo.neighbors import Neighbor, neighbors
from commonweal.people.shapes import ConsentDraft
from commonweal.people.vocabulary import How

MONTH = timedelta(days=30.44)

WHO_WRITES: dict[str, str] = {
    "alder-general": "Danielle Whitfield",
    "millrace": "Inés Valdivia",
    "st-brigid": "June Petrov",
    "ferry-street": "Marcus Odom",
    "county-human-services": "Nora Feld",
    "alder-commons": "Tomás Reyes",
    "tanners-ford": "Aisha Grant",
    "northbank-rides": "Leo Brandt",
    "safe-harbor": "Carmen Ortiz",
}
"""Who of the cast writes people down at each partner."""

TERESA_CARD = (
    40,
    N_("A person served"),
    N_("Sees who helps her with what and who looked at her information, and stops sharing with two clicks."),
)


@dataclass(frozen=True, slots=True)
class Seeded:
    """Who is who: the cast by full name, the neighbors by the partner that wrote them down, oldest first,
    each with the moment at which that was."""

    cast: dict[str, UUID] = field(default_factory=dict)
    neighbors: dict[str, list[tuple[UUID, datetime]]] = field(default_factory=dict)

    @property
    def teresa(self) -> UUID:
        return self.cast["Teresa Aguilar"]


def seed(*, most: int | None = None) -> Seeded:
    """Write everyone down. ``most`` bounds the neighbors, for tests."""
    seeded = Seeded()
    for member in CAST:
        seeded.cast[f"{member.draft.given} {member.draft.family}"] = _write_down(member)
    _open_teresas_page(seeded.teresa)
    for (partner, months_ago), batch in _batches(most):
        worker = partners_demo.actor(WHO_WRITES[partner])
        moment = now() - months_ago * MONTH - timedelta(days=3)
        with at(moment), acting(worker):
            ids = actions.register_many([n.draft for n in batch], by=worker, occurred_at=moment)
        seeded.neighbors.setdefault(partner, []).extend((i, moment) for i in ids)
    return seeded


def _batches(most: int | None) -> Iterator[tuple[tuple[str, int], list[Neighbor]]]:
    everyone = list(neighbors(today()))[:most]
    for key, batch in groupby(everyone, key=lambda n: (n.partner, n.months_ago)):
        yield key, list(batch)


def _write_down(member: CastMember) -> UUID:
    worker = partners_demo.actor(member.worker)
    draft = replace(member.draft, birth_date=_birthday(member))
    with at(now() - member.months_ago * MONTH), acting(worker):
        person_id = actions.register(draft, by=worker)
    for yes in member.said_yes:
        _hear(person_id, member, yes, worker)
    return person_id


def _birthday(member: CastMember) -> date | None:
    """The cast stays as old as everywhere else, whenever the demo is made."""
    born, day = member.draft.birth_date, today()
    if born is None:
        return None
    return born.replace(year=day.year - member.age - ((day.month, day.day) < (born.month, born.day)))


def _hear(person_id: UUID, member: CastMember, yes: Yes, worker: Actor) -> None:
    moment = now() - timedelta(days=yes.days_ago)
    ends = moment + timedelta(days=yes.lasts)
    say_yes(
        person_id,
        worker,
        [partner_id(slug) for slug in yes.recipients],
        topics=yes.topics,
        moment=moment,
        ends_at=ends,
        signed_name=f"{member.draft.given} {member.draft.family}",
        language=member.draft.language,
    )


def say_yes(
    person_id: UUID,
    by: Actor,
    recipients: Sequence[UUID],
    *,
    topics: Iterable[NeedDomain] = (),
    segments: Iterable[Segment] = (Segment.GENERAL,),
    purposes: Iterable[Purpose] = (Purpose.COORD,),
    moment: datetime | None = None,
    ends_at: datetime | None = None,
    signed_name: str = "",
    language: str = "",
) -> UUID:
    """Ask a person as ``by`` would, in their language, and write down their yes; returns the consent's id.

    A consent given long ago may have ended since; ``ends_at`` is a year after ``moment`` if empty.
    """
    given_at = moment or now()
    with at(given_at), acting(by):
        who = facade.person(person_id)
        assert who is not None  # the seed asks only those whom the worker wrote down
        draft = ConsentDraft(
            person_id=person_id,
            discloser_id=by.partner_id,
            recipient_ids=tuple(recipients),
            segments=tuple(segments),
            purposes=tuple(purposes),
            topics=tuple(topics),
            ends_at=ends_at or given_at + timedelta(days=365),
            how=How.SIGNED_ON_SCREEN,
            words="",
            language=language or who.language,
            signed_name=signed_name or who.name,
        )
        words = facade.consent_words(draft)
        return actions.give_consent(
            replace(draft, words=words),
            by=by,
            occurred_at=given_at,
        )


def _open_teresas_page(person_id: UUID) -> None:
    worker = partners_demo.actor("Danielle Whitfield")
    with acting(worker):
        account_id = actions.give_own_page(person_id, by=worker, phone="541-555-0121")
    order, title, words = TERESA_CARD
    accounts_demo.offer(account_id, order=order, title=title, words=words)
