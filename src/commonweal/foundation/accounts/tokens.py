"""Secrets that are sent once: only the hash is kept, they end by time, by use and by tries."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.db.models import F

from commonweal.foundation.accounts.models import Account, Invitation, Membership, SignInLink
from commonweal.kernel.clock import now

INVITATION_LASTS = timedelta(days=7)
LINK_LASTS = timedelta(minutes=10)
TRIES = 5


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    """256 random bits in 43 characters that may stand in a URL."""
    return secrets.token_urlsafe(32)


def new_invitation(
    account: Account,
    invited_by: Account | None,
    *,
    membership: Membership | None = None,
    partner_id: UUID | None = None,
    role: str = "",
    recovers: bool = False,
) -> str:
    """A fresh invitation for ``account``; earlier ones of the same partner are dead at once."""
    moment = now()
    partner_id = membership.partner_id if membership else partner_id
    open_ones = Invitation.objects.filter(account=account, used_at=None, withdrawn_at=None)
    open_ones.filter(partner_id=partner_id).update(withdrawn_at=moment)
    secret = new_secret()
    Invitation.objects.create(
        token_hash=hashed(secret),
        account=account,
        membership=membership,
        partner_id=partner_id,
        role=membership.role if membership else role,
        recovers=recovers,
        invited_by=invited_by,
        sent_to=account.email or "",
        created_at=moment,
        expires_at=moment + INVITATION_LASTS,
    )
    return secret


def new_link(account: Account, sent_to: str, browser: str) -> str:
    """A fresh one-time link to ``sent_to``, bound to the browser that asked; earlier ones are dead."""
    moment = now()
    SignInLink.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=moment)
    secret = new_secret()
    SignInLink.objects.create(
        token_hash=hashed(secret),
        account=account,
        sent_to=sent_to,
        browser_hash=hashed(browser) if browser else "",
        created_at=moment,
        expires_at=moment + LINK_LASTS,
    )
    return secret


def live_invitation(secret: str, *, lock: bool = False) -> Invitation | None:
    """The invitation that this secret opens now, or None: unknown, used, ended and withdrawn look alike."""
    rows = Invitation.objects.select_for_update(of=("self",)) if lock else Invitation.objects.all()
    found = rows.filter(
        token_hash=hashed(secret), used_at=None, withdrawn_at=None, expires_at__gt=now()
    ).select_related("account", "membership")
    invitation = found.first()
    if invitation is None or invitation.sent_to != (invitation.account.email or ""):
        return None
    if invitation.membership_id and not _waits(invitation.membership):
        return None
    return invitation


def _waits(membership: Membership | None) -> bool:
    return membership is not None and membership.until is None


def live_link(secret: str, *, lock: bool = False) -> SignInLink | None:
    """The one-time link that this secret opens now, or None."""
    rows = SignInLink.objects.select_for_update(of=("self",)) if lock else SignInLink.objects.all()
    found = rows.filter(
        token_hash=hashed(secret),
        used_at=None,
        withdrawn_at=None,
        expires_at__gt=now(),
        tries__lt=TRIES,
        account__is_active=True,
    ).select_related("account")
    link = found.first()
    if link is None or link.sent_to not in (link.account.email, link.account.phone):
        return None
    return link


def count_try(link: SignInLink) -> None:
    """One wrong address was named with this link."""
    SignInLink.objects.filter(pk=link.pk).update(tries=F("tries") + 1)


def use(token: Invitation | SignInLink) -> bool:
    """Spend a token; False when someone else spent it in the same moment."""
    return bool(
        type(token).objects.filter(pk=token.pk, used_at=None, withdrawn_at=None).update(used_at=now())
    )
