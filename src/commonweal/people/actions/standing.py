"""Who must not see a person; that a person has died; that two may be mixed up."""

from datetime import date
from uuid import UUID

from commonweal.foundation import audit, bus
from commonweal.foundation.access import Actor, facts
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import NotFound
from commonweal.kernel.words import N_
from commonweal.people import access
from commonweal.people.actions.common import act, ensure
from commonweal.people.events import StandingChanged
from commonweal.people.models import Person, StandingNote
from commonweal.people.queries.persons import known_here, records_of
from commonweal.people.vocabulary import How, Stand

_WORDS = {
    (Stand.RESTRICTED, True): N_("Closed your information to an organization, as you asked."),
    (Stand.RESTRICTED, False): N_("Opened your information to an organization again, as you asked."),
    (Stand.DECEASED, True): N_("Wrote down that the person has died."),
    (Stand.DISPUTED, True): N_("Wrote down that two people may be mixed up here."),
    (Stand.DISPUTED, False): N_("Wrote down that nobody is mixed up here any more."),
}


@act
def restrict(
    person_id: UUID, partner_id: UUID, *, by: Actor, how: How = How.IN_PERSON, words: str = ""
) -> None:
    """This partner sees this person no more, whatever else was allowed (state S5). Twice is once."""
    _visible(person_id)
    ensure(access.may_restrict(by, person_id, known=known_here(person_id)))
    open_already = StandingNote.objects.filter(
        person_id=person_id, kind=Stand.RESTRICTED, partner_id=partner_id, ended_at__isnull=True
    )
    if open_already.exists():
        return
    # The note first: closing one's own partner out hides the person from this very transaction. The event
    # last: whoever hears it asks the database what may still be seen.
    _note(person_id, Stand.RESTRICTED, by, partner_id=partner_id, how=how, words=words)
    facts.restrict(person_id, partner_id)
    _tell(person_id, Stand.RESTRICTED, True, by, partner_id)


@act
def lift_restriction(person_id: UUID, partner_id: UUID, *, by: Actor) -> None:
    """Take ``restrict`` back."""
    _visible(person_id)
    ensure(access.may_restrict(by, person_id, known=known_here(person_id)))
    facts.lift_restriction(person_id, partner_id)
    _end_notes(person_id, Stand.RESTRICTED, partner_id)
    _tell(person_id, Stand.RESTRICTED, False, by, partner_id)


@act
def mark_deceased(person_id: UUID, *, by: Actor, on: date | None = None, words: str = "") -> None:
    """The person has died: nothing is shared any more, consents are closed (state S7)."""
    _mark(person_id, Stand.DECEASED, by, on, words)


@act
def dispute(person_id: UUID, *, by: Actor, words: str = "") -> None:
    """Two people may be mixed up in this one: joins freeze, what is more private is closed (state S8)."""
    _mark(person_id, Stand.DISPUTED, by, None, words)


@act
def settle_dispute(person_id: UUID, *, by: Actor) -> None:
    """A human looked and resolved ``dispute``."""
    _visible(person_id)
    ensure(access.may_mark(by, known=known_here(person_id)))
    facts.end_standing(person_id, Stand.DISPUTED)
    _end_notes(person_id, Stand.DISPUTED, None)
    _tell(person_id, Stand.DISPUTED, False, by, None)


def _mark(person_id: UUID, stand: Stand, by: Actor, on: date | None, words: str) -> None:
    _visible(person_id)
    ensure(access.may_mark(by, known=known_here(person_id)))
    mine = StandingNote.objects.filter(person_id=person_id, kind=stand, ended_at__isnull=True)
    if mine.exists():
        return
    _note(person_id, stand, by, words=words, on=on)
    facts.set_standing(person_id, stand)
    _tell(person_id, stand, True, by, None)


def _visible(person_id: UUID) -> None:
    if not records_of(person_id):
        raise NotFound("person")


def _note(
    person_id: UUID,
    stand: Stand,
    by: Actor,
    *,
    partner_id: UUID | None = None,
    how: How = How.IN_PERSON,
    words: str = "",
    on: date | None = None,
) -> None:
    StandingNote(
        person_id=person_id,
        holder_id=by.partner_id or Person.objects.get(id=person_id).origin_id,
        kind=stand.value,
        partner_id=partner_id,
        how=how.value,
        words=words,
        said_on=on or today(),
    ).save(force_insert=True)


def _end_notes(person_id: UUID, stand: Stand, partner_id: UUID | None) -> None:
    open_ones = StandingNote.objects.filter(person_id=person_id, kind=stand.value, ended_at__isnull=True)
    if partner_id is not None:
        open_ones = open_ones.filter(partner_id=partner_id)
    open_ones.update(ended_at=now())


def _tell(person_id: UUID, stand: Stand, began: bool, by: Actor, partner_id: UUID | None) -> None:
    verb = "began" if began else "ended"
    audit.record(
        f"person.{stand.value}.{verb}",
        by=by,
        subject=("person", person_id),
        person_id=person_id,
        words=_WORDS[stand, began],
        details={"partner": str(partner_id)} if partner_id else None,
    )
    bus.publish(
        StandingChanged(
            person_id=person_id, stand=stand, began=began, partner_id=partner_id, occurred_at=now()
        )
    )
