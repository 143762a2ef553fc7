"""A table under bylaws for tests: partners with seats, a residents' council, and a clock held in the past.

Polls of the past are a seed's story, whose clock is the one that is held; ``tests/security/test_ballots.py``
has those of the present, whose clock is the database's.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import bylaws, casting, certifying, polling, proposing
from commonweal.governance.models import Poll
from commonweal.governance.queries.board import boards_of
from commonweal.governance.queries.polls import polls_of_round
from commonweal.governance.rules import recount
from commonweal.governance.shapes_questions import Receipt
from commonweal.governance.vocabulary import Matter, Result
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.errors import Refused
from commonweal.partners.models import Body, Holding, Meeting, Member, Partner, Presence, Seat
from commonweal.partners.vocabulary import (
    Authority,
    BodyKind,
    Kind,
    MemberClass,
    MemberKind,
    SeatRole,
    Sector,
)
from commonweal.partners.vocabulary_meetings import MeetingStage

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="setup")
START = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)

LAWS = """\
name = "Test Table"
residents_body = "residents"

[body.residents]
article = "3.2"
text.en = "A majority of those who vote."

[matter.bylaws]
article = "9.1"
text.en = "Two thirds."
body = "table"
threshold = "2/3"

[matter.data-sharing]
article = "6.2"
text.en = "Two thirds, and the residents."
body = "table"
threshold = "2/3"
residents_yes = true
longest_days = 400
[matter.data-sharing.challenge]
within_days = 30
suspends = true
"""
PLAIN = """
[matter.position]
article = "5.1"
text.en = "A majority of the votes cast."
body = "table"
"""

SECTORS = (Sector.HEALTH_CARE, Sector.SOCIAL_SERVICES, Sector.HOUSING, Sector.FAITH)


@dataclass
class World:
    """Ids and actors: ``voters`` are the table's, by voter id in the order of their making."""

    backbone: Actor
    backbone_id: UUID
    bodies: dict[str, UUID]
    voters: dict[str, Actor] = field(default_factory=dict)
    residents: dict[str, Actor] = field(default_factory=dict)
    seats: dict[str, UUID] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    leads: dict[str, Actor] = field(default_factory=dict)

    def voter(self, place: int) -> str:
        return list(self.voters)[place]

    def actor(self, voter: str) -> Actor:
        return {**self.voters, **self.residents}[voter]


def account(name: str) -> UUID:
    """An account that is awake."""
    row = Account.objects.create(
        kind=Account.Kind.STAFF,
        name=name,
        email=f"{name.casefold().replace(' ', '.')}@example.org",
        is_active=True,
    )
    return row.pk


def partner(name: str, sector: Sector, kind: Kind = Kind.ORGANIZATION, above: UUID | None = None) -> UUID:
    slug = name.casefold().replace(" ", "-")
    return Partner.objects.create(
        slug=slug,
        name=name,
        sector=sector.value,
        kind=kind.value,
        joined_on=date(2026, 1, 5),
        **({"controlled_by_id": above} if above else {}),
    ).pk


def sit(
    body: UUID,
    name: str,
    *,
    partner_id: UUID | None = None,
    authority: Authority = Authority.FULL,
    role: SeatRole = SeatRole.MEMBER,
    place: str = "",
    sector: Sector | None = None,
) -> tuple[UUID, Actor]:
    """A seat with somebody in it; without a partner it is a resident's."""
    who = account(name)
    member = Member.objects.create(
        partner_id=partner_id,
        account_id=who,
        name=name,
        kind=(MemberKind.DELEGATE if partner_id else MemberKind.RESIDENT).value,
        lives_here=True,
        is_or_was_served=partner_id is None,
        joined_on=date(2026, 1, 5),
    )
    seat = Seat.objects.create(
        body_id=body,
        partner_id=partner_id,
        member_class="" if partner_id else MemberClass.RESIDENT.value,
        role=role.value,
        place=place,
        sector=sector.value if sector else "",
        starts_on=date(2026, 1, 5),
    )
    Holding.objects.create(
        seat=seat, member=member, authority=authority.value, starts_on=date(2026, 1, 5),
        bounds="small things" if authority is Authority.BOUNDED else "",
    )  # fmt: skip
    actor = Actor(Role.MEMBER, Purpose.GOV, None if partner_id is None else partner_id, who, name=name)
    return seat.pk, actor


def lay(
    laws: str = LAWS + PLAIN,
    *,
    partners: int = 5,
    residents: int = 3,
    authorities: Sequence[Authority] = (),
    sectors: Sequence[Sector] = SECTORS,
    chair: int | None = None,
    starts_at: datetime = START - 10 * DAY,
) -> World:
    """A table with so many partners and resident seats, under these bylaws."""
    with acting(SETUP), at(min(START, starts_at) - 20 * DAY):
        backbone_id = partner("Alder Commons", Sector.SOCIAL_SERVICES, Kind.BACKBONE)
        bodies = {
            slug: Body.objects.create(slug=slug, name=name, kind=kind.value, starts_on=date(2026, 1, 5)).pk
            for slug, name, kind in (
                ("table", "The Table", BodyKind.BOARD),
                ("residents", "Residents’ Council", BodyKind.COUNCIL),
            )
        }
        priya = Actor(Role.ORG_ADMIN, Purpose.GOV, backbone_id, account("Priya Nair"), name="Priya Nair")
        world = World(priya, backbone_id, bodies)
        for n in range(partners):
            pid = partner(f"Partner {n}", sectors[n % len(sectors)])
            seat, actor = sit(
                bodies["table"],
                f"Delegate {n}",
                partner_id=pid,
                authority=authorities[n] if n < len(authorities) else Authority.FULL,
                role=SeatRole.CHAIR if n == chair else SeatRole.MEMBER,
            )
            world.voters[f"partner:{pid}"], world.seats[f"partner:{pid}"] = actor, seat
        for n in range(residents):
            seat, actor = sit(bodies["residents"], f"Resident {n}")
            world.residents[f"seat:{seat}"], world.seats[f"seat:{seat}"] = actor, seat
        bylaws.lay_down(laws, by=SETUP, starts_at=starts_at)
    return world


def ask(world: World, matter: Matter = Matter.POSITION, *, by: int = 0, **more: Any) -> UUID:
    """A question put by one of the table's voters."""
    actor = world.actor(world.voter(by))
    with acting(actor):
        return proposing.propose(
            by=actor,
            matter=matter,
            title="Rides to the clinic",
            question="Shall we support rides to the clinic?",
            sections=[("What", "Rides on weekdays.")],
            **more,
        )


def open_vote(world: World, question: UUID, **more: Any) -> tuple[UUID, ...]:
    with acting(world.backbone):
        return polling.open_voting(question, by=world.backbone, **more)


def gather(
    world: World, *there: str, body: str = "table", stage: MeetingStage = MeetingStage.RUNNING
) -> UUID:
    """A meeting that runs, with who is there."""
    with acting(world.backbone):
        made = Meeting.objects.create(
            body_id=world.bodies[body], starts_at=now(), opened_at=now(), stage=stage.value
        )
        for voter in there:
            Presence.objects.create(
                meeting=made, seat_id=world.seats[voter], name=voter, came_at=now() - timedelta(minutes=5)
            )
    return made.pk


def cast(world: World, poll: UUID, voter: str, position: str | Mapping[str, Any], **more: Any) -> Receipt:
    """Cast for a voter by its own actor, of a position or a whole choice."""
    choice = {"position": position, "reason": "because"} if isinstance(position, str) else position
    actor = world.actor(voter)
    with acting(actor):
        return casting.cast(poll, by=actor, voter=voter, choice=choice, **more)


def cast_all(world: World, poll: UUID, positions: Iterable[str | Mapping[str, Any] | None]) -> list[Receipt]:
    """The table's voters in order, each with a position; None stays away."""
    return [
        cast(world, poll, voter, said)
        for voter, said in zip(world.voters, positions, strict=False)
        if said is not None
    ]


def residents_say(world: World, poll: UUID, positions: Iterable[str | None]) -> None:
    for voter, said in zip(world.residents, positions, strict=False):
        if said is not None:
            cast(world, poll, voter, said)


def finish(world: World, question: UUID, when: datetime) -> Result:
    """Close every poll of the question and certify, as the timetable does."""
    with at(when), acting(THE_COUNT):
        for poll in polls_of_round(_row(question)):
            certifying.close(poll.pk, by=THE_COUNT)
        result = certifying.certify(question, by=THE_COUNT)
        for found in boards_of(question):
            assert recount.verify(json.loads(json.dumps(found))) == [], "the outsider counts otherwise"
        return result


def _row(question: UUID) -> Any:
    return Poll.objects.filter(proposal_id=question).select_related("proposal").first().proposal


def voted(world: World, positions: list[str | None], **more: object) -> tuple[UUID, UUID]:
    """A question on which the table voted so, with its main poll, still open."""
    with at(START):
        question = ask(world, **more)
        poll, *_rest = open_vote(world, question)
        cast_all(world, poll, positions)
    return question, poll


def settled(world: World, positions: list[str | None], **more: object) -> Result:
    question, _poll = voted(world, positions, **more)
    return finish(world, question, START + 8 * DAY)


def rule(**more: str) -> str:
    return LAWS + PLAIN + "\n".join(f"{key} = {value}" for key, value in more.items()) + "\n"


def alternate_of(world: World, voter: str) -> Actor:
    """Somebody who stands in for the holder of a partner's seat, since yesterday."""
    partner = UUID(voter.partition(":")[2])
    with acting(SETUP):
        who = account("Alma Ternate")
        member = Member.objects.create(
            partner_id=partner, account_id=who, name="Alma", kind=MemberKind.DELEGATE.value,
            joined_on=today() - DAY,
        )  # fmt: skip
        Holding.objects.create(
            seat_id=world.seats[voter], member=member, is_alternate=True,
            authority=Authority.FULL.value, starts_on=today() - DAY,
        )  # fmt: skip
    return Actor(Role.MEMBER, Purpose.GOV, partner, who, name="Alma")


def judge(world: World, said: UUID, *, is_conflict: bool = True, why: str = "It does.") -> bool | None:
    """The others judge an interest one after another, until enough have."""
    found: bool | None = None
    for actor in world.voters.values():
        with acting(actor):
            try:
                found = polling.judge_conflict(said, by=actor, is_conflict=is_conflict, why=why)
            except Refused:
                continue
        if found is not None:
            break
    return found


def refused(by: Actor, write: Callable[[], Any]) -> bool:
    """Whether the database refuses a statement in this actor's context; nothing of it stays."""
    try:
        with acting(by), transaction.atomic():
            write()
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
            transaction.set_rollback(True)
    except DatabaseError as fault:
        return getattr(fault.__cause__, "sqlstate", "") == "42501"
    return False
