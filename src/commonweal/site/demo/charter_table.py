"""Laying an invented small table under a charter, by the acts that a real one uses; opening its question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import actions as accounts
from commonweal.foundation.accounts import demo as accounts_demo
from commonweal.foundation.accounts import installation
from commonweal.governance import charters
from commonweal.governance.actions import bylaws, casting, polling, proposing
from commonweal.governance.queries import bylaws as rules
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import at, day_of, now, today
from commonweal.kernel.text import fold
from commonweal.kernel.verdict import allow
from commonweal.kernel.words import N_
from commonweal.partners import actions as partners
from commonweal.partners import facade
from commonweal.partners.demo import next_meeting
from commonweal.partners.shapes import SeatShape
from commonweal.partners.vocabulary import Authority, Kind, MemberClass, Sector
from commonweal.site import chartering
from commonweal.site.demo.tables import TABLES, Asked, Org, Small

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
FOUNDED = timedelta(days=400)
BOUND = timedelta(days=365)
"""How long ago the table was founded, and since when its bylaws bind it."""
GIVEN = (
    "Abby",
    "Ben",
    "Carmen",
    "Dean",
    "Elsa",
    "Frank",
    "Gina",
    "Hugo",
    "Irma",
    "Jon",
    "Kim",
    "Lou",
    "Marta",
    "Ned",
    "Opal",
)
FAMILY = (
    "Ash",
    "Birch",
    "Cole",
    "Dove",
    "Elder",
    "Fisk",
    "Gray",
    "Hale",
    "Inman",
    "Jolly",
    "Knox",
    "Lane",
    "Marsh",
    "Nye",
)
"""Of which the names of volunteers are made up."""


@dataclass
class Laid:
    """A table as laid. ``people``: actors by slug of their organization or by a resident's name."""

    small: Small
    backbone: Actor
    people: dict[str, Actor] = field(default_factory=dict)
    partner_ids: dict[str, UUID] = field(default_factory=dict)
    members: dict[str, UUID] = field(default_factory=dict)
    bodies: dict[str, UUID] = field(default_factory=dict)

    def seat_of(self, body: str, who: str) -> SeatShape:
        """The seat in which an organization's delegate or a resident sits. LookupError where they do not."""
        for seat in facade.seats_of([self.bodies[body]])[self.bodies[body]]:
            if seat.holder and seat.holder.member_id == self.members[who]:
                return seat
        raise LookupError(who)

    def voter(self, body: str, who: str) -> str:
        """Under which name their vote is counted there."""
        return self.seat_of(body, who).voter_id


def lay(small: Small, *, moment: datetime | None = None, language: str = "en") -> Laid:
    """Found the table as it was ``FOUNDED`` ago, seat everyone, and let its bylaws bind it since."""
    day = moment or now()
    charter = charters.charter(small.charter)
    with at(day - FOUNDED), acting(SETUP):
        laid = _join(small, day_of(day - FOUNDED))
        _welcome(laid)
        chartering.found_bodies(charter, by=SETUP, language=language)
        laid.bodies.update({body.slug: body.id for body in facade.bodies()})
        _add_leads(laid)
        for slug, body_id in laid.bodies.items():
            _fill(laid, slug, body_id)
        bylaws.lay_down(charter.text, by=SETUP, starts_at=day - BOUND, words=charter.name)
    return laid


def _join(small: Small, day: date) -> Laid:
    office = partners.join(
        by=SETUP,
        slug=slugify(small.backbone),
        name=small.backbone,
        sector=Sector.SOCIAL_SERVICES,
        kind=Kind.BACKBONE,
        joined_on=day,
    )
    laid = Laid(
        small, _worker(office, small.convener, slugify(small.backbone), Role.ORG_ADMIN, N_("Convener"))
    )
    for org in small.orgs:
        laid.partner_ids[org.slug] = partners.join(
            by=SETUP, slug=org.slug, name=org.name, sector=org.sector, place=org.place, joined_on=day
        )
    for org in small.orgs:
        partner_id = laid.partner_ids[org.slug]
        if org.above:
            partners.set_control(partner_id, laid.partner_ids[org.above], by=SETUP)
        laid.people[org.slug] = _worker(
            partner_id, org.delegate, org.slug, Role.MEMBER, org.title or N_("Delegate")
        )
        laid.members[org.slug] = facade.members_of(partner_id)[0].id
        if org.chief:
            laid.people[f"{org.slug}/chief"] = _worker(
                partner_id, org.chief, org.slug, Role.ORG_ADMIN, N_("Administrator")
            )
    return laid


def _worker(partner_id: UUID, name: str, place: str, role: Role, title: str) -> Actor:
    email = f"{'.'.join(fold(name).replace('.', '').split())}@{place}.example"
    invited = partners.invite_member(
        partner_id, by=SETUP, name=name, email=email, role=role, title=title, send=False
    )
    accounts_demo.awake(invited.account_id)
    return Actor(role, Purpose.GOV, partner_id, invited.account_id, name=name)


def _welcome(laid: Laid) -> None:
    for name, _place in laid.small.residents:
        account_id = accounts.open_resident_account(
            name=name,
            email=f"{'.'.join(fold(name).split())}@neighbors.example",
            by=SETUP,
            verdict=allow("demo.seed", N_("The demo is being built.")),
        )
        laid.members[name] = partners.welcome_resident_member(
            by=SETUP,
            name=name,
            lives_here=True,
            is_or_was_served=True,
            account_id=account_id,
            joined_on=today(),
        )
        laid.people[name] = Actor(Role.MEMBER, Purpose.GOV, None, account_id, name=name)


def _add_leads(laid: Laid) -> None:
    for lead in laid.small.leads:
        partners.add_seat(
            laid.bodies[lead.body], by=SETUP, partner_id=laid.partner_ids[lead.who], role=lead.role
        )


def _fill(laid: Laid, slug: str, body_id: UUID) -> None:
    """Seat each delegate for the organization, residents in order, those of a seat's place first, and
    volunteers where the table names them."""
    leading = iter(laid.small.volunteers.get(slug, ()))
    authority = {laid.partner_ids[org.slug]: org for org in laid.small.orgs}
    waiting = dict(laid.small.residents)
    first = laid.small.sits.get(slug)
    waiting = {first: waiting[first], **waiting} if first else waiting
    for seat in facade.seats_of([body_id]).get(body_id, []):
        if seat.partner_id:
            org = authority[seat.partner_id]
            _sit(seat, laid.members[org.slug], org.authority)
        elif seat.is_resident and waiting:
            name = next((n for n, place in waiting.items() if place == seat.place), next(iter(waiting)))
            del waiting[name]
            _sit(seat, laid.members[name], Authority.FULL)
        elif seat.member_class is MemberClass.VOLUNTEER and (who := next(leading, "")):
            _sit(seat, laid.members[who], Authority.FULL)
    if count := laid.small.takes_part.get(slug):
        partners.enroll(body_id, by=SETUP, names=_volunteers(slug, count))


def _volunteers(slug: str, count: int) -> list[str]:
    """So many invented names, other ones for each body."""
    pairs = [f"{given} {family}" for family in FAMILY for given in GIVEN]
    start = sum(slug.encode()) * 7 % len(pairs)
    return [pairs[(start + n * 11) % len(pairs)] for n in range(count)]


def _sit(seat: SeatShape, member_id: UUID, authority: Authority) -> None:
    partners.fill_seat(seat.id, by=SETUP, member_id=member_id, authority=authority)


def ask(laid: Laid, asked: Asked | None = None) -> UUID:
    """Put the table's question, or another, from the seat of the one who asks it, and give notice where the
    bylaws have a time for it; returns its id."""
    asked = asked or laid.small.asked
    by = laid.people[asked.by]
    ends = today() + timedelta(days=asked.days) if asked.days else None
    with acting(by):
        question = proposing.propose(
            by=by,
            matter=Matter(asked.matter),
            title=asked.title,
            question=asked.question,
            effect=asked.effect,
            params={key: _named(value, laid) for key, value in asked.params.items()},
            sections=[(N_("Why now"), asked.why)] if asked.why else [],
            ends_on=ends,
            body=asked.body,
        )
    rule = rules.rule_for(Matter(asked.matter), asked.body)
    if rule and rule.notice_days:
        with acting(laid.backbone):
            polling.give_notice(question, by=laid.backbone)
    return question


def _named(value: object, laid: Laid) -> object:
    if isinstance(value, list):
        return [_named(one, laid) for one in value]
    if isinstance(value, str) and value.startswith("@"):
        return str(laid.partner_ids[value[1:]])
    return value


def open_vote(laid: Laid, question: UUID) -> tuple[UUID, ...]:
    """Open the vote, as the backbone does; the first poll is the deciding body's."""
    with acting(laid.backbone):
        return polling.open_voting(question, by=laid.backbone)


def cast(laid: Laid, poll: UUID, body: str, says: Mapping[str, str]) -> None:
    """Let each cast from the own seat in a body, with their own hand."""
    for who, position in says.items():
        by = laid.people[who]
        with acting(by):
            casting.cast(
                poll,
                by=by,
                voter=laid.voter(body, who),
                choice={"position": position, "reason": N_("As we said in the meeting.")},
            )


def open_question(laid: Laid) -> UUID:
    """The demo's: put eight days ago, open now, some have cast."""
    asked = laid.small.asked
    with at(now() - timedelta(days=8)):
        question = ask(laid)
    polls = open_vote(laid, question)
    rule = rules.rule_for(Matter(asked.matter), asked.body)
    assert rule is not None
    cast(laid, polls[0], rule.body, asked.says)
    with acting(laid.backbone):
        next_meeting.call(laid.bodies[rule.body], by=laid.backbone)
    return question


def introduction() -> accounts_demo.Introduction | None:
    """What to tell on the door of a charter's demo: its rule, and where it bites in the open question."""
    named = {charters.charter(slug).name: (charters.charter(slug), small) for slug, small in TABLES.items()}
    charter, small = named.get(installation.name(), (None, None))
    if charter is None or small is None:
        return None
    said = charter.summary.get((get_language() or "en")[:2]) or charter.summary.get("en", "")
    return accounts_demo.Introduction(said, gettext(small.asked.question), gettext(small.asked.bites))


def offer_cards(laid: Laid) -> None:
    """Put everyone on the page where a visitor picks whom to be: the convener, delegates, residents."""
    _offer(laid.backbone, 10, N_("Backbone"), N_("Keeps the record and the calendar, and has no vote."))
    for place, org in enumerate(laid.small.orgs, start=20):
        _offer(laid.people[org.slug], place, org.name, _said_of(org))
        if org.chief:
            _offer(
                laid.people[f"{org.slug}/chief"], 40 + place, org.name, N_("Decides for the organization.")
            )
    for place, (name, _where) in enumerate(laid.small.residents, start=80):
        _offer(
            laid.people[name],
            place,
            N_("Resident"),
            N_("Sits for those who are served. Holds a seat and a vote."),
        )


def _said_of(org: Org) -> str:
    if org.authority is Authority.NONE:
        return N_("Speaks for the organization, and has to ask before deciding.")
    return N_("Sits for the organization and may decide for it.")


def _offer(actor: Actor, order: int, title: str, words: str) -> None:
    assert actor.account_id is not None
    accounts_demo.offer(actor.account_id, order=order, title=title, words=words)
