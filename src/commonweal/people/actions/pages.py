"""A person's own page: the account through which they see and decide."""

from uuid import UUID

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.accounts.actions import open_resident_account
from commonweal.foundation.accounts.models import Account
from commonweal.kernel.errors import Conflict, NotFound
from commonweal.kernel.words import N_
from commonweal.people import access
from commonweal.people.actions.common import act, ensure
from commonweal.people.queries.persons import contact, known_here
from commonweal.people.vocabulary import Channel

LINKED = N_("Opened your own page.")


@act
def give_own_page(person_id: UUID, *, by: Actor, email: str = "", phone: str = "") -> UUID:
    """Open an account through which the person sees their own page; returns the account's id.

    They come in by a one-time link or a passkey. Raises Conflict when the person has one already, or when
    somebody known here uses the address. Of an account that is not known here nothing is told: the page is
    opened all the same, reached by the telephone where texts are welcome, and the address gets a letter.
    """
    how = contact(person_id)
    if how is None:
        raise NotFound("person")
    verdict = access.may_give_page(by, known=known_here(person_id))
    ensure(verdict)
    return open_resident_account(
        name=how.name,
        by=by,
        verdict=verdict,
        email=email,
        phone=phone or ("" if email else how.phone),
        else_phone=how.phone if how.may(Channel.TEXT) else "",
        language=how.language if how.language in ("en", "es") else "en",
        person_id=person_id,
    )


@act
def link_account(person_id: UUID, account_id: UUID, *, by: Actor) -> None:
    """Say that a resident's account is this person's. Raises Conflict where either has another already."""
    if contact(person_id) is None:
        raise NotFound("person")
    ensure(access.may_give_page(by, known=known_here(person_id)))
    free = Account.objects.filter(id=account_id, kind=Account.Kind.RESIDENT, person_id=None)
    if Account.objects.filter(person_id=person_id).exists() or not free.update(person_id=person_id):
        raise Conflict("The person or the account is linked already.")
    audit.record(
        "person.account_linked",
        by=by,
        subject=("account", account_id),
        person_id=person_id,
        words=LINKED,
    )
