"""What people offers to higher storeys: ids and shapes in, shapes out, in batches.

Everything is read as the current actor and under row-level security. Whoever shows a person's data
notes the reading (``foundation.audit.note_read``); the pages of this context note their own.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.verdict import Verdict
from commonweal.people import actions
from commonweal.people.queries import consents, finding, persons, sharing, wording
from commonweal.people.rules import minimum
from commonweal.people.rules.births import Birth
from commonweal.people.rules.contacts import phone_shown as shown
from commonweal.people.shapes import (
    ConsentDraft,
    ConsentShape,
    ContactShape,
    Found,
    Obligations,
    Panel,
    PersonShape,
    Place,
    RecordDraft,
)
from commonweal.people.vocabulary import DatePrecision, How


def person(person_id: UUID) -> PersonShape | None:
    """The person as the actor may see them; None: hidden and absent look alike."""
    return persons.person(person_id)


def people(person_ids: Iterable[UUID]) -> dict[UUID, PersonShape]:
    """The persons among these whom the actor may see."""
    return persons.people(person_ids)


def names(person_ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """First and whole name of those whom the actor may see, for long lists: one query, few columns."""
    return persons.names(person_ids)


def contact(person_id: UUID) -> ContactShape | None:
    """How to reach the person, and how not to; None: hidden and absent look alike."""
    return persons.contact(person_id)


def phone_shown(number: str) -> str:
    """A phone number as people here write it; empty stays empty."""
    return shown(number) if number else ""


def contacts(person_ids: Iterable[UUID]) -> dict[UUID, ContactShape]:
    """How to reach each of those whom the actor may see."""
    return persons.contacts(person_ids)


def least_for(person_id: UUID, domains: Iterable[NeedDomain]) -> tuple[PersonShape, ContactShape] | None:
    """The least about the person that help with these needs takes (minimum necessary); None if hidden."""
    who, how = persons.person(person_id), persons.contact(person_id)
    if who is None or how is None:
        return None
    elements = minimum.elements_for(domains)
    return minimum.reduced(who, elements), minimum.reduced_contact(how, elements)


def search(*, name: str = "", birth_date: date | None = None, phone: str = "", page: int = 1) -> Found:
    """Persons whom the actor may see and who fit everything asked; ``phone`` as E.164."""
    birth = Birth(birth_date, DatePrecision.DAY) if birth_date else None
    return finding.search(name=name, birth=birth, phone=phone, page=page)


def known_here(person_id: UUID) -> bool:
    """Whether the actor's own partner keeps a record of the person."""
    return persons.known_here(person_id)


def consents_of(person_id: UUID) -> list[ConsentShape]:
    """Every consent of the person that the actor may see, newest first; also ended and declined ones."""
    return consents.of_person(person_id)


def may_share(
    person_id: UUID,
    holder_id: UUID,
    recipient_id: UUID,
    segment: Segment,
    purpose: Purpose,
    *,
    topic: str = "",
    base: DataClass = DataClass.D4,
) -> Verdict:
    """May rows of this segment and topic at ``holder_id`` go to ``recipient_id``? Why, and what to do.

    Asked by the holder, the recipient or the person. ``base`` is the class of general rows (D4: needs
    and referrals; D2: identity).
    """
    return sharing.may_share(person_id, holder_id, recipient_id, segment, purpose, topic=topic, base=base)


def obligations_for(
    person_id: UUID,
    holder_id: UUID,
    recipient_id: UUID,
    segment: Segment,
    purpose: Purpose,
    *,
    topic: str = "",
    named: bool = True,
) -> Obligations:
    """What must travel with a disclosure that ``may_share`` allowed: notices, scope in words, labels.

    Show it with ``people/parts/travels.html`` wherever rows of another holder are shown or leave. ``named``
    false: the scope says *the person*, for pages that do not name them.
    """
    return sharing.obligations_for(
        person_id, holder_id, recipient_id, segment, purpose, topic=topic, named=named
    )


def consent_words(draft: ConsentDraft) -> str:
    """The words to show before asking, in the draft's language; keep them in ``draft.words``."""
    return "\n\n".join(wording.consent_words(draft))


def register(draft: RecordDraft, *, by: Actor, same_as: UUID | None = None) -> UUID:
    """Make the acting partner's record of a person; returns the person's id. See ``actions.register``."""
    return actions.register(draft, by=by, same_as=same_as)


def register_many(
    drafts: Sequence[RecordDraft], *, by: Actor, occurred_at: datetime | None = None
) -> list[UUID]:
    """``register`` for a batch of new persons, in order."""
    return actions.register_many(drafts, by=by, occurred_at=occurred_at)


def give_consent(draft: ConsentDraft, *, by: Actor, occurred_at: datetime | None = None) -> UUID:
    """Record that a person said yes; effective at once. See ``actions.give_consent``."""
    return actions.give_consent(draft, by=by, occurred_at=occurred_at)


def withdraw_consent(person_id: UUID, consent_id: UUID, *, by: Actor, how: How) -> None:
    """Record that a person stops; effective at once."""
    actions.withdraw_consent(person_id, consent_id, by=by, how=how)


def register_panel(panel: Panel) -> None:
    """Put a part of one's own on the person's pages; call it in ``ready()``. The same key replaces."""
    _panels[panel.key] = panel


def panels_for(place: Place, actor: Actor, person: PersonShape) -> list[tuple[Panel, dict[str, object]]]:
    """The panels of a place that have something to show, in order, each with its template's values."""
    found = []
    for panel in sorted(_panels.values(), key=lambda p: (p.order, p.key)):
        if panel.place is place:
            values = panel.context(actor, person)
            if values is not None:
                found.append((panel, dict(values)))
    return found


_panels: dict[str, Panel] = {}
