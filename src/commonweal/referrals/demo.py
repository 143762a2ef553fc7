"""The demo's referrals: two years of requests with their answers, made by the acts, from one seed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.kernel.domains import NeedDomain
from commonweal.referrals import actions
from commonweal.referrals.rules.timing import AnswerRule
from commonweal.referrals.shapes import Ask
from commonweal.referrals.shapes_past import PastReferral, PastSaid, PastSending, PastStep
from commonweal.referrals.vocabulary import Event, Helped, OutcomeCode, Provenance, Via
from commonweal.screening import facade as screening
from commonweal.screening.shapes import NeedShape
from commonweal.screening.shapes_past import PastNeedMove
from commonweal.screening.vocabulary import NeedStatus

ASKS: dict[NeedDomain, tuple[str, ...]] = {
    NeedDomain.FOOD: (
        "Food boxes, weekly",
        "Low-salt food",
        "Food boxes and baby formula, weekly",
        "Hot meals",
    ),
    NeedDomain.TRANSPORT: ("Rides to the clinic", "A ride home with a walker", "Bus passes for work"),
    NeedDomain.UTILITIES: (
        "Help with the electric bill",
        "Heat before the cold comes",
        "Water bill, two months",
    ),
    NeedDomain.HOUSING: ("Help with one month of rent", "Someone to speak with the landlord"),
    NeedDomain.HOMELESSNESS: ("A bed for tonight and after", "A room for a family"),
    NeedDomain.INADEQUATE_HOUSING: ("Mold in the bedroom", "A ramp at the front door"),
    NeedDomain.MONEY: ("Help to sort out bills", "Help with the tax credit"),
    NeedDomain.WORK: ("Help to find work, mornings", "Work clothes and a resume"),
    NeedDomain.ISOLATION: ("Someone to visit", "A group for lunch"),
    NeedDomain.CHILDCARE: ("Child care three days a week", "After-school care"),
    NeedDomain.INSURANCE: ("Help to enroll", "Help to renew"),
}
_WORDS: dict[str, dict[Helped, tuple[str, ...]]] = {
    "en": {
        Helped.YES: ("It was just what we needed.", "They called the same day.", "My kids eat."),
        Helped.SOME: ("The boxes are heavy and I have two flights of stairs.", "It helps, it is not enough."),
        Helped.NO: ("Nobody called.", "They said the list is full."),
    },
    "es": {
        Helped.YES: ("Era justo lo que necesitábamos.", "Llamaron el mismo día."),
        Helped.SOME: ("Las cajas pesan y son dos pisos.", "Ayuda, pero no alcanza."),
        Helped.NO: ("Nadie llamó.", "Dijeron que no hay lugar."),
    },
}
_REFUSALS = ("no-funds", "not-eligible", "full", "outside-area", "not-offered", "language")
_REFUSAL_WEIGHTS = (34, 22, 20, 10, 9, 5)
_FAILURES = (
    "no-one-reached",
    "person-declined",
    "not-eligible",
    "declined-after-acceptance",
    "moved-or-died",
)
_FAILURE_WEIGHTS = (48, 22, 16, 10, 4)
_OUTCOMES = (
    OutcomeCode.RECEIVED_FULL, OutcomeCode.RECEIVED_PARTIAL, OutcomeCode.ENROLLED, OutcomeCode.WAITLISTED,
    OutcomeCode.CLIENT_DECLINED,
)  # fmt: skip
_OUTCOME_WEIGHTS = (52, 22, 16, 6, 4)
_ENDINGS = frozenset({Event.DECLINED, Event.EXPIRED, Event.FAILED, Event.COMPLETED})
_AFTER_SERVICE = {Helped.YES: 64, Helped.SOME: 24, Helped.NO: 12}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a service tends to answer: chances from 0 to 1, days as the middle of what is usual."""

    answers: float = 0.93
    says_yes: float = 0.8
    days_to_answer: float = 1.6
    begins: float = 0.9
    days_to_begin: float = 4.0
    person_tells: float = 0.7
    refusals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """A request that nobody has ended: whom it is about, whom it asked, for what, since when."""

    person_id: UUID
    service_id: UUID
    domain: NeedDomain
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What a history made: referrals, sendings, answers of people; where needs stand, and what is open."""

    referrals: int = 0
    sendings: int = 0
    said: int = 0
    needs: Mapping[NeedStatus, int] = field(default_factory=dict)
    open: tuple[Open, ...] = ()


def adopt_standard(mandate_id: UUID, *, by: Actor, answer_days: int = 3) -> None:
    """Enter the decision about how fast services answer."""
    rule = AnswerRule(
        answer_days=answer_days,
        remind_after_days=max(1, answer_days - 1),
        escalate_after_days=answer_days + 2,
        expire_after_days=answer_days * 5,
    )
    actions.adopt_answer_standard(mandate_id, rule, by=by)


def history(
    needs: Sequence[NeedShape],
    *,
    by: Actor,
    services: Mapping[NeedDomain, Sequence[UUID]],
    rng: Random,
    until: datetime,
    manners: Mapping[UUID, Manner] | None = None,
    places: Mapping[UUID, str] | None = None,
    languages: Mapping[UUID, str] | None = None,
    move_needs: bool = True,
) -> Told:
    """Ask for these needs of the acting partner; let time run up to ``until``. Call it inside ``acting(by)``.

    ``services``: whom to ask, by need, in order of preference; ``manners``: how each service answers (by its
    id); ``places``, ``languages``: by person. Requests of the last days are left open, as they would be.
    """
    tell = _Teller(rng, until, manners or {}, languages or {})
    past = [
        tell.referral(need, list(services[need.domain]), by, (places or {}).get(need.person_id, ""))
        for need in sorted(needs, key=lambda n: (n.wanted_at, str(n.id)))
        if services.get(need.domain)
    ]
    past = [one for one in past if one.sendings]
    actions.record_past(past, by=by)
    counts = _move_needs(past, by) if move_needs else {}
    sendings = [s for one in past for s in one.sendings]
    said = sum(len(s.said) for s in sendings)
    return Told(len(past), len(sendings), said, counts, tuple(_open(past, needs)))


def _open(past: Sequence[PastReferral], needs: Sequence[NeedShape]) -> Iterator[Open]:
    known = {need.id: need for need in needs}
    for one in past:
        last, need = one.sendings[-1], known[one.need_id]
        if not any(step.kind in _ENDINGS for step in last.steps):
            yield Open(need.person_id, last.service_id, need.domain, last.sent_at)


def _move_needs(past: Sequence[PastReferral], by: Actor) -> dict[NeedStatus, int]:
    stands = [(one.need_id, *_stands(one)) for one in past]
    moved = [PastNeedMove(*each, "as told") for each in stands if each[1] is not NeedStatus.OPEN]
    screening.move_past(moved, by=by)
    return dict(Counter(status for _, status, _ in stands))


def _stands(one: PastReferral) -> tuple[NeedStatus, datetime]:
    """Where the need stands after all this: met only if the person said so."""
    last = one.sendings[-1]
    said = [s for s in last.said if s.helped is not Helped.LATER]
    if said and said[-1].helped is Helped.YES:
        return NeedStatus.MET, said[-1].at
    kinds = {step.kind for step in last.steps}
    if Event.GIVEN_UP in kinds:
        return NeedStatus.UNMET, last.steps[-1].at
    if Event.ACCEPTED in kinds and Event.FAILED not in kinds:
        return NeedStatus.BEING_HELPED, next(s.at for s in last.steps if s.kind is Event.ACCEPTED)
    return NeedStatus.OPEN, last.sent_at


@dataclass
class _Teller:
    """Tells what became of each request, with one random source so that the same seed tells the same."""

    rng: Random
    until: datetime
    manners: Mapping[UUID, Manner]
    languages: Mapping[UUID, str]

    def referral(self, need: NeedShape, services: list[UUID], by: Actor, place: str) -> PastReferral:
        """One request: services are asked one after another until one helps or three have refused."""
        language = self.languages.get(need.person_id, "en")
        words = self.rng.choice(ASKS.get(need.domain, ("Help with this",)))
        ask = Ask(words, place, language, self.rng.choice((0, 1, 1, 2, 3, 4, 5)))
        sent_at = self._office(need.wanted_at + timedelta(hours=self.rng.uniform(0.2, 30)))
        sendings: list[PastSending] = []
        self.rng.shuffle(services)
        for service in services[:3]:
            if sent_at >= self.until:
                break
            sending = self._sending(service, sent_at, language)
            sendings.append(sending)
            ended = sending.steps[-1] if sending.steps else None
            if ended is None or ended.kind not in (Event.DECLINED, Event.EXPIRED, Event.FAILED):
                break
            if ended.reason in ("person-declined", "moved-or-died"):
                break
            sent_at = self._office(ended.at + timedelta(days=self.rng.uniform(0.1, 3)))
        else:
            self._give_up(sendings)
        return PastReferral(need.id, by.name, ask, tuple(sendings), place, by.account_id)

    def _give_up(self, sendings: list[PastSending]) -> None:
        """Two weeks after the last no, somebody writes down that nobody could help."""
        at = self._office(sendings[-1].steps[-1].at + timedelta(days=14)) if sendings else self.until
        if at < self.until:
            last = sendings[-1]
            sendings[-1] = replace(last, steps=(*last.steps, PastStep(Event.GIVEN_UP, at, via=Via.ACCOUNT)))

    def _sending(self, service: UUID, sent_at: datetime, language: str) -> PastSending:
        manner = self.manners.get(service, Manner())
        steps = self._answer(manner, sent_at)
        begun = next((s for s in steps if s.kind is Event.STARTED), None)
        ended = next((s for s in steps if s.kind is Event.COMPLETED), None)
        said = self._said(begun, ended, manner, language) if begun or ended else ()
        return PastSending(service, sent_at, steps, said)

    def _answer(self, manner: Manner, sent_at: datetime) -> tuple[PastStep, ...]:
        if self.rng.random() > manner.answers:
            ended = self._office(sent_at + timedelta(days=21))
            steps = [
                PastStep(Event.REMINDED, self._office(sent_at + timedelta(days=2)), "Commonweal", Via.SYSTEM),
                PastStep(Event.LATE, self._office(sent_at + timedelta(days=4)), "Commonweal", Via.SYSTEM),
                PastStep(Event.EXPIRED, ended, "Commonweal", Via.SYSTEM, "no-answer"),
            ]
            return self._so_far(steps)
        answered = self._later(sent_at, manner.days_to_answer)
        if self.rng.random() > manner.says_yes:
            own = manner.refusals
            reason = self.rng.choice(own) if own else self.rng.choices(_REFUSALS, _REFUSAL_WEIGHTS)[0]
            return self._so_far([PastStep(Event.DECLINED, answered, reason=reason)])
        return self._so_far([PastStep(Event.ACCEPTED, answered), *self._work(manner, answered)])

    def _work(self, manner: Manner, accepted: datetime) -> list[PastStep]:
        if self.rng.random() > manner.begins:
            reason = self.rng.choices(_FAILURES, _FAILURE_WEIGHTS)[0]
            return [PastStep(Event.FAILED, self._later(accepted, 6), reason=reason)]
        begun = self._later(accepted, manner.days_to_begin)
        outcome = self.rng.choices(_OUTCOMES, _OUTCOME_WEIGHTS)[0]
        usual = 14 if self.rng.random() < 0.8 else 40
        return [
            PastStep(Event.STARTED, begun),
            PastStep(Event.COMPLETED, self._later(begun, usual), outcome=outcome),
        ]

    def _said(
        self, begun: PastStep | None, ended: PastStep | None, manner: Manner, language: str
    ) -> tuple[PastSaid, ...]:
        start = ended or begun
        assert start is not None
        at = self._later(start.at, 3)
        if at >= self.until or self.rng.random() > manner.person_tells:
            return ()
        helped = self.rng.choices(list(_AFTER_SERVICE), list(_AFTER_SERVICE.values()))[0]
        how = self.rng.choices((Provenance.SMS, Provenance.SELF, Provenance.PHONE), (6, 3, 2))[0]
        words = ""
        if self.rng.random() < 0.35:
            words = self.rng.choice(_WORDS.get(language, _WORDS["en"])[helped])
        taken_by = "Danielle Whitfield" if how is Provenance.PHONE else ""
        spoken = language if language in _WORDS else "en"
        return (PastSaid(helped, at, how, words, spoken, taken_by),)

    def _later(self, start: datetime, middle_days: float) -> datetime:
        """After a wait that is mostly short and sometimes long, within working hours."""
        days = self.rng.lognormvariate(0, 0.7) * middle_days
        return self._office(start + timedelta(days=min(days, middle_days * 6)))

    def _office(self, moment: datetime) -> datetime:
        """The same or the next working moment, in the times of the clock given."""
        while moment.weekday() >= 5:
            moment += timedelta(days=1)
        if not 13 <= moment.hour <= 21:  # eight to five where the collaborative lives, seen in UTC
            day = moment if moment.hour < 13 else moment + timedelta(days=1)
            moment = day.replace(hour=self.rng.randint(13, 21), minute=self.rng.randint(0, 59))
            while moment.weekday() >= 5:
                moment += timedelta(days=1)
        return moment

    def _so_far(self, steps: list[PastStep]) -> tuple[PastStep, ...]:
        """What had happened by ``until``."""
        return tuple(step for step in steps if step.at < self.until)
