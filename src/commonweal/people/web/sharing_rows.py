"""What a person shares, with whom, and whether it takes effect now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import PURPOSE_NAMES, SEGMENT_NAMES, Segment
from commonweal.foundation.ui.lines import DecisionLine
from commonweal.governance import facade as governance
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NAMES, SAFETY_DOMAINS
from commonweal.kernel.verdict import Verdict
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape
from commonweal.people.queries.consents import of_person as consents_of_person
from commonweal.people.queries.sharing import may_share
from commonweal.people.queries.wording import CLASS_NAMES
from commonweal.people.rules.minimum import elements_for
from commonweal.people.shapes import ConsentShape, PersonShape
from commonweal.people.vocabulary import ELEMENT_NAMES, HOW_NAMES, Element


@dataclass(frozen=True, slots=True)
class SharingRow:
    """One consent in words. ``verdict`` says whether it takes effect now, where the reader may know."""

    consent: ConsentShape
    who: str
    discloser: str
    what: str
    about: str
    private: str
    why: str
    how: str
    state: str
    verdict: Verdict | None
    line: DecisionLine | None

    @property
    def is_live(self) -> bool:
        return self.state == "live"


def of_person(person: PersonShape, actor: Actor) -> list[SharingRow]:
    """Every consent that the actor may see, those in force first."""
    consents = consents_of_person(person.id)
    names = partners.partners({i for c in consents for i in (c.discloser_id, *c.recipient_ids)})
    rows = [_row(consent, names, actor) for consent in consents]
    return sorted(rows, key=lambda row: (not row.is_live, -row.consent.given_at.timestamp()))


def endangers(consent: ConsentShape, names: Mapping[UUID, PartnerShape]) -> bool:
    """Whether showing the consent on a screen at home could put the person in danger (SECURITY W1).

    By its segments, by its topics and by its parties: each alone is enough.
    """
    parties = [names[i] for i in (consent.discloser_id, *consent.recipient_ids) if i in names]
    violence = Segment.DOMESTIC_VIOLENCE in consent.segments or not SAFETY_DOMAINS.isdisjoint(consent.topics)
    return violence or any(party.is_victim_service_provider for party in parties)


def kept_from_home(person_id: UUID) -> frozenset[UUID]:
    """The consents that the person's own page leaves out, and their log with them."""
    consents = consents_of_person(person_id)
    names = partners.partners({i for c in consents for i in (c.discloser_id, *c.recipient_ids)})
    return frozenset(consent.id for consent in consents if endangers(consent, names))


def _row(consent: ConsentShape, names: Mapping[UUID, PartnerShape], actor: Actor) -> SharingRow:
    live = consent.in_force(now())
    known = [names[i].name for i in consent.recipient_ids if i in names]
    return SharingRow(
        consent=consent,
        who=joined([*known, *(_(CLASS_NAMES[c]) for c in consent.recipient_classes)]),
        discloser=names[consent.discloser_id].name if consent.discloser_id in names else "",
        what=what_is_shared(consent),
        about=", ".join(_(NAMES[t]) for t in consent.topics),
        private=joined([_(SEGMENT_NAMES[s]) for s in consent.segments if s is not Segment.GENERAL]),
        why=joined([_(PURPOSE_NAMES[p]) for p in consent.purposes]),
        how=_(HOW_NAMES[consent.how]),
        state=state_of(consent, now()),
        verdict=_verdict(consent, actor) if live else None,
        line=_line(consent) if live else None,
    )


def state_of(consent: ConsentShape, at: datetime) -> str:
    """``live``, ``declined``, ``stopped``, ``ended`` or ``later``."""
    if consent.declined:
        return "declined"
    if consent.revoked_at is not None and consent.revoked_at <= at:
        return "stopped"
    if consent.end is not None and consent.end <= at:
        return "ended"
    return "live" if consent.start <= at else "later"


def what_is_shared(consent: ConsentShape) -> str:
    """The elements that go along, as a list in words."""
    elements = elements_for(consent.topics) if consent.topics else frozenset(Element)
    return joined([_(ELEMENT_NAMES[e]) for e in Element if e in elements])


def _verdict(consent: ConsentShape, actor: Actor) -> Verdict | None:
    """The database's own answer for the first recipient; None where it is not the actor's to ask."""
    concerned = {consent.discloser_id, *consent.recipient_ids}
    asks = actor.person_id == consent.person_id or actor.partner_id in concerned
    if not asks or not consent.recipient_ids:
        return None
    topic = consent.topics[0] if consent.topics else ""
    answers = [
        may_share(
            consent.person_id,
            consent.discloser_id,
            recipient,
            consent.segments[0],
            consent.purposes[0],
            topic=topic,
        )
        for recipient in consent.recipient_ids
    ]
    return next((answer for answer in answers if not answer), answers[0])


def _line(consent: ConsentShape) -> DecisionLine | None:
    if not consent.recipient_ids:
        return None
    agreement = governance.agreement_between(
        consent.discloser_id, consent.recipient_ids[0], consent.segments[0], consent.purposes[0]
    )
    mandate = agreement.mandate if agreement else None
    return governance.decision_line(mandate.id) if mandate else None


def joined(parts: Sequence[str]) -> str:
    """A list as people say it: *a, b and c*."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
