"""What the people context hands across its door: frozen values, no rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from commonweal.foundation.access.actor import Actor
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.kernel.answers import Answered
from commonweal.kernel.domains import NeedDomain
from commonweal.people.vocabulary import (
    Channel,
    DatePrecision,
    How,
    Law,
    MatchGrade,
    NameUse,
    PartyClass,
    Sex,
    Stand,
)


@dataclass(frozen=True, slots=True)
class Obligations:
    """What travels with a disclosure. ``scope`` explains the consent in words where a copy is due."""

    notices: tuple[str, ...] = ()
    copy_of: tuple[UUID, ...] = ()
    no_redisclosure: bool = False
    labels: tuple[str, ...] = ()
    not_in_proceedings: bool = False
    scope: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.notices or self.copy_of or self.no_redisclosure or self.labels)


NO_OBLIGATIONS = Obligations()


@dataclass(frozen=True, slots=True)
class PersonShape:
    """A person as the current actor may see them. Empty fields are not known, or not for this actor."""

    id: UUID
    given: str
    family: str
    suffix: str = ""
    birth_date: date | None = None
    birth_precision: DatePrecision = DatePrecision.UNKNOWN
    sex: Sex = Sex.UNKNOWN
    pronouns: str = ""
    language: str = "en"
    phone: str = ""
    place: str = ""
    zip: str = ""
    holder_ids: tuple[UUID, ...] = ()
    standing: tuple[Stand, ...] = ()

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    @property
    def first_name(self) -> str:
        return self.given.split(" ")[0] if self.given else self.family

    def age_on(self, day: date) -> int | None:
        """Whole years on ``day``; None where only less than a year of birth is known."""
        born = self.birth_date
        if born is None or self.birth_precision is DatePrecision.UNKNOWN:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class ContactShape:
    """How to reach a person, and how not to. ``safe`` holds only what they said is safe."""

    person_id: UUID
    name: str
    language: str
    phone: str = ""
    email: str = ""
    address: str = ""
    city: str = ""
    zip: str = ""
    place: str = ""
    safe: frozenset[Channel] = frozenset()
    unsafe: frozenset[Channel] = frozenset()
    best_time: str = ""
    prohibited: bool = False

    def may(self, channel: Channel) -> bool:
        """Whether this channel may be used. Not asked is not yes."""
        return not self.prohibited and channel in self.safe


@dataclass(frozen=True, slots=True)
class ConsentShape:
    """One consent: who may receive what, why, from when until when, and how it was given."""

    id: UUID
    person_id: UUID
    discloser_id: UUID
    recipient_ids: tuple[UUID, ...]
    recipient_classes: tuple[PartyClass, ...]
    segments: tuple[Segment, ...]
    purposes: tuple[Purpose, ...]
    topics: tuple[NeedDomain, ...]
    both_ways: bool
    start: datetime
    end: datetime | None
    how: How
    language: str
    words: str
    laws: tuple[Law, ...]
    given_at: datetime
    revoked_at: datetime | None = None
    declined: bool = False

    def in_force(self, at: datetime) -> bool:
        """Half-open: the instant of the end or of the revocation is outside."""
        ends = [moment for moment in (self.end, self.revoked_at) if moment is not None]
        return not self.declined and self.start <= at and all(at < moment for moment in ends)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A visible record that may be of the person about to be registered."""

    person: PersonShape
    grade: MatchGrade
    reasons: tuple[str, ...]
    barriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search: those whom the actor may see, best first."""

    people: tuple[PersonShape, ...]
    more: bool = False
    asked: str = field(default="")


@dataclass(frozen=True, slots=True)
class OtherName:
    """A second name of a person: a nickname, a prior or married name."""

    given: str = ""
    family: str = ""
    use: NameUse = NameUse.ALSO


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """What a partner writes down about a person, as typed. ``rules.drafts.settled`` cleans it.

    ``channels`` holds what the person said of each way to reach them; a way that is absent was not asked.
    """

    given: str
    family: str
    suffix: str = ""
    also: tuple[OtherName, ...] = ()
    birth_date: date | None = None
    birth_precision: DatePrecision = DatePrecision.UNKNOWN
    sex: Sex = Sex.UNKNOWN
    gender_words: str = ""
    pronouns: str = ""
    language: str = ""
    interpreter: Answered = Answered.NOT_ASKED
    phone: str = ""
    phone_is_shared: bool = False
    email: str = ""
    address: str = ""
    city: str = ""
    zip: str = ""
    place: str = ""
    channels: Mapping[Channel, Answered] = field(default_factory=dict)
    best_time: str = ""
    contact_prohibited: bool = False
    household_size: int | None = None
    household_note: str = ""
    own_number: str = ""


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """What a person is asked to allow. ``words`` is the text that they were shown, whole.

    ``topics`` are need domains, none meaning every topic. ``both_ways``: the recipients may also tell
    the discloser how it goes. ``starts_at`` empty is now.
    """

    person_id: UUID
    recipient_ids: tuple[UUID, ...]
    ends_at: datetime | None
    how: How
    words: str
    discloser_id: UUID | None = None
    recipient_classes: tuple[PartyClass, ...] = ()
    segments: tuple[Segment, ...] = (Segment.GENERAL,)
    purposes: tuple[Purpose, ...] = (Purpose.COORD,)
    topics: tuple[NeedDomain, ...] = ()
    both_ways: bool = True
    language: str = "en"
    starts_at: datetime | None = None
    signed_name: str = ""
    signed_for: str = ""
    witness: str = ""
    interpreter: str = ""


class Place(StrEnum):
    """Where on a person's pages a panel stands."""

    NOW = "now"  # /my/: the one thing to answer, as a card (did it help?)
    HELP = "help"  # /my/: who helps me, and with what
    MY_ASIDE = "my-aside"  # /my/: beside
    MAIN = "main"  # person page: needs, referrals, care
    ASIDE = "aside"  # person page: beside


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a person's page that a higher storey fills.

    ``context(actor, person)`` gives the template's values, or None where there is nothing to show; it
    runs under the actor's access and notes its own reading. ``heading`` and ``anchor`` name it in the
    page's navigation. Panels of one place stand by ``order``.
    """

    key: str
    place: Place
    template: str
    context: Callable[[Actor, PersonShape], Mapping[str, object] | None]
    order: int = 50
    anchor: str = ""
    heading: str = ""
