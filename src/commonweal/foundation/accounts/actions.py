"""Acts on accounts. Who may do them is decided above, where partners are known: each takes that verdict."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from commonweal.foundation import audit
from commonweal.foundation.access.context import Actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts import notices, passkeys, sessions, tokens
from commonweal.foundation.accounts.events import SeatTaken
from commonweal.foundation.accounts.models import Account, Invitation, Membership
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.text import fold
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_

NOT_FOR_HUMANS = frozenset(
    {Role.RESIDENT, Role.PROXY, Role.APP, Role.BACKEND_SERVICE, Role.ADT_SENDER, Role.PUBLIC}
)
"""Roles that no membership gives: they come from being a person, from consent, or from a program's key."""
WITHOUT_PARTNER = frozenset({Role.MEMBER, Role.OPERATOR, Role.ELECTION_OFFICER})
"""Roles that may be held for nobody but oneself, as a resident member does."""


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of an invitation. ``secret`` is shown or sent now and never again."""

    account_id: UUID
    membership_id: UUID | None
    secret: str


def _allowed(verdict: Verdict) -> None:
    if not verdict:
        raise Refused(verdict)


@transaction.atomic
def open_staff_account(
    *, name: str, email: str, by: Actor, verdict: Verdict, language: str = "en", asleep: bool = True
) -> UUID:
    """An account for someone who works for a partner; asleep until an invitation was accepted.

    An existing account of that address is given back as it is. A resident's account at that address is
    another thing, and nothing is told of it.
    """
    _allowed(verdict)
    existing = Account.objects.with_email(email)
    if existing is not None:
        return existing.pk
    account = Account.objects.create(
        kind=Account.Kind.STAFF, name=name.strip(), email=email, language=language, is_active=not asleep
    )
    audit.record(
        "account.opened", by=by, subject=("account", account.pk), words=N_("Opened an account for staff.")
    )
    return account.pk


@transaction.atomic
def open_resident_account(
    *,
    name: str,
    by: Actor,
    verdict: Verdict,
    email: str = "",
    phone: str = "",
    else_phone: str = "",
    language: str = "en",
    person_id: UUID | None = None,
) -> UUID:
    """An account for a resident, reached by e-mail or phone; with ``person_id``, of a person served.

    Raises Conflict when the person has an account already, or the address has one that ``by`` may know of.
    Of any other account at that address ``by`` learns nothing (SECURITY A17): this one is made with
    ``else_phone`` in the place of the address, and a letter to the address says so to whoever reads it.
    """
    _allowed(verdict)
    if not (email.strip() or phone.strip()):
        raise BadInput("email", "An account needs an e-mail address or a phone number.")
    known = Account.objects.with_email(email, Account.Kind.RESIDENT)
    if (known and known.person_id) or (person_id and Account.objects.filter(person_id=person_id).exists()):
        raise Conflict("There is an account already.")
    opened = Account(
        kind=Account.Kind.RESIDENT,
        name=name.strip(),
        email=email or None,
        phone=phone.strip(),
        language=language,
        person_id=person_id,
    )
    account = _with_or_without_address(opened, else_phone)
    audit.record(
        "account.opened",
        by=by,
        subject=("account", account.pk),
        person_id=person_id,
        words=N_("Opened an account for a resident."),
    )
    return account.pk


def _with_or_without_address(account: Account, else_phone: str) -> Account:
    """Keep a resident's account; where its address is another's, without the address."""
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as clash:
        address, account.email = account.email, None
        account.phone = account.phone or else_phone
        if address is None:
            raise Conflict("There is an account already.") from clash
        account.save(force_insert=True)
        notices.tell_address_is_taken(address, account.language)
    return account


@transaction.atomic
def seat(
    account_id: UUID,
    *,
    partner_id: UUID | None,
    role: Role,
    by: Actor,
    verdict: Verdict,
    until: datetime | None = None,
) -> UUID:
    """Let an account act for a partner in a role, ``until`` a moment where its term is set beforehand.
    Doing so twice changes nothing. Returns the membership."""
    _allowed(verdict)
    if role in NOT_FOR_HUMANS or (partner_id is None and role not in WITHOUT_PARTNER):
        raise BadInput("role", "This role can’t be given in this way.")
    membership, made = Membership.objects.live().get_or_create(
        account_id=account_id, partner_id=partner_id, role=role.value, defaults={"until": until}
    )
    if made:
        audit.record(
            "membership.began",
            by=by,
            subject=("membership", membership.pk),
            words=N_("Gave someone a role."),
            details={"role": role.value, "partner": str(partner_id or "")},
        )
    return membership.pk


@transaction.atomic
def unseat(membership_id: UUID, *, why: str, by: Actor, verdict: Verdict) -> None:
    """End a membership; its sessions lose it with their next request. Ending it twice changes nothing."""
    _allowed(verdict)
    membership = Membership.objects.select_for_update().filter(pk=membership_id).first()
    if membership is None:
        raise NotFound("membership")
    if membership.until is not None and membership.until <= now():
        return
    membership.until, membership.ended_why = max(now(), membership.since), why.strip()[:300]
    membership.save(update_fields=["until", "ended_why"])
    Invitation.objects.filter(membership=membership, used_at=None, withdrawn_at=None).update(
        withdrawn_at=now()
    )
    audit.record(
        "membership.ended",
        by=by,
        subject=("membership", membership.pk),
        words=N_("Ended someone’s role."),
        details={"role": membership.role, "partner": str(membership.partner_id or "")},
    )


@transaction.atomic
def unseat_partner(partner_id: UUID, *, why: str, by: Actor, verdict: Verdict) -> int:
    """End every membership of a partner that left. Returns how many."""
    _allowed(verdict)
    live = list(Membership.objects.live().filter(partner_id=partner_id).values_list("pk", flat=True))
    for membership_id in live:
        unseat(membership_id, why=why, by=by, verdict=verdict)
    offered = Invitation.objects.filter(partner_id=partner_id, used_at=None, withdrawn_at=None)
    offered.update(withdrawn_at=now())
    return len(live)


@transaction.atomic
def invite(
    account_id: UUID,
    membership_id: UUID | None,
    *,
    by: Actor,
    verdict: Verdict,
    partner_id: UUID | None = None,
    role: Role | None = None,
) -> Invited:
    """Invite an account to the seat of ``membership_id``, or to a seat that is made when it accepts.

    For an account that sleeps this ends in its first passkey. For one that is awake and holds the seat it
    is the way back after a loss: a new passkey replaces all earlier ones. Older invitations of the same
    partner are dead. Whoever calls sends or hands over the secret.
    """
    _allowed(verdict)
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound("account")
    live = Membership.objects.live().filter(account=account)
    membership = live.filter(pk=membership_id).first() if membership_id else None
    host = Account.objects.filter(pk=by.account_id).first() if by.account_id else None
    secret = tokens.new_invitation(
        account,
        host,
        membership=membership,
        partner_id=partner_id,
        role=role.value if role else "",
        recovers=account.is_active and (membership is not None or role is None),
    )
    audit.record(
        "account.invited",
        by=by,
        subject=("account", account.pk),
        words=N_("Invited someone to make a passkey."),
    )
    return Invited(account.pk, membership.pk if membership else None, secret)


def asks_for_passkey(invitation: Invitation) -> bool:
    """Whether accepting makes a passkey; else the account takes one seat more with the passkey it has."""
    return invitation.recovers or not invitation.account.is_active


@transaction.atomic
def accept(invitation: Invitation, passkey: Authenticator | None, *, by: Actor) -> None:
    """Spend an invitation: with a passkey just made, or in the session of the account itself.

    A passkey ends every earlier passkey and session of the account. Raises Conflict when the invitation
    was spent in the same moment.
    """
    if asks_for_passkey(invitation) is not (passkey is not None) or not tokens.use(invitation):
        raise Conflict("This invitation was used a moment ago.")
    account = invitation.account
    if passkey is not None:
        passkeys.remove_all_but(account, passkey)
        sessions.end_all(account)
        account.is_active = True
        account.save(update_fields=["is_active"])
    if invitation.membership_id is None and invitation.role:
        _take_seat(invitation)
    audit.record(
        "invitation.accepted",
        by=by,
        subject=("account", account.pk),
        words=N_("Accepted an invitation."),
    )


def _take_seat(invitation: Invitation) -> None:
    """Make the membership that was offered."""
    Membership.objects.get_or_create(
        account=invitation.account, partner_id=invitation.partner_id, role=invitation.role, until=None
    )
    publish(SeatTaken(invitation.account_id, invitation.partner_id, invitation.role))


@transaction.atomic
def close(account_id: UUID, *, why: str, by: Actor, verdict: Verdict) -> None:
    """Shut an account: no sign-in, no session, no role any more. It is kept, since the record names it."""
    _allowed(verdict)
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise NotFound("account")
    for membership in Membership.objects.live().filter(account=account):
        unseat(membership.pk, why=why, by=by, verdict=verdict)
    account.is_active = False
    account.save(update_fields=["is_active"])
    sessions.end_all(account)
    audit.record("account.closed", by=by, subject=("account", account.pk), words=N_("Closed an account."))


@transaction.atomic
def change_address(account_id: UUID, *, email: str, by: Actor, verdict: Verdict) -> None:
    """Another e-mail address. Links and invitations sent to the old one are dead."""
    _allowed(verdict)
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise NotFound("account")
    taken = Account.objects.filter(kind=account.kind, email=fold(email)).exclude(pk=account.pk)
    if taken.exists():
        raise Conflict("This address has an account already.")
    account.email = email
    account.save(update_fields=["email"])
    audit.record(
        "account.address", by=by, subject=("account", account.pk), words=N_("Changed an e-mail address.")
    )
