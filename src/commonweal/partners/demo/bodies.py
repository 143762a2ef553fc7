"""The demo's bodies, their seats and who sits there. All invented.

The Table has twenty seats: fifteen of organizations, five of residents. The Food workgroup lacks its third
co-lead since Sam Tully left.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.kernel.clock import today
from commonweal.kernel.ids import named_id
from commonweal.kernel.words import N_
from commonweal.partners import actions
from commonweal.partners.models import Member
from commonweal.partners.vocabulary import Authority, BodyKind, MemberClass, MemberKind, SeatRole
from commonweal.partners.vocabulary_seats import POPULATION_NAMES, Population

DAY = timedelta(days=1)
MONTH = timedelta(days=30.44)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One seat and who fills it. ``partner`` is a slug; empty: a seat of residents. ``name`` empty: vacant.

    ``left``: who sat there last, and how many days ago they left.
    """

    partner: str = ""
    name: str = ""
    place: str = ""
    population: str = ""
    role: SeatRole = SeatRole.MEMBER
    authority: Authority = Authority.FULL
    bounds: str = ""
    limit_cents: int | None = None
    alternate: str = ""
    months: int = 10
    has_vote: bool = True
    left: tuple[str, int] | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One body of the demo. ``months`` ago it was founded."""

    slug: str
    name: str
    kind: BodyKind
    purpose: str
    seats: tuple[Sitting, ...]
    parent: str = "table"
    months: int = 22
    term_months: int | None = None
    is_private: bool = False


_CHAIR, _CO_LEAD = SeatRole.CHAIR, SeatRole.CO_LEAD
_NONE, _BOUNDED = Authority.NONE, Authority.BOUNDED

GROUPS: tuple[Group, ...] = (
    Group(
        "table",
        N_("The Table"),
        BodyKind.BOARD,
        N_("Decides what we do together: what is shared, what is measured, what is promised."),
        (
            Sitting("alder-general", "Dr. Helen Marsh", alternate="Owen Pratt"),
            Sitting("st-brigid", "June Petrov", authority=_NONE, months=5),
            Sitting("millrace", "Lucía Benítez", alternate="Inés Valdivia"),
            Sitting(place="Ferry Street", name="Loretta Hayes", role=_CHAIR, months=22),
            Sitting("riverbend", "Keith Sandoval", months=22),
            Sitting("public-health", "Bea Lindholm", months=22),
            Sitting("county-human-services", "Walt Kessler", role=_CHAIR, alternate="Nora Feld", months=22),
            Sitting(place="Tanner’s Ford", name="Dale Pruitt", months=20),
            Sitting("ferry-street", "Marcus Odom", alternate="Dolores Pike"),
            Sitting("northbank-rides", "Leo Brandt", months=20),
            Sitting("energy-fund", "Ray Castillo", months=19),
            Sitting(
                place="Millrace",
                name="Rosa Quintero",
                population=POPULATION_NAMES[Population.LIMITED_ENGLISH],
                months=16,
            ),
            Sitting("tanners-ford", "Aisha Grant", months=21),
            Sitting("alder-chamber", left=("Greg Sorensen", 47), months=11),
            Sitting(
                "blue-heron",
                "Joan Ellery",
                authority=_BOUNDED,
                bounds=N_("Up to $5,000, and nothing about members’ data."),
                limit_cents=500_000,
                months=17,
            ),
            Sitting(place="Northbank", left=("Hoa Le", 71), months=12),
            Sitting("hope-street", "Rev. June Carver", months=21),
            Sitting("alder-schools", "Mina Duarte", authority=_NONE, months=18),
            Sitting(
                "community-foundation",
                "Alice Monroe",
                authority=_BOUNDED,
                bounds=N_("Up to $10,000; beyond that our own board decides."),
                limit_cents=1_000_000,
                months=14,
            ),
            Sitting(
                place="Alder Falls", name="Henry Obi", population=POPULATION_NAMES[Population.OLDER], months=9
            ),
        ),
        parent="",
        months=22,
        term_months=36,
    ),
    Group(
        "residents-council",
        N_("Residents’ Council"),
        BodyKind.COUNCIL,
        N_("Nine residents who are or were served. Without their yes, nothing is shared about anyone."),
        (
            Sitting(place="Ferry Street", name="Loretta Hayes", role=_CHAIR, months=22),
            Sitting(place="Tanner’s Ford", name="Dale Pruitt", months=20),
            Sitting(place="Millrace", name="Rosa Quintero", months=16),
            Sitting(place="Alder Falls", name="Henry Obi", months=9),
            Sitting(place="Millrace", name="Sumi Vang", months=5),
            Sitting(place="Northbank", name="Wanda Brooks", months=11),
            Sitting(place="Ferry Street", name="Marisol Peña", months=10),
            Sitting(place="Alder Falls", name="Ernest Tate", months=7),
            Sitting(place="Tanner’s Ford", name="Hoa Le", months=13),
        ),
        months=22,
        term_months=24,
    ),
    Group(
        "food-workgroup",
        N_("Food workgroup"),
        BodyKind.WORKGROUP,
        N_("That nobody comes home to an empty kitchen."),
        (
            Sitting("ferry-street", "Marcus Odom", role=_CO_LEAD, months=18),
            Sitting("millrace", "Inés Valdivia", role=_CO_LEAD, months=14),
            Sitting("alder-schools", role=_CO_LEAD, left=("Sam Tully", 23), months=16),
            Sitting("hope-street", "Rev. June Carver", months=18),
            Sitting("senior-companions", "Phil Moreau", months=12),
            Sitting("public-health", "Bea Lindholm", months=18),
            Sitting(place="Millrace", name="Rosa Quintero", months=14),
            Sitting(place="Ferry Street", name="Marisol Peña", months=8),
        ),
        months=18,
        term_months=24,
    ),
    Group(
        "data-workgroup",
        N_("Data workgroup"),
        BodyKind.WORKGROUP,
        N_("Says what we count, how, and what a number cannot tell."),
        (
            Sitting("alder-commons", "Mei Hsu", role=_CO_LEAD, has_vote=False, months=18),
            Sitting("alder-general", "Grace Lindqvist", role=_CO_LEAD, months=18),
            Sitting("county-human-services", "Nora Feld", role=_CO_LEAD, months=15),
            Sitting("millrace", "Lucía Benítez", months=15),
            Sitting("blue-heron", "Joan Ellery", authority=_NONE, months=12),
            Sitting("public-health", "Bea Lindholm", months=18),
            Sitting("falls-library", "Theo Banks", months=12),
            Sitting(place="Alder Falls", name="Henry Obi", months=8),
            Sitting(place="Millrace", name="Sumi Vang", months=4),
        ),
        months=18,
        term_months=24,
    ),
    Group(
        "housing-workgroup",
        N_("Housing workgroup"),
        BodyKind.WORKGROUP,
        N_("Keeps people in their homes, and finds a bed before the hospital door closes."),
        (
            Sitting("tanners-ford", "Aisha Grant", role=_CO_LEAD, months=17),
            Sitting("st-brigid", "June Petrov", role=_CO_LEAD, authority=_NONE, months=5),
            Sitting("community-foundation", "Alice Monroe", role=_CO_LEAD, months=13),
            Sitting("county-human-services", "Nora Feld", months=15),
            Sitting("energy-fund", "Ray Castillo", months=15),
            Sitting("alder-chamber", left=("Greg Sorensen", 47), months=11),
            Sitting(place="Northbank", name="Wanda Brooks", months=10),
            Sitting(place="Tanner’s Ford", months=17),
        ),
        months=17,
        term_months=24,
    ),
    Group(
        "residents-caucus",
        N_("Residents’ caucus"),
        BodyKind.CAUCUS,
        N_("Where residents speak among themselves."),
        (
            Sitting(name="Loretta Hayes", role=SeatRole.FACILITATOR, months=12),
            Sitting(name="Dale Pruitt", months=12),
            Sitting(name="Rosa Quintero", months=12),
            Sitting(name="Henry Obi", months=9),
            Sitting(name="Sumi Vang", months=5),
        ),
        parent="residents-council",
        months=12,
        is_private=True,
    ),
)

MORE_MEMBERS: tuple[tuple[str, str, str], ...] = (
    ("alder-schools", "Sam Tully", N_("Runs the school kitchens")),
)
"""Delegates who work for a partner and never sign in: partner, name, what they do."""


def seed(by: Actor) -> None:
    """Found the bodies and seat those who sit there. ``by``: who sets up, before any bylaws are in force."""
    for partner, name, title in MORE_MEMBERS:
        actions.add_member(
            named_id("demo.partner", partner),
            by=by,
            name=name,
            title=title,
            kind=MemberKind.DELEGATE,
            joined_on=_ago(18),
        )
    bodies: dict[str, UUID] = {}
    for group in GROUPS:
        bodies[group.slug] = actions.found_body(
            by=by,
            slug=group.slug,
            name=group.name,
            kind=group.kind,
            parent_id=bodies.get(group.parent),
            purpose=group.purpose,
            is_private=group.is_private,
            starts_on=_ago(group.months),
        )
        for sitting in group.seats:
            _seat(bodies[group.slug], group, sitting, by)


def _ago(months: int) -> date:
    return today() - months * MONTH


def _member(sitting: Sitting, name: str) -> UUID:
    rows = Member.objects.filter(name=name)
    if sitting.partner:
        return rows.get(partner_id=named_id("demo.partner", sitting.partner)).pk
    return rows.get(kind=MemberKind.RESIDENT.value).pk


def _seat(body_id: UUID, group: Group, sitting: Sitting, by: Actor) -> None:
    seat_id = actions.add_seat(
        body_id,
        by=by,
        partner_id=named_id("demo.partner", sitting.partner) if sitting.partner else None,
        member_class=None if sitting.partner else MemberClass.RESIDENT,
        place=sitting.place,
        population=sitting.population,
        title=sitting.title,
        role=sitting.role,
        has_vote=sitting.has_vote,
        term_months=group.term_months,
        terms_at_most=2 if group.term_months else None,
        starts_on=_ago(group.months),
    )
    if sitting.left:
        name, days = sitting.left
        actions.fill_seat(
            seat_id,
            by=by,
            member_id=_member(sitting, name),
            authority=Authority.FULL,
            starts_on=_ago(sitting.months),
        )
        actions.vacate_seat(seat_id, by=by, why=N_("Found other work."), ended_on=today() - days * DAY)
    elif sitting.name:
        _fill(seat_id, sitting, by)


def _fill(seat_id: UUID, sitting: Sitting, by: Actor) -> None:
    starts_on = _ago(sitting.months)
    actions.fill_seat(
        seat_id,
        by=by,
        member_id=_member(sitting, sitting.name),
        authority=sitting.authority,
        bounds=sitting.bounds,
        limit_cents=sitting.limit_cents,
        starts_on=starts_on,
    )
    if sitting.alternate:
        actions.fill_seat(
            seat_id,
            by=by,
            member_id=_member(sitting, sitting.alternate),
            authority=Authority.FULL,
            as_alternate=True,
            starts_on=starts_on,
        )
