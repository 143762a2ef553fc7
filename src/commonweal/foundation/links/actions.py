"""Issuing, opening and closing links."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Now

from commonweal.foundation.links.models import SignedLink


@dataclass(frozen=True, slots=True)
class Link:
    """An open link."""

    id: UUID
    kind: str
    subject: UUID
    partner_id: UUID | None
    issued_at: datetime
    expires_at: datetime


def issue(
    *, kind: str, subject: UUID, partner_id: UUID | None, valid_for: timedelta, uses: int | None = None
) -> str:
    """A fresh token of 43 characters (256 bits); only its hash is stored. ``uses`` None: any number."""
    token = secrets.token_urlsafe(32)
    SignedLink.objects.create(
        token_hash=_hash(token),
        kind=kind,
        subject_id=subject,
        partner_id=partner_id,
        expires_at=Now() + valid_for,
        uses_left=uses,
    )
    return token


def open_link(token: str, kind: str) -> Link | None:
    """What this token opens, or None: unknown, of another kind, expired, used up and closed look alike.

    Time is the database's. Each opening of a counted link takes one use.
    """
    live = SignedLink.objects.filter(
        Q(uses_left__isnull=True) | Q(uses_left__gt=0),
        token_hash=_hash(token),
        kind=kind,
        closed_at__isnull=True,
        expires_at__gt=Now(),
    )
    if not live.update(last_opened_at=Now(), uses_left=F("uses_left") - 1):
        return None
    row = SignedLink.objects.get(token_hash=_hash(token))
    return Link(row.id, row.kind, row.subject_id, row.partner_id, row.issued_at, row.expires_at)


def lapsed_link(token: str, kind: str, *, quiet: timedelta) -> Link | None:
    """What this token opened until its time ran out, so that a fresh link can be sent to the address on file.

    None for every other token: unknown, of another kind, closed on purpose, or still open. None also where
    its partner got a newer one within ``quiet``, so that an old link in a stranger's hand floods no mailbox.
    """
    row = SignedLink.objects.filter(
        token_hash=_hash(token), kind=kind, closed_at__isnull=True, expires_at__lte=Now()
    ).first()
    if row is None:
        return None
    same = SignedLink.objects.filter(kind=kind, subject_id=row.subject_id, partner_id=row.partner_id)
    if same.filter(issued_at__gt=Now() - quiet).exists():
        return None
    return Link(row.id, row.kind, row.subject_id, row.partner_id, row.issued_at, row.expires_at)


def close_link(*, kind: str, subject: UUID, why: str) -> int:
    """Close every open link of ``kind`` to ``subject``; returns how many."""
    return SignedLink.objects.filter(kind=kind, subject_id=subject, closed_at__isnull=True).update(
        closed_at=Now(), closed_why=why
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
