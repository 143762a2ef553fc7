"""The persons of the fixed cast: their records and what they said yes to. All invented."""

from dataclasses import dataclass
from datetime import date

from commonweal.kernel.answers import Answered
from commonweal.kernel.domains import NeedDomain
from commonweal.people.shapes import OtherName, RecordDraft
from commonweal.people.vocabulary import Channel, DatePrecision, NameUse, Sex


@dataclass(frozen=True, slots=True)
class Yes:
    """A yes of a cast member: to whom, about what (nothing: everything), how many days ago, for how long."""

    recipients: tuple[str, ...]
    topics: tuple[NeedDomain, ...] = ()
    days_ago: int = 20
    lasts: int = 180


@dataclass(frozen=True, slots=True)
class CastMember:
    """One person of the cast, as ``worker`` wrote them down. The year of birth follows ``age``."""

    worker: str
    partner: str
    months_ago: int
    age: int
    draft: RecordDraft
    said_yes: tuple[Yes, ...] = ()


def _safe(*channels: Channel) -> dict[Channel, Answered]:
    return dict.fromkeys(channels, Answered.YES)


TERESA = CastMember(
    "Danielle Whitfield",
    "alder-general",
    3,
    65,
    RecordDraft(
        given="Teresa",
        family="Aguilar",
        also=(OtherName("Tere", "Aguilar Ríos", NameUse.ALSO),),
        birth_date=date(1961, 3, 9),
        birth_precision=DatePrecision.DAY,
        sex=Sex.FEMALE,
        language="es",
        interpreter=Answered.YES,
        phone="541-555-0121",
        channels={**_safe(Channel.CALL, Channel.TEXT), Channel.VOICEMAIL: Answered.NO},
        best_time="After 4 pm",
        address="12 Ferry Street, Apt 3",
        city="Alder Falls",
        zip="99991",
        place="Ferry Street",
        household_size=3,
    ),
    (
        Yes(("millrace",), (), 80, 290),
        Yes(("ferry-street",), (NeedDomain.FOOD,), 40, 101),
        Yes(("northbank-rides",), (NeedDomain.TRANSPORT,), 10, 20),
        Yes(("energy-fund",), (NeedDomain.UTILITIES,), 14, 60),
    ),
)
HAROLD = CastMember(
    "Danielle Whitfield",
    "alder-general",
    1,
    71,
    RecordDraft(
        given="Harold",
        family="Munn",
        birth_date=date(1955, 2, 3),
        birth_precision=DatePrecision.DAY,
        sex=Sex.MALE,
        language="en",
        phone="541-555-0143",
        channels=_safe(Channel.CALL, Channel.VOICEMAIL),
        address="40 Weir Street",
        city="Northbank",
        zip="99992",
        place="Northbank",
        household_size=1,
        household_note="Lives alone. Walker.",
    ),
    (
        Yes(("northbank-rides", "blue-heron"), (NeedDomain.TRANSPORT,), 10, 30),
        Yes(("ferry-street",), (NeedDomain.FOOD,), 9, 180),
    ),
)
FRANCES = CastMember(
    "Danielle Whitfield",
    "alder-general",
    2,
    80,
    RecordDraft(
        given="Frances",
        family="Doyle",
        birth_date=date(1946, 8, 21),
        birth_precision=DatePrecision.DAY,
        sex=Sex.FEMALE,
        language="en",
        phone="541-555-0144",
        channels=_safe(Channel.CALL, Channel.VOICEMAIL, Channel.LETTER),
        address="7 Orchard Street",
        city="Alder Falls",
        zip="99991",
        place="Alder Falls",
        household_size=1,
    ),
    (
        Yes(("ferry-street",), (NeedDomain.FOOD,), 12, 180),
        Yes(("senior-companions",), (NeedDomain.ISOLATION,), 12, 365),
    ),
)
KEISHA = CastMember(
    "Danielle Whitfield",
    "alder-general",
    2,
    34,
    RecordDraft(
        given="Keisha",
        family="Barnes",
        birth_date=date(1992, 5, 14),
        birth_precision=DatePrecision.DAY,
        sex=Sex.FEMALE,
        language="en",
        phone="541-555-0145",
        channels=_safe(Channel.TEXT, Channel.CALL),
        address="118 Tannery Street",
        city="Alder Falls",
        zip="99991",
        place="Alder Falls",
        household_size=3,
        household_note="A newborn and a four-year-old.",
    ),
    (Yes(("hope-street", "bright-steps"), (NeedDomain.CHILDCARE,), 8, 180), Yes(("millrace",), (), 8, 365)),
)
BAO = CastMember(
    "Inés Valdivia",
    "millrace",
    4,
    41,
    RecordDraft(
        given="Bao",
        family="Tran",
        birth_date=date(1985, 7, 21),
        birth_precision=DatePrecision.DAY,
        sex=Sex.MALE,
        language="vi",
        interpreter=Answered.NO,
        phone="541-555-0146",
        channels=_safe(Channel.TEXT),
        best_time="Mornings",
        address="63 Levee Street",
        city="Millrace",
        zip="99994",
        place="Millrace",
        household_size=4,
    ),
    (Yes(("tanners-ford", "alder-general"), (NeedDomain.HOUSING,), 13, 180),),
)

CAST: tuple[CastMember, ...] = (TERESA, HAROLD, FRANCES, KEISHA, BAO)
