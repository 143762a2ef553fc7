"""Break-glass: reading in an emergency what the person could not be asked for (DOMAIN §2.8, SECURITY P08).

A clinician gives a reason and gets at most an hour. The privacy officer of the organization is told by a
list that waits for review, the person by their own log; the database counts (five an hour) and keeps the
record as it was. Counseling notes, domestic violence and a victim service provider's rows stay shut.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models.functions import Now

from commonweal.foundation import audit
from commonweal.foundation.access.context import Actor, acting
from commonweal.foundation.access.models import AccessGlass
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.foundation.accounts.models import Account
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.verdict import deny
from commonweal.kernel.words import N_

LONGEST = 60
"""Minutes that a broken glass lasts at the most."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One emergency opening, for the privacy officer who reviews it."""

    id: UUID
    person_id: UUID
    who: str
    reason: str
    starts_at: datetime
    ends_at: datetime


def break_glass(person_id: UUID, *, reason: str, by: Actor, minutes: int = LONGEST) -> UUID:
    """Open this person's records to ``by`` for ``minutes``, at most an hour; returns the opening's id.

    Raises BadInput without a reason in words, Refused where the role may not, or after five in an hour.
    """
    words = " ".join(reason.split())
    if len(words) < 10:
        raise BadInput("reason", "Say in words what the emergency is.")
    if by.partner_id is None or by.account_id is None:
        raise Refused(deny("access.glass", N_("Only someone who acts for an organization does this.")))
    emergency = by.for_purpose(Purpose.EMERG)
    with acting(emergency):
        try:
            with transaction.atomic():
                row = AccessGlass.objects.create(
                    person_id=person_id,
                    partner_id=by.partner_id,
                    account_id=by.account_id,
                    reason=words,
                    ends_at=Now() + timedelta(minutes=min(minutes, LONGEST)),
                )
        except DatabaseError as refusal:
            raise Refused(
                deny(
                    "access.glass",
                    N_("Emergency opening is for clinicians, five times an hour at the most."),
                    N_("Call the privacy officer of your organization."),
                )
            ) from refusal
        audit.record(
            "glass.broken",
            by=emergency,
            subject=("glass", row.id),
            person_id=person_id,
            words=N_("opened your records in an emergency, for an hour at most, without asking you first"),
            because="access.glass",
        )
    return row.id


def open_until(person_id: UUID, *, by: Actor) -> datetime | None:
    """Until when the glass that ``by`` broke for this person stays broken; None when it is whole."""
    if by.account_id is None:
        return None
    open_now = AccessGlass.objects.filter(
        person_id=person_id, account_id=by.account_id, closed_at__isnull=True, ends_at__gt=Now()
    )
    return open_now.order_by("-ends_at").values_list("ends_at", flat=True).first()


def to_review() -> list[Opening]:
    """Openings of the acting privacy officer's organization that nobody has reviewed, oldest first."""
    rows = list(AccessGlass.objects.filter(reviewed_at__isnull=True).order_by("starts_at"))
    names = dict(Account.objects.filter(pk__in={r.account_id for r in rows}).values_list("pk", "name"))
    return [_opening(r, names.get(r.account_id, "")) for r in rows]


def opening(glass_id: UUID) -> Opening:
    """One opening that waits for review. Raises NotFound."""
    found = next((o for o in to_review() if o.id == glass_id), None)
    if found is None:
        raise NotFound("glass")
    return found


def review(glass_id: UUID, *, was_right: bool, words: str, by: Actor) -> None:
    """A privacy officer, not the one who broke it, says whether it was right. Raises NotFound, BadInput."""
    found = opening(glass_id)
    said = " ".join(words.split())
    if not said:
        raise BadInput("words", "Say in a sentence why.")
    with transaction.atomic():
        AccessGlass.objects.filter(pk=glass_id).update(
            reviewed_at=Now(),
            reviewed_by=by.account_id,
            review=f"{'right' if was_right else 'wrong'}: {said}",
        )
        audit.record(
            "glass.reviewed",
            by=by,
            subject=("glass", glass_id),
            person_id=found.person_id,
            words=N_("checked the emergency opening of your records: it was right")
            if was_right
            else N_("checked the emergency opening of your records: it was not right"),
        )


def _opening(row: AccessGlass, who: str) -> Opening:
    return Opening(row.id, row.person_id, who, row.reason, row.starts_at, row.ends_at)
