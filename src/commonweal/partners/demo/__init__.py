"""The demo's table: twenty organizations, those who work there, nine resident members, and the bodies.

Built through the acts of partners alone. ``seed`` is called once, on an empty database marked as a demo.
"""

from datetime import date, timedelta
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import actions as accounts
from commonweal.foundation.accounts import demo as accounts_demo
from commonweal.foundation.accounts.models import Account
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.ids import named_id
from commonweal.kernel.verdict import allow
from commonweal.kernel.words import N_
from commonweal.partners import actions, queries
from commonweal.partners.demo import bodies, taking_part
from commonweal.partners.demo.cast import LORETTA_CARD, RESIDENTS, WORKERS, Worker
from commonweal.partners.demo.organizations import ORGANIZATIONS, Organization
from commonweal.partners.vocabulary import MemberKind

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
MONTH = timedelta(days=30.44)
LORETTA = "loretta.hayes@neighbors.example"


def partner_id(slug: str) -> UUID:
    """The id of a partner of the demo: the same in every demo, so that links go on working."""
    return named_id("demo.partner", slug)


def actor(name: str, purpose: Purpose = Purpose.COORD) -> Actor:
    """Someone of the cast by full name, in their role, for other seeds. LookupError if unknown."""
    worker = next((w for w in WORKERS if w.name == name), None)
    if worker is None:
        raise LookupError(name)
    account = Account.objects.get_by_natural_key(worker.email)
    return Actor(worker.role, purpose, partner_id(worker.partner), account.pk, name=worker.name)


def speaker(name: str) -> Actor:
    """Someone of the cast at the table, deciding together."""
    if name != "Loretta Hayes":
        return actor(name, Purpose.GOV)
    account = Account.objects.get(email=LORETTA)
    return Actor(Role.MEMBER, Purpose.GOV, account_id=account.pk, name=name)


def keeper() -> Actor:
    """Priya Nair, keeping the table's record."""
    return actor("Priya Nair", Purpose.GOV)


def seed() -> None:
    """Lay the table."""
    with acting(SETUP):
        for organization in ORGANIZATIONS:
            _join(organization)
        for worker in WORKERS:
            _seat(worker)
        for name, months in RESIDENTS:
            _welcome(name, months)
        bodies.seed(SETUP)
        taking_part.seed(SETUP)
    taking_part.speak(speaker)


def _ago(months: int) -> date:
    return today() - months * MONTH


def _join(organization: Organization) -> None:
    o = organization
    made = actions.join(
        by=SETUP,
        partner_id=partner_id(o.slug),
        slug=o.slug,
        name=o.name,
        sector=o.sector,
        kind=o.kind,
        can_do=o.can_do,
        cannot_do=o.cannot_do,
        languages=o.languages,
        email=o.email,
        phone=o.phone,
        place=o.place,
        is_victim_service_provider=o.is_victim_service_provider,
        joined_on=_ago(o.months),
    )
    for name, title in o.members:
        if not any(w.name == name for w in WORKERS):
            actions.add_member(
                made, by=SETUP, name=name, title=title, kind=MemberKind.DELEGATE, joined_on=_ago(o.months)
            )


def _seat(worker: Worker) -> None:
    joined = next(o.months for o in ORGANIZATIONS if o.slug == worker.partner)
    with at(now() - joined * MONTH):
        invited = actions.invite_member(
            partner_id(worker.partner),
            by=SETUP,
            name=worker.name,
            email=worker.email,
            role=worker.role,
            title=worker.title,
            language=worker.language,
            send=False,
        )
    accounts_demo.awake(invited.account_id)
    if worker.card:
        order, title, words = worker.card
        accounts_demo.offer(invited.account_id, order=order, title=title, words=words)


def _welcome(name: str, months: int) -> None:
    account_id = None
    if name == "Loretta Hayes":
        account_id = accounts.open_resident_account(
            name=name,
            email=LORETTA,
            by=SETUP,
            verdict=allow("demo.seed", N_("The demo is being built.")),
        )
        order, title, words = LORETTA_CARD
        accounts_demo.offer(account_id, order=order, title=title, words=words)
    actions.welcome_resident_member(
        by=SETUP,
        name=name,
        lives_here=True,
        is_or_was_served=True,
        account_id=account_id,
        joined_on=_ago(months),
    )


def is_laid() -> bool:
    """Whether the table has been laid already."""
    return queries.backbone() is not None
