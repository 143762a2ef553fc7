"""The twenty organizations of the demo's table. All invented; the phone numbers are reserved for fiction."""

from dataclasses import dataclass, field

from commonweal.kernel.words import N_
from commonweal.partners.vocabulary import Kind, Sector


@dataclass(frozen=True, slots=True)
class Organization:
    """One invented partner. ``months`` ago it joined."""

    slug: str
    name: str
    sector: Sector
    can_do: str
    cannot_do: str
    phone: str
    months: int = 22
    place: str = "Alder Falls"
    languages: tuple[str, ...] = ("en",)
    kind: Kind = Kind.ORGANIZATION
    is_victim_service_provider: bool = False
    members: tuple[tuple[str, str], ...] = field(default=())

    @property
    def email(self) -> str:
        return f"hello@{self.slug}.example"


ORGANIZATIONS: tuple[Organization, ...] = (
    Organization(
        "alder-commons",
        "Alder Commons",
        Sector.SOCIAL_SERVICES,
        N_(
            "We bring everyone to the table, keep the record, and look after whatever falls between two "
            "chairs."
        ),
        N_("We have no vote, no money of our own to give away, and we run no services."),
        "555-0100",
        24,
        languages=("en", "es"),
        kind=Kind.BACKBONE,
    ),
    Organization(
        "alder-general",
        "Alder General Hospital",
        Sector.HEALTH_CARE,
        N_(
            "We ask every patient ten questions before they go home, and a care manager follows up for "
            "thirty days."
        ),
        N_("We can’t keep someone in a bed because they have nowhere to go. Our care managers do not drive."),
        "555-0110",
        languages=("en", "es"),
        members=(("Dr. Helen Marsh", N_("Chief medical officer")),),
    ),
    Organization(
        "st-brigid",
        "St. Brigid Medical Center",
        Sector.HEALTH_CARE,
        N_("We see anyone in the emergency room, day and night, and call a social worker on weekdays."),
        N_("No social worker at night or on weekends. We send no lists."),
        "555-0112",
        18,
        place="Northbank",
    ),
    Organization(
        "millrace",
        "Millrace Community Clinic",
        Sector.HEALTH_CARE,
        N_(
            "Doctor visits on a sliding scale, and community health workers who come to your home. We "
            "speak Spanish."
        ),
        N_("No surgery, no x-ray. New patients wait about three weeks."),
        "555-0118",
        place="Millrace",
        languages=("en", "es"),
        members=(("Dr. Paul Okafor", N_("Medical director")),),
    ),
    Organization(
        "riverbend",
        "Riverbend Behavioral Health",
        Sector.BEHAVIORAL_HEALTH,
        N_(
            "Counseling and treatment for alcohol and drugs, by appointment and through a walk-in hour "
            "each morning."
        ),
        N_("We tell nobody who comes, unless the person signs for it. No beds overnight."),
        "555-0121",
        20,
        languages=("en", "es"),
    ),
    Organization(
        "public-health",
        "Alder County Public Health",
        Sector.PUBLIC_HEALTH,
        N_("Vaccines, home visits for new parents, and the county’s health numbers."),
        N_("We don’t treat illness and we don’t hand out money or food."),
        "555-0125",
        languages=("en", "es"),
        members=(("Bea Lindholm", N_("Nurse manager")),),
    ),
    Organization(
        "county-human-services",
        "County Human Services",
        Sector.GOVERNMENT,
        N_(
            "We sign people up for food benefits, health coverage and child care help. Bring what you "
            "have; we find the rest."
        ),
        N_("The rules on who qualifies are not ours to change. An answer takes up to thirty days."),
        "555-0130",
        languages=("en", "es", "vi"),
        members=(("Walt Kessler", N_("Deputy director")),),
    ),
    Organization(
        "ferry-street",
        "Ferry Street Pantry",
        Sector.SOCIAL_SERVICES,
        N_(
            "A box of food each week for anyone who asks, low-salt and baby formula on request. Pick it "
            "up on Wednesday or Saturday."
        ),
        N_("We can’t deliver beyond the Ferry Street area, and we close when the shelves are empty."),
        "555-0127",
        place="Ferry Street",
        languages=("en", "es"),
    ),
    Organization(
        "northbank-rides",
        "Northbank Rides",
        Sector.SOCIAL_SERVICES,
        N_("Rides to the doctor, the pharmacy and home from the hospital. Call a day ahead."),
        N_("No rides at night, none without a booking. Two vans take a wheelchair; both are often taken."),
        "555-0133",
        20,
        place="Northbank",
    ),
    Organization(
        "energy-fund",
        "Alder Energy Fund",
        Sector.SOCIAL_SERVICES,
        N_("We pay up to $300 of an electric or gas bill once a year, straight to the company."),
        N_("When the year’s money is gone, it is gone until January. We can’t pay rent or deposits."),
        "555-0136",
        19,
        languages=("en", "es"),
        members=(("Ray Castillo", N_("Runs the fund")),),
    ),
    Organization(
        "tanners-ford",
        "Tanner’s Ford Housing Trust",
        Sector.HOUSING,
        N_(
            "Homes at rents that leave money for food, and someone who talks to the landlord before it "
            "goes to court."
        ),
        N_("The list for an apartment is fourteen months long. We have no emergency beds."),
        "555-0139",
        21,
        place="Tanner’s Ford",
        languages=("en", "es"),
    ),
    Organization(
        "blue-heron",
        "Blue Heron Health Plan",
        Sector.PAYER,
        N_("Our members get rides, meals after a hospital stay, and a nurse on the phone."),
        N_("Only for our members. We do not use what people say here to set anyone’s price."),
        "555-0142",
        17,
    ),
    Organization(
        "hope-street",
        "Hope Street Church",
        Sector.FAITH,
        N_(
            "Hot supper on Tuesdays and Fridays, company, and a warm room when it freezes. No one prays "
            "who doesn’t want to."
        ),
        N_("Volunteers only: no case work, no cash, and nothing in August."),
        "555-0145",
        21,
        members=(("Rev. June Carver", N_("Pastor")),),
    ),
    Organization(
        "senior-companions",
        "Alder Senior Companions",
        Sector.SOCIAL_SERVICES,
        N_("A visit each week for people over 60 who live alone, and small repairs around the house."),
        N_("No nursing, no medicines, no overnight stays. A match takes two to three weeks."),
        "555-0148",
        16,
    ),
    Organization(
        "safe-harbor",
        "Safe Harbor",
        Sector.SOCIAL_SERVICES,
        N_(
            "Someone answers day and night if you are not safe at home: a place to stay, a plan, help "
            "with court papers."
        ),
        N_("We never say who called or who stayed, to anyone."),
        "555-0151",
        20,
        place="",
        languages=("en", "es", "ase"),
        is_victim_service_provider=True,
    ),
    Organization(
        "alder-schools",
        "Alder Unified Schools",
        Sector.EDUCATION,
        N_("Free breakfast and lunch for every pupil, and a family worker at each of nine schools."),
        N_("We share nothing about pupils without a parent’s signature. Offices are shut in July."),
        "555-0154",
        18,
        languages=("en", "es", "vi"),
        members=(("Mina Duarte", N_("Leads the family workers")),),
    ),
    Organization(
        "falls-library",
        "Alder Falls Library",
        Sector.GOVERNMENT,
        N_("Computers, internet to take home, a quiet room, and patient help with forms."),
        N_("We give no legal advice and keep no files on visitors."),
        "555-0157",
        15,
        languages=("en", "es"),
        members=(("Theo Banks", N_("Librarian")),),
    ),
    Organization(
        "community-foundation",
        "Alder Community Foundation",
        Sector.PHILANTHROPY,
        N_("We keep the pooled fund and pay out what the table decides, within ten days."),
        N_("We don’t help single households, and we don’t decide what the fund is for."),
        "555-0160",
        14,
        members=(("Alice Monroe", N_("Director")),),
    ),
    Organization(
        "alder-chamber",
        "Alder Falls Chamber of Commerce",
        Sector.BUSINESS,
        N_("We find employers who hire people coming back to work, and first-week bus passes."),
        N_("We can’t promise a job, and our members set their own wages."),
        "555-0163",
        11,
        members=(("Greg Sorensen", N_("Director")),),
    ),
    Organization(
        "bright-steps",
        "Bright Steps Child Care",
        Sector.SOCIAL_SERVICES,
        N_("Day care from six weeks on, open from 6 am for those on the early shift."),
        N_("No care at night. Babies wait about two months for a place."),
        "555-0166",
        13,
        languages=("en", "es"),
        members=(("Tasha Boyd", N_("Director")),),
    ),
)
