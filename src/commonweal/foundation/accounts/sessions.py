"""One session: how it begins, what keeps it alive, as whom it acts, and how it ends.

The server alone keeps the time (SECURITY P14, N05 to N09): idle and absolute limits are read from the
session row, and nothing that a client sends can lengthen them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, login, logout
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from commonweal.foundation.access.context import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import installation
from commonweal.foundation.accounts.models import Account, Membership, as_uuid
from commonweal.kernel.clock import now

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

BACKEND = "commonweal.foundation.accounts.backend.AccountBackend"
ABSOLUTE = timedelta(hours=12)
IDLE = {Account.Kind.STAFF: timedelta(minutes=15), Account.Kind.RESIDENT: timedelta(minutes=30)}
NOTE_EVERY = timedelta(seconds=30)
"""How stale the idle clock may be: a session ends at most this much early, never late."""

_BEGAN, _SEEN, _FACTOR, _SEAT = "began", "seen", "factor", "seat"
SELF = "self"


class Factor(StrEnum):
    """With what someone signed in."""

    PASSKEY = "passkey"
    LINK = "link"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Seat:
    """One way in which an account may act: for a partner in a role, or for itself."""

    membership_id: UUID | None
    role: Role
    partner_id: UUID | None

    @property
    def key(self) -> str:
        """Names the seat in a form."""
        return str(self.membership_id) if self.membership_id else SELF


def seats_of(account: Account) -> list[Seat]:
    """Every way in which ``account`` may act now, oldest first; its own person last."""
    live = Membership.objects.live().filter(account=account).order_by("since", "id")
    seats = [Seat(m.pk, Role(m.role), m.partner_id) for m in live]
    if account.person_id:
        seats.append(Seat(None, Role.RESIDENT, None))
    return seats


def begin(request: HttpRequest, account: Account, factor: Factor) -> list[Seat]:
    """Sign ``account`` in with a new session id, whatever session the browser brought.

    Sits down at once where there is only one seat. Returns the seats to choose from.
    Staff never come in by a link: that is a fault of the caller, and raises ValueError.
    """
    if account.is_staff_member and factor is Factor.LINK:
        raise ValueError("staff sign in with a passkey")
    request.session.flush()
    login(request, account, backend=BACKEND)
    request.session.set_expiry(0)
    moment = now().timestamp()
    request.session.update({_BEGAN: moment, _SEEN: moment, _FACTOR: factor.value})
    seats = seats_of(account)
    if len(seats) == 1:
        _sit(request, seats[0])
    return seats


def sit(request: HttpRequest, account: Account, key: str) -> Seat | None:
    """Act from now on in the seat named ``key``: new session id, new form tokens. None if it isn't theirs."""
    chosen = next((seat for seat in seats_of(account) if seat.key == key), None)
    if chosen is None:
        return None
    request.session.cycle_key()
    rotate_token(request)
    _sit(request, chosen)
    return chosen


def _sit(request: HttpRequest, seat: Seat) -> None:
    request.session[_SEAT] = seat.key
    setattr(request, "seat", seat)  # noqa: B010  # a plain attribute that django-stubs does not know


def end(request: HttpRequest) -> None:
    """Sign out: the session row is gone, so a kept cookie opens nothing."""
    logout(request)
    setattr(request, "seat", None)  # noqa: B010


def end_all(account: Account) -> None:
    """End every session of ``account``, on every device, with its next request."""
    account.session_seed = Account._meta.get_field("session_seed").get_default()
    account.save(update_fields=["session_seed"])


def end_others(request: HttpRequest, account: Account) -> None:
    """End every session of ``account`` but this one, which goes on under a new id."""
    end_all(account)
    request.session.cycle_key()
    request.session[HASH_SESSION_KEY] = account.get_session_auth_hash()


def is_over(request: HttpRequest, account: Account) -> bool:
    """Whether the session has outlived its idle or absolute limit, or came in by a door now shut."""
    session, moment = request.session, now().timestamp()
    began, seen, factor = session.get(_BEGAN), session.get(_SEEN), session.get(_FACTOR)
    if not isinstance(began, (int, float)) or not isinstance(seen, (int, float)):
        return True
    if moment - began >= ABSOLUTE.total_seconds():
        return True
    if moment - seen >= IDLE[Account.Kind(account.kind)].total_seconds():
        return True
    if factor == Factor.DEMO:
        return not installation.demo_is_on(account.entered_where)
    return factor != Factor.PASSKEY and (account.is_staff_member or factor != Factor.LINK)


def note_use(request: HttpRequest) -> None:
    """A human did something: the idle clock starts again."""
    moment = now().timestamp()
    if moment - request.session.get(_SEEN, 0) >= NOTE_EVERY.total_seconds():
        request.session[_SEEN] = moment


def ends_at(request: HttpRequest) -> datetime | None:
    """When this session ends if nothing more is done in it."""
    account = account_of(request)
    seen, began = request.session.get(_SEEN), request.session.get(_BEGAN)
    if account is None or seen is None or began is None:
        return None
    last = min(seen + IDLE[Account.Kind(account.kind)].total_seconds(), began + ABSOLUTE.total_seconds())
    return datetime.fromtimestamp(last, tz=now().tzinfo)


def account_of(request: HttpRequest) -> Account | None:
    """Who is signed in, or None."""
    user = cast("Account | AnonymousUser", getattr(request, "user", None))
    return user if isinstance(user, Account) else None


def current_seat(request: HttpRequest, account: Account) -> Seat | None:
    """The seat that the session chose, as the database has it in this request: one that was ended is gone."""
    key = request.session.get(_SEAT)
    if not key:
        return None
    if key == SELF:
        return Seat(None, Role.RESIDENT, None) if account.person_id else None
    named = as_uuid(key)
    if account.entered_with is not None:
        chosen = (Seat(pk, Role(role), partner) for pk, role, partner in account.entered_with if pk == named)
        return next(chosen, None)
    live = Membership.objects.live().filter(pk=named, account=account).first() if named else None
    return Seat(live.pk, Role(live.role), live.partner_id) if live else None


def actor_for(request: HttpRequest, purpose: Purpose) -> Actor:
    """Who acts in this request, for ``purpose``: the signed-in account in its seat, or the public."""
    account = account_of(request)
    seat: Seat | None = getattr(request, "seat", None)
    if account is None or seat is None:
        return Actor.public()
    return Actor(
        role=seat.role,
        purpose=purpose,
        partner_id=seat.partner_id,
        account_id=account.pk,
        person_id=account.person_id if seat.role is Role.RESIDENT else None,
        name=account.name,
    )
