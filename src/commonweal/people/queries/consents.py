"""Consents as the actor may see them, and what they amount to."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from commonweal.foundation.access.models import AccessTerms
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.periods import Interval
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape
from commonweal.partners.vocabulary import Sector
from commonweal.people.models import Consent
from commonweal.people.rules.consent import Party, Provision, Terms
from commonweal.people.rules.validity import Draft
from commonweal.people.shapes import ConsentDraft, ConsentShape
from commonweal.people.vocabulary import ConsentStatus, How, Law, PartyClass, ProvisionKind

_CLASSES: dict[Sector, frozenset[PartyClass]] = {
    Sector.HEALTH_CARE: frozenset({PartyClass.TREATING_PROVIDER}),
    Sector.BEHAVIORAL_HEALTH: frozenset({PartyClass.TREATING_PROVIDER}),
    Sector.PAYER: frozenset({PartyClass.HEALTH_PLAN, PartyClass.THIRD_PARTY_PAYER}),
    Sector.PUBLIC_HEALTH: frozenset({PartyClass.COUNTY_AGENCY}),
    Sector.GOVERNMENT: frozenset({PartyClass.COUNTY_AGENCY}),
    Sector.EDUCATION: frozenset({PartyClass.SCHOOL}),
    Sector.SOCIAL_SERVICES: frozenset({PartyClass.SOCIAL_SERVICE}),
    Sector.HOUSING: frozenset({PartyClass.SOCIAL_SERVICE}),
    Sector.FAITH: frozenset({PartyClass.SOCIAL_SERVICE}),
}
_COVERED = frozenset({Sector.HEALTH_CARE, Sector.BEHAVIORAL_HEALTH, Sector.PAYER})
"""Sectors whose partners are HIPAA covered entities (DOMAIN §2.1): a default that counsel checks."""


def party_of(partner: PartnerShape) -> Party:
    """A partner as the consent rules see it."""
    return Party(
        id=partner.id,
        classes=_CLASSES.get(partner.sector, frozenset()),
        covered=partner.sector in _COVERED,
        victim_services=partner.is_victim_service_provider,
    )


def is_school(partner: PartnerShape) -> bool:
    return partner.sector is Sector.EDUCATION


def rule_draft(draft: ConsentDraft, discloser: PartnerShape, moment: datetime) -> Draft:
    """A draft as the rules of validity check it."""
    return Draft(
        discloser=party_of(discloser),
        recipient_ids=frozenset(draft.recipient_ids),
        recipient_classes=frozenset(draft.recipient_classes),
        segments=frozenset(draft.segments),
        purposes=frozenset(draft.purposes),
        start=draft.starts_at or moment,
        end=draft.ends_at,
        how=draft.how,
        words=draft.words,
        witness=draft.witness,
        school=is_school(discloser),
        topics=frozenset(draft.topics),
    )


def in_classes(classes: Iterable[PartyClass]) -> list[PartnerShape]:
    """The partners at the table today that belong to one of the classes; a victim service provider never
    by class."""
    wanted = frozenset(classes)
    if not wanted:
        return []
    return [
        partner
        for partner in partners.all_partners()
        if party_of(partner).classes & wanted and not partner.is_victim_service_provider
    ]


def shape_of(consent: Consent) -> ConsentShape:
    return ConsentShape(
        id=consent.id,
        person_id=consent.person_id,
        discloser_id=consent.discloser_id,
        recipient_ids=tuple(consent.recipient_ids),
        recipient_classes=tuple(PartyClass(c) for c in consent.recipient_classes),
        segments=tuple(Segment(s) for s in consent.segments),
        purposes=tuple(Purpose(p) for p in consent.purposes),
        topics=tuple(NeedDomain(t) for t in consent.topics),
        both_ways=consent.both_ways,
        start=consent.starts_at,
        end=consent.ends_at,
        how=How(consent.how),
        language=consent.language,
        words=consent.words,
        laws=tuple(Law(law) for law in consent.laws),
        given_at=consent.occurred_at,
        revoked_at=consent.revoked_at,
        declined=consent.status == ConsentStatus.REJECTED.value,
    )


def of_person(person_id: UUID) -> list[ConsentShape]:
    """Every consent of this person that the actor may see, newest first; also those over or declined."""
    return [shape_of(consent) for consent in Consent.objects.filter(person_id=person_id)]


def live_of_person(person_id: UUID, at: datetime | None = None) -> list[ConsentShape]:
    """Those of ``of_person`` in force at a moment, by default now."""
    moment = at or now()
    return [consent for consent in of_person(person_id) if consent.in_force(moment)]


def toward_me(person_id: UUID, segment: Segment, purpose: Purpose) -> list[ConsentShape]:
    """The consents on which it rests, now, that the acting partner receives this segment for this purpose.

    Also those whose rows it may not read otherwise: a copy of the consent goes along with what it lets go.
    """
    rows = Consent.objects.raw(
        "select * from people_consents_toward_me(%s, %s, %s)", [person_id, segment.value, purpose.value]
    )
    return [shape_of(row) for row in rows]


def told_by(discloser_id: UUID) -> frozenset[UUID]:
    """The partners to whom an agreement in force now lets this one tell something about persons."""
    live = AccessTerms.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=Now()),
        discloser_id=discloser_id,
        ended_at__isnull=True,
        starts_at__lte=Now(),
    )
    return frozenset(live.values_list("recipient_id", flat=True).distinct())


def one(person_id: UUID, consent_id: UUID) -> Consent | None:
    """One consent of this person, or None: hidden, absent and another person's look alike."""
    return Consent.objects.filter(id=consent_id, person_id=person_id).first()


def terms_of(consents: Sequence[ConsentShape]) -> list[Terms]:
    """Consents as the deciding function reads them: one for each direction in which they let something go."""
    return [terms for consent in consents for terms in _directions(consent)]


def _directions(consent: ConsentShape) -> list[Terms]:
    receivers: frozenset[UUID | PartyClass] = frozenset({*consent.recipient_ids, *consent.recipient_classes})
    found = [_terms(consent, frozenset({consent.discloser_id}), receivers)]
    if consent.both_ways and consent.recipient_ids:
        found.append(_terms(consent, frozenset(consent.recipient_ids), frozenset({consent.discloser_id})))
    return found


def _terms(consent: ConsentShape, disclosers: frozenset[UUID], actors: frozenset[UUID | PartyClass]) -> Terms:
    return Terms(
        id=consent.id,
        status=ConsentStatus.REJECTED if consent.declined else ConsentStatus.ACTIVE,
        laws=frozenset(consent.laws),
        disclosers=disclosers,
        valid=Interval(consent.start, consent.end),
        root=Provision(
            ProvisionKind.PERMIT,
            actors=actors,
            segments=frozenset(consent.segments),
            purposes=frozenset(consent.purposes),
        ),
        revoked_at=consent.revoked_at,
    )
