"""Saying yes, saying no, and stopping."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from commonweal.foundation import audit, bus
from commonweal.foundation.access import Actor
from commonweal.foundation.access.facts import record_consent, revoke_consent
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape
from commonweal.people import access
from commonweal.people.actions.common import act, database_now, ensure
from commonweal.people.events import ConsentGiven, ConsentWithdrawn
from commonweal.people.models import Consent, SourceRecord
from commonweal.people.queries.consents import in_classes, rule_draft
from commonweal.people.queries.persons import known_here, standings
from commonweal.people.rules.drafts import settled_consent
from commonweal.people.rules.validity import Draft, faults, laws_needed
from commonweal.people.rules.words import WORDS_VERSION
from commonweal.people.shapes import ConsentDraft
from commonweal.people.vocabulary import ConsentStatus, How, PartyClass

GIVEN = N_("Wrote down that you said yes to sharing.")
DECLINED = N_("Wrote down that you said no to sharing.")
STOPPED = N_("Stopped sharing, as you asked.")


@act
def give_consent(draft: ConsentDraft, *, by: Actor, occurred_at: datetime | None = None) -> UUID:
    """Record that a person said yes; effective at once. Returns the consent's id.

    Raises BadInput (``where`` is the rule) when something is missing that a law asks for, NotFound for
    a person whom the actor may not see, Refused when it is not the actor's to record.
    """
    discloser, draft = _may_record(draft, by), settled_consent(draft)
    checked = rule_draft(draft, discloser, occurred_at or now())
    found = faults(checked)
    if found:
        raise BadInput(found[0].rule, found[0].sentence)
    consent = _row(draft, checked, by, ConsentStatus.ACTIVE, occurred_at or now())
    consent.save(force_insert=True)
    _write_facts(consent, draft.starts_at)
    _tell_given(consent, by)
    return consent.id


@act
def give_consents(
    drafts: Sequence[ConsentDraft], *, by: Actor, occurred_at: datetime | None = None
) -> list[UUID]:
    """``give_consent`` for a batch, in one transaction: for seeds and imports."""
    return [give_consent(draft, by=by, occurred_at=occurred_at) for draft in drafts]


@act
def decline_consent(draft: ConsentDraft, *, by: Actor, occurred_at: datetime | None = None) -> UUID:
    """Record that a person was asked and said no. *Declined* is not *never asked*; nothing is shared."""
    discloser, draft = _may_record(draft, by), settled_consent(draft)
    checked = rule_draft(draft, discloser, occurred_at or now())
    if not draft.words.strip():
        raise BadInput("consent.no-words", N_("The words must be shown to the person first."))
    consent = _row(draft, checked, by, ConsentStatus.REJECTED, occurred_at or now())
    consent.save(force_insert=True)
    audit.record(
        "consent.declined",
        by=by,
        subject=("consent", consent.id),
        person_id=draft.person_id,
        words=DECLINED,
        details={"how": draft.how.value},
        occurred_at=consent.occurred_at,
    )
    return consent.id


def _may_record(draft: ConsentDraft, by: Actor) -> PartnerShape:
    discloser_id = draft.discloser_id or by.partner_id
    if not SourceRecord.objects.filter(person_id=draft.person_id).exists():
        raise NotFound("person")
    discloser = partners.partner(discloser_id) if discloser_id else None
    if discloser is None:
        raise BadInput("consent.no-discloser", N_("Choose whose information it is about."))
    known, standing = known_here(draft.person_id), standings([draft.person_id]).get(draft.person_id, ())
    ensure(access.may_record_consent(by, draft.person_id, discloser.id, known=known, standing=standing))
    return discloser


def _row(draft: ConsentDraft, checked: Draft, by: Actor, status: ConsentStatus, moment: datetime) -> Consent:
    recipients = partners.partners(draft.recipient_ids)
    shelters = any(p.is_victim_service_provider for p in recipients.values())
    return Consent(
        person_id=draft.person_id,
        holder_id=checked.discloser.id,
        discloser_id=checked.discloser.id,
        recipient_ids=sorted(recipients),
        recipient_classes=sorted(c.value for c in draft.recipient_classes),
        segments=sorted(s.value for s in draft.segments),
        purposes=sorted(p.value for p in draft.purposes),
        topics=sorted(t.value for t in draft.topics),
        # What goes to a shelter does not come back by itself (DOMAIN §2.5).
        both_ways=draft.both_ways and not shelters,
        laws=sorted(law.value for law in laws_needed(checked)),
        status=status.value,
        words=draft.words,
        words_version=WORDS_VERSION,
        language=draft.language,
        how=draft.how.value,
        signed_name=draft.signed_name,
        signed_for=draft.signed_for,
        witness=draft.witness,
        interpreter=draft.interpreter,
        recorded_by=by.account_id,
        starts_at=checked.start,
        ends_at=draft.ends_at,
        occurred_at=moment,
    )


def _write_facts(consent: Consent, starts_at: datetime | None) -> None:
    """The grants that follow: named recipients, each partner of a named class today, and the way back."""
    classes = [PartyClass(c) for c in consent.recipient_classes]
    named = frozenset(consent.recipient_ids)
    by_class = frozenset(p.id for p in in_classes(classes)) - named - {consent.discloser_id}
    ways = [(consent.discloser_id, recipient) for recipient in sorted(named | by_class)]
    if consent.both_ways:
        ways += [(recipient, consent.discloser_id) for recipient in sorted(named)]
    for discloser, recipient in ways:
        record_consent(
            document_id=consent.id,
            person_id=consent.person_id,
            discloser_id=discloser,
            recipient_id=recipient,
            named=recipient not in by_class,
            segments=[Segment(s) for s in consent.segments],
            purposes=[Purpose(p) for p in consent.purposes],
            topics=consent.topics,
            starts_at=_begins(consent.starts_at, starts_at),
            ends_at=consent.ends_at,
        )


def _begins(moment: datetime, asked: datetime | None) -> datetime:
    """When the grant starts: as asked, else at once. The database compares with the start of the
    transaction, so a yes counts within the transaction that recorded it too."""
    return asked or min(moment, database_now())


def _tell_given(consent: Consent, by: Actor) -> None:
    audit.record(
        "consent.given",
        by=by,
        subject=("consent", consent.id),
        person_id=consent.person_id,
        words=GIVEN,
        details={"how": consent.how, "segments": consent.segments, "purposes": consent.purposes},
        occurred_at=consent.occurred_at,
    )
    bus.publish(
        ConsentGiven(
            consent_id=consent.id,
            person_id=consent.person_id,
            discloser_id=consent.discloser_id,
            recipient_ids=tuple(consent.recipient_ids),
            segments=tuple(Segment(s) for s in consent.segments),
            purposes=tuple(Purpose(p) for p in consent.purposes),
            start=consent.starts_at,
            end=consent.ends_at,
            occurred_at=consent.occurred_at,
        )
    )


@act
def withdraw_consent(
    person_id: UUID, consent_id: UUID, *, by: Actor, how: How, occurred_at: datetime | None = None
) -> None:
    """Stop a consent, effective at once: on the person's own page, or told to a worker.

    Queued letters and messages are stopped by those who hear ``ConsentWithdrawn``, and asked again when
    they leave. Raises NotFound for a consent that is hidden, absent or another person's.
    """
    consent = Consent.objects.select_for_update().filter(id=consent_id, person_id=person_id).first()
    if consent is None:
        raise NotFound("consent")
    verdict = access.may_withdraw(by, consent, known=known_here(person_id))
    ensure(verdict)
    moment = now()
    consent.revoked_at = max(occurred_at or moment, consent.starts_at)
    consent.revoked_recorded_at, consent.revoked_how, consent.revoked_by = moment, how.value, by.account_id
    consent.save(update_fields=["revoked_at", "revoked_recorded_at", "revoked_how", "revoked_by"])
    revoke_consent(consent.id)
    audit.record(
        "consent.withdrawn",
        by=by,
        subject=("consent", consent.id),
        person_id=person_id,
        words=STOPPED,
        because=verdict.rule,
        details={"how": how.value},
        occurred_at=occurred_at,
    )
    bus.publish(
        ConsentWithdrawn(
            consent_id=consent.id,
            person_id=person_id,
            discloser_id=consent.discloser_id,
            recipient_ids=tuple(consent.recipient_ids),
            segments=tuple(Segment(s) for s in consent.segments),
            purposes=tuple(Purpose(p) for p in consent.purposes),
            occurred_at=consent.revoked_at,
        )
    )
