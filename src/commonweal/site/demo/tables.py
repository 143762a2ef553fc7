"""An invented small table for each charter: who sits there, and the question at which its rule bites.

Names of organizations and people are made up; only the rules are those of the partnerships.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from commonweal.kernel.words import N_
from commonweal.partners.vocabulary import Authority, SeatRole, Sector

S = Sector
FULL, NONE = Authority.FULL, Authority.NONE
CO_LEAD, CHAIR = SeatRole.CO_LEAD, SeatRole.CHAIR


@dataclass(frozen=True, slots=True)
class Org:
    """One organization and whom it sends. ``above``: the slug of the one that controls it; ``chief``: who
    decides there, where the delegate can't."""

    slug: str
    name: str
    sector: Sector
    delegate: str
    title: str = ""
    place: str = ""
    authority: Authority = FULL
    above: str = ""
    chief: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """A further seat in a body, for an organization's delegate."""

    body: str
    who: str
    role: SeatRole = CO_LEAD


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that is open. ``says``: who has cast what, organizations by slug and residents by name.

    ``params`` may name organizations as ``@slug``, alone or in lists. ``why``: what is said for it;
    ``bites``: what a visitor can see happen to it. ``days``: for how long a yes holds. ``body``: the one that
    decides it within itself; empty: the one that decides for all.
    """

    by: str
    matter: str
    title: str
    question: str
    bites: str
    why: str = ""
    effect: str = "none"
    params: Mapping[str, object] = field(default_factory=dict)
    days: int | None = None
    body: str = ""
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Small:
    """One small table. ``takes_part``: how many volunteers each body has on its list; ``volunteers``: who of
    the people here sits in a body's seats for volunteers; ``sits``: which
    resident sits in a body that has one seat for them, where it is not the first of ``residents``."""

    charter: str
    backbone: str
    convener: str
    orgs: tuple[Org, ...]
    residents: tuple[tuple[str, str], ...]
    asked: Asked
    leads: tuple[Lead, ...] = ()
    takes_part: Mapping[str, int] = field(default_factory=dict)
    volunteers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sits: Mapping[str, str] = field(default_factory=dict)


def _share(tellers: list[str], told: list[str], title: str) -> dict[str, object]:
    return {
        "title": title,
        "text": N_("Only what someone needs so that help finds them, with their yes."),
        "tellers": [f"@{slug}" for slug in tellers],
        "told": [f"@{slug}" for slug in told],
        "segments": ["general"],
        "purposes": ["COORD"],
    }


def _start(title: str, goal: str, owner: str) -> dict[str, object]:
    return {"title": title, "goal": goal, "owner": f"@{owner}"}


CENTRAL_OREGON = Small(
    "central-oregon",
    "Three Rivers Convening",
    "Ada Brandt",
    (
        Org("cascade-system", "Cascade Ridge Health System", S.HEALTH_CARE, "Miles Overby"),
        Org("cascade-clinics", "Cascade Ridge Clinics", S.HEALTH_CARE, "Petra Voss", above="cascade-system"),
        Org("juniper-mind", "Juniper Counseling", S.BEHAVIORAL_HEALTH, "Sol Abrams"),
        Org("plateau-schools", "Plateau Schools", S.EDUCATION, "Gwen Tate"),
        Org("high-road-transit", "High Road Transit", S.BUSINESS, "Buck Farrow"),
        Org(
            "north-county", "North County", S.GOVERNMENT, "Commissioner Dell Rourke", place=N_("North County")
        ),
        Org(
            "middle-county",
            "Middle County",
            S.GOVERNMENT,
            "Commissioner Iris Lund",
            place=N_("Middle County"),
        ),
        Org("south-county", "South County", S.GOVERNMENT, "Commissioner Roy Apple", place=N_("South County")),
        Org("open-table-pantry", "Open Table Pantry", S.SOCIAL_SERVICES, "Nell Ortega"),
    ),
    tuple((name, "") for name in ("June Whitehorse", "Carl Dietz", "Luz Ibarra", "Sam Pell", "Tia Moore")),
    Asked(
        by="open-table-pantry",
        matter="initiative",
        title=N_("One bus pass for three counties"),
        question=N_("Shall we start one bus pass that is good in all three counties?"),
        why=N_("A visit in the next county takes three tickets today, and many stay at home."),
        bites=N_("The largest system and its clinics have one vote together, as the pantry has one."),
        effect="initiative.start",
        params=_start(
            N_("One bus pass"), N_("Nobody misses a visit for want of a ride."), "high-road-transit"
        ),
        says={
            "cascade-system": "no",
            "open-table-pantry": "yes",
            "plateau-schools": "yes",
            "north-county": "yes",
        },
    ),
    takes_part=dict.fromkeys(
        ("behavioral-health", "housing", "children", "physical-health", "substance-use", "upstream"), 46
    ),
    volunteers={
        "behavioral-health": ("June Whitehorse", "juniper-mind"),
        "housing": ("Luz Ibarra", "open-table-pantry"),
        "children": ("Tia Moore", "plateau-schools"),
        "physical-health": ("Carl Dietz", "cascade-clinics"),
        "substance-use": ("Sam Pell", "juniper-mind"),
        "upstream": ("June Whitehorse", "open-table-pantry"),
    },
)

PROVISO = Small(
    "proviso",
    "Four Villages Office",
    "Renee Pike",
    (
        Org("lakeview-medical", "Lakeview Medical Center", S.HEALTH_CARE, "Dr. Owen Frye"),
        Org("green-plot", "Green Plot Growers", S.SOCIAL_SERVICES, "Maya Booker"),
        Org("village-schools", "Village Schools", S.EDUCATION, "Ines Calder"),
    ),
    (
        ("Dolores Avery", "Maywood"),
        ("Hector Ruiz", "Melrose Park"),
        ("Willa Grant", "Bellwood"),
        ("Ernesto Paz", "Broadview"),
        ("Ruby Tolliver", "Maywood"),
    ),
    Asked(
        by="Dolores Avery",
        matter="initiative",
        title=N_("Shares in the garden"),
        question=N_("Shall the garden sell weekly shares at what each can pay?"),
        why=N_("Many neighbors have no grocery within a walk, and the garden has more than it gives away."),
        bites=N_(
            "A resident and an institution lead the hub together; without one of them it decides nothing."
        ),
        effect="initiative.start",
        params=_start(N_("Shares in the garden"), N_("Fresh food within a walk."), "green-plot"),
        body="food-justice",
        says={"Dolores Avery": "yes"},
    ),
    leads=(
        Lead("food-justice", "green-plot"),
        Lead("economic-justice", "green-plot"),
        Lead("elementary-schools", "village-schools"),
        Lead("high-schools", "village-schools"),
        Lead("community-wellness", "lakeview-medical"),
    ),
    sits={
        "economic-justice": "Hector Ruiz",
        "elementary-schools": "Willa Grant",
        "high-schools": "Ernesto Paz",
        "community-wellness": "Ruby Tolliver",
        "tobacco-free": "Hector Ruiz",
    },
)

COTTAGE_GROVE = Small(
    "cottage-grove",
    "Grove Street Office",
    "Tamika Rhodes",
    (
        Org("piedmont-hospital", "Piedmont Hospital", S.HEALTH_CARE, "Dr. Ellen Marsh"),
        Org("fair-homes", "Fair Homes Coalition", S.HOUSING, "Brett Sosa"),
        Org("seed-clinic", "Seed Clinic", S.HEALTH_CARE, "Joy Nakamura"),
        Org("grove-city", "City Neighborhood Office", S.GOVERNMENT, "Paul Denning"),
    ),
    tuple(
        (name, "")
        for name in ("Odessa Price", "Minh Pham", "Rosa Leal", "Calvin Hobbs", "Amina Yusuf", "Trudy Lane")
    ),
    Asked(
        by="piedmont-hospital",
        matter="data-sharing",
        title=N_("Telling the housing coalition about asthma"),
        question=N_(
            "Shall the hospital tell the housing coalition whose child has asthma, with the family’s yes?"
        ),
        why=N_("Children get sick in homes with mold. Who can have a home mended does not know which."),
        bites=N_("Every organization said yes. It moves only if the neighbors say yes too."),
        effect="sharing.start",
        params=_share(["piedmont-hospital", "seed-clinic"], ["fair-homes"], N_("Homes without mold")),
        days=365,
        says=dict.fromkeys(("piedmont-hospital", "fair-homes", "seed-clinic", "grove-city"), "yes"),
    ),
)

HOPE_RISING = Small(
    "hope-rising",
    "Lake Basin Convening",
    "Noor Haddad",
    (
        Org(
            "lakeside-hospital", "Lakeside Hospital", S.HEALTH_CARE, "Vera Stone", title=N_("Chief executive")
        ),
        Org(
            "north-shore-care", "North Shore Care", S.HEALTH_CARE, "Ted Alvarez", title=N_("Chief executive")
        ),
        Org(
            "basin-plan",
            "Basin Health Plan",
            S.PAYER,
            "Kim Ocampo",
            title=N_("Deputy"),
            authority=NONE,
            chief="Ray Ocampo-Bell",
        ),
        Org(
            "county-school-office",
            "County School Office",
            S.EDUCATION,
            "Grace Oduya",
            title=N_("Superintendent"),
        ),
        Org("second-start", "Second Start", S.SOCIAL_SERVICES, "Lou Pardo", title=N_("Director")),
    ),
    (("Bea Quick", ""), ("Manny Soto", ""), ("Ella Running", "")),
    Asked(
        by="second-start",
        matter="budget",
        title=N_("A fund for the fire season"),
        question=N_("Shall we keep 40,000 dollars ready for the fire season?"),
        why=N_("Last summer we collected money when the fire had come. Then it was late."),
        bites=N_("A deputy who can’t decide may speak; the answer waits for the one who can."),
        says={"second-start": "yes", "north-shore-care": "yes", "basin-plan": "yes"},
    ),
    leads=(
        Lead("health", "lakeside-hospital", CHAIR),
        Lead("economic-development", "second-start", CHAIR),
        Lead("education", "county-school-office", CHAIR),
        Lead("environment", "north-shore-care", CHAIR),
    ),
)

TRENTON = Small(
    "trenton",
    "City Health Team Office",
    "Simone Archer",
    (
        Org("river-hospital", "River Hospital", S.HEALTH_CARE, "Dr. Hal Gorman"),
        Org("capitol-hospital", "Capitol Street Hospital", S.HEALTH_CARE, "Dr. Joan Petty"),
        Org("union-health-center", "Union Health Center", S.HEALTH_CARE, "Kwame Boateng"),
        Org("city-health", "City Health Department", S.GOVERNMENT, "Lila Serrano"),
        Org("shelter-first", "Shelter First", S.HOUSING, "Dana Pruett"),
    ),
    tuple(
        (name, "")
        for name in (
            "Gloria Banks",
            "Tyrell Moss",
            "Ana Lucía Vega",
            "Pat Dugan",
            "Mercy Owusu",
            "Joe Carbone",
        )
    ),
    Asked(
        by="river-hospital",
        matter="data-sharing",
        title=N_("Who was in which emergency room"),
        question=N_("Shall the two hospitals and the health center tell each other whom they see often?"),
        why=N_("The same people come to each of us, and none of us sees that they were at the others."),
        bites=N_(
            "The three of health care agree. That is one sector: the rule asks for two, and for the council."
        ),
        effect="sharing.start",
        params=_share(
            ["river-hospital", "capitol-hospital", "union-health-center"],
            ["river-hospital", "capitol-hospital", "union-health-center"],
            N_("Often seen"),
        ),
        days=365,
        says={"river-hospital": "yes", "capitol-hospital": "yes", "union-health-center": "yes"},
    ),
)

MIHIA = Small(
    "mihia",
    "Fourteen Counties Alliance",
    "Birgit Hale",
    (
        Org("great-bend", "Great Bend Health", S.HEALTH_CARE, "Max Ostrander", place=N_("Great Bend")),
        Org("mill-city", "Mill City Medical", S.HEALTH_CARE, "Sue Larkin", place=N_("Great Bend")),
        Org("pine-health", "Pine Valley Health", S.HEALTH_CARE, "Arne Holt", place=N_("Pine Valley")),
        Org("bay-care", "Bay Care", S.HEALTH_CARE, "Rita Kosta", place=N_("The Bay")),
        Org(
            "state-college", "Central State College", S.EDUCATION, "Prof. Ann Weller", place=N_("Great Bend")
        ),
        Org("chemical-works", "Great Bend Works", S.BUSINESS, "Glen Moody", place=N_("Great Bend")),
        Org("great-bend-city", "City of Great Bend", S.GOVERNMENT, "Mayor Joy Tran", place=N_("Great Bend")),
        Org("pine-town", "Town of Pine Valley", S.GOVERNMENT, "Mayor Ed Falk", place=N_("Pine Valley")),
        Org("bay-town", "Town of Bay Harbor", S.GOVERNMENT, "Mayor Lena Ruiz", place=N_("The Bay")),
        Org("marsh-town", "Town of Marsh Creek", S.GOVERNMENT, "Mayor Otis Bell", place=N_("Marsh Creek")),
    ),
    (("Wilma Tate", ""), ("Kofi Mensah", ""), ("Sara Lindell", ""), ("Ben Ortiz", "")),
    Asked(
        by="bay-care",
        matter="data-sharing",
        title=N_("One list of those who leave a hospital"),
        question=N_("Shall the four systems tell each other who leaves a hospital, for arranging help?"),
        why=N_("Someone leaves one hospital, is in another within days, and nobody arranged help."),
        bites=N_("Three of four have authorized this use of their data. One that has not keeps it closed."),
        effect="sharing.start",
        params=_share(
            ["great-bend", "mill-city", "pine-health", "bay-care"],
            ["great-bend", "mill-city", "pine-health", "bay-care"],
            N_("Leaving a hospital"),
        ),
        days=365,
        says={"mill-city": "yes", "pine-health": "yes", "bay-care": "yes"},
    ),
)

NORTH_CAROLINA = Small(
    "north-carolina",
    "Council Office",
    "Joyce Barden",
    (
        Org("piney-health", "Piney Woods Health", S.HEALTH_CARE, "Dr. Cole Vance"),
        Org("coastal-schools", "Coastal Schools", S.EDUCATION, "Marla Finch"),
        Org("tar-river-homes", "Tar River Homes", S.HOUSING, "Devon Sykes"),
        Org("faith-bridge", "Faith Bridge", S.FAITH, "Rev. Alma Cody"),
        Org("foothill-plan", "Foothill Plan", S.PAYER, "Greta Simms"),
    ),
    (("Nadia Flowers", ""), ("Roland Beck", ""), ("Tomasa Ruiz", ""), ("Vi Nguyen", "")),
    Asked(
        by="tar-river-homes",
        matter="service-standard",
        title=N_("An answer in two days"),
        question=N_("Shall whoever is asked for care answer within two working days?"),
        why=N_("People who ask for care hear nothing for a week, and go without."),
        bites=N_(
            "Three co-leads of three sectors lead the workgroup. Take one away, and in time it can’t bind."
        ),
        effect="service-standard.set",
        params={
            "answer_days": 2,
            "remind_after_days": 1,
            "escalate_after_days": 4,
            "expire_after_days": 6,
        },
        says={"tar-river-homes": "yes", "piney-health": "yes"},
    ),
    leads=(
        Lead("access-to-care", "piney-health"),
        Lead("access-to-care", "tar-river-homes"),
        Lead("access-to-care", "faith-bridge"),
        Lead("access-to-care", "foothill-plan", SeatRole.MEMBER),
        Lead("access-to-care", "coastal-schools", SeatRole.MEMBER),
        Lead("drivers-of-health", "coastal-schools"),
        Lead("drivers-of-health", "foothill-plan"),
        Lead("drivers-of-health", "piney-health"),
    ),
)

TABLES = {
    small.charter: small
    for small in (CENTRAL_OREGON, PROVISO, COTTAGE_GROVE, HOPE_RISING, TRENTON, MIHIA, NORTH_CAROLINA)
}
