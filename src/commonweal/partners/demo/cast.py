"""Those of the fixed cast who work or sit at the table. All invented."""

from dataclasses import dataclass

from commonweal.foundation.access.vocabulary import Role
from commonweal.kernel.words import N_


@dataclass(frozen=True, slots=True)
class Worker:
    """Someone who works for a partner. ``card``: order, title and words on the demo's page of the cast."""

    name: str
    partner: str
    role: Role
    title: str
    language: str = "en"
    card: tuple[int, str, str] | None = None

    @property
    def email(self) -> str:
        parts = self.name.casefold().replace("é", "e").replace(".", "").split()
        return f"{parts[0]}.{parts[-1]}@{self.partner}.example"


WORKERS: tuple[Worker, ...] = (
    Worker(
        "Danielle Whitfield",
        "alder-general",
        Role.COORDINATOR,
        N_("Care manager"),
        card=(
            10,
            N_("Care manager at a hospital"),
            N_("Screens people before they go home, finds help with them, and sees what came of it."),
        ),
    ),
    Worker(
        "Marcus Odom",
        "ferry-street",
        Role.CASE_WORKER,
        N_("Runs the pantry"),
        card=(
            20,
            N_("Worker at a food pantry"),
            N_(
                "Answers requests between two boxes, says when the shelves are empty, and sees only what "
                "he needs."
            ),
        ),
    ),
    Worker(
        "Inés Valdivia",
        "millrace",
        Role.CASE_WORKER,
        N_("Community health worker"),
        language="es",
        card=(
            30,
            N_("Community health worker"),
            N_("Visits people at home, in Spanish, and stays with them until the help has come."),
        ),
    ),
    Worker(
        "Priya Nair",
        "alder-commons",
        Role.ORG_ADMIN,
        N_("Keeps the table going"),
        card=(
            50,
            N_("Backbone"),
            N_("Keeps the record and the bylaws, and looks after what nobody answered."),
        ),
    ),
    Worker(
        "Ruth Abernathy",
        "alder-general",
        Role.PRIVACY_OFFICER,
        N_("Privacy officer"),
        card=(
            60,
            N_("Privacy officer"),
            N_("Looks at who read what and why, and reviews every emergency opening."),
        ),
    ),
    Worker(
        "Mei Hsu",
        "alder-commons",
        Role.ANALYST,
        N_("Data lead"),
        card=(
            80,
            N_("Data lead"),
            N_("Works with counts and never with names. Small numbers are held back from her too."),
        ),
    ),
    Worker(
        "Naomi Fields",
        "alder-general",
        Role.CLINICIAN,
        N_("Nurse on the ward"),
        card=(
            15,
            N_("Nurse at a hospital"),
            N_("Writes on which day somebody goes home, never why they came. The table decides who is told."),
        ),
    ),
    Worker("Edith Crane", "alder-commons", Role.ELECTION_OFFICER, N_("Election officer")),
    Worker("Tomás Reyes", "alder-commons", Role.COORDINATOR, N_("Referral coordinator"), "es"),
    Worker("Grace Lindqvist", "alder-general", Role.SUPERVISOR, N_("Leads the care managers")),
    Worker("Owen Pratt", "alder-general", Role.ORG_ADMIN, N_("Administrator")),
    Worker(
        "Dolores Pike",
        "ferry-street",
        Role.ORG_ADMIN,
        N_("Administrator"),
        card=(
            25,
            N_("Administrator of a food pantry"),
            N_("Speaks for the pantry where its delegate may not decide alone, and for what it shares."),
        ),
    ),
    Worker("Lucía Benítez", "millrace", Role.ORG_ADMIN, N_("Administrator"), "es"),
    Worker("Dr. Anil Rao", "st-brigid", Role.CLINICIAN, N_("Emergency physician")),
    Worker("June Petrov", "st-brigid", Role.CASE_WORKER, N_("Social worker")),
    Worker("Keith Sandoval", "riverbend", Role.PART2_STAFF, N_("Counselor")),
    Worker("Nora Feld", "county-human-services", Role.COUNTY_WORKER, N_("Benefits worker")),
    Worker("Walt Kessler", "county-human-services", Role.ORG_ADMIN, N_("Deputy director")),
    Worker("Leo Brandt", "northbank-rides", Role.CASE_WORKER, N_("Dispatcher")),
    Worker("Aisha Grant", "tanners-ford", Role.CASE_WORKER, N_("Housing counselor")),
    Worker("Carmen Ortiz", "safe-harbor", Role.CASE_WORKER, N_("Advocate"), "es"),
    Worker("Phil Moreau", "senior-companions", Role.CASE_WORKER, N_("Matches visitors")),
    Worker("Joan Ellery", "blue-heron", Role.COORDINATOR, N_("Care coordinator")),
)

RESIDENTS: tuple[tuple[str, int], ...] = (
    ("Loretta Hayes", 22),
    ("Dale Pruitt", 20),
    ("Rosa Quintero", 16),
    ("Henry Obi", 9),
    ("Sumi Vang", 5),
    ("Hoa Le", 13),
    ("Wanda Brooks", 11),
    ("Marisol Peña", 10),
    ("Ernest Tate", 7),
)
"""Resident members, and how many months ago each was welcomed."""

LORETTA_CARD = (
    70,
    N_("Resident member"),
    N_("Lives here, was served here, and has a say in what is decided. Sees no one’s file."),
)
