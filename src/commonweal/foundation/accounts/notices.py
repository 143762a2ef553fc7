"""What accounts send: one-time links, invitations, and word of a change. Nothing sensitive stands in them."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from commonweal.foundation.access.context import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import installation, throttle, tokens
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.jobs import defer, job
from commonweal.foundation.messages import send_email, send_sms
from commonweal.kernel.text import fold

SENDER = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
LINKS, LINKS_WITHIN = 3, timedelta(minutes=15)


def ask_link(address: str, browser: str, language: str) -> None:
    """Queue the work of sending a link; whether the address is known shows only inside the job."""
    defer(deliver_link, address=address, browser=browser, language=language)


@job(name="accounts.deliver_link")
def deliver_link(*, address: str, browser: str, language: str) -> None:
    """Send a one-time link to a resident of this address; to staff and strangers nothing is sent."""
    with acting(SENDER):
        _deliver(address, browser, language)


def _deliver(address: str, browser: str, language: str) -> None:
    account = resident_at(address)
    if account is None or not throttle.allowed("link-to", address, times=LINKS, within=LINKS_WITHIN):
        return
    by_mail = account.email == fold(address)
    to = account.email if by_mail and account.email else account.phone
    url = absolute(reverse("accounts:link", args=[tokens.new_link(account, to, browser)]))
    send = send_email if by_mail else send_sms
    send(
        to=to,
        template="accounts/mail/link",
        context={"url": url, "table": installation.name()},
        language=account.language or language,
    )


def resident_at(address: str) -> Account | None:
    """The active resident's account with this e-mail address or, written in any way, phone number."""
    residents = Account.objects.filter(kind=Account.Kind.RESIDENT, is_active=True)
    if "@" in address:
        return residents.filter(email=fold(address)).first()
    digits = "".join(c for c in address if c.isdigit())[-10:]
    if len(digits) < 7:
        return None
    found = [a for a in residents.filter(phone__gt="") if _digits(a.phone).endswith(digits)]
    return found[0] if len(found) == 1 else None


def _digits(phone: str) -> str:
    return "".join(c for c in phone if c.isdigit())


def send_invitation(account: Account, secret: str, *, partner: str = "") -> None:
    """Send an invitation to its address."""
    url = absolute(reverse("accounts:invitation", args=[secret]))
    _send_mail(account, "accounts/mail/invitation", url=url, partner=partner)


def tell_of_change(account: Account) -> None:
    """Tell the account that its passkeys changed, so that a thief is noticed."""
    if account.email:
        _send_mail(account, "accounts/mail/changed")


def tell_address_is_taken(address: str, language: str) -> None:
    """Tell an address, and nobody else, that a second page was to be opened with it; twice a day at most."""
    if not throttle.allowed("taken-to", address, times=2, within=timedelta(days=1)):
        return
    with acting(SENDER):
        send_email(
            to=address,
            template="accounts/mail/taken",
            context={"table": installation.name()},
            language=language,
        )


def _send_mail(account: Account, template: str, **context: str) -> None:
    """Queue a message of the platform itself, not of the partner for whom somebody acts just now."""
    with acting(SENDER):
        send_email(
            to=account.email or "",
            template=template,
            context={"table": installation.name(), "name": account.name, **context},
            language=account.language,
        )


def absolute(path: str) -> str:
    """A link for a message: always to our own configured origin, never to the host that a request named."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"
