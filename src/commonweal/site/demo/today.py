"""What waits in the demo today: the cast's own story, by the same acts that a worker's page calls."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from commonweal.care import actions as care
from commonweal.care.vocabulary import GoesTo
from commonweal.directory import facade as directory
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.domains import NeedDomain
from commonweal.partners import demo as partners_demo
from commonweal.partners.demo import partner_id
from commonweal.people.demo import Seeded, say_yes
from commonweal.referrals import actions
from commonweal.referrals.shapes import Ask
from commonweal.referrals.vocabulary import Helped, OutcomeCode, Provenance
from commonweal.screening import facade as screening

F = NeedDomain.FOOD
T = NeedDomain.TRANSPORT


def lay(seeded: Seeded) -> None:
    """Teresa, Harold, Frances, Keisha and Bao, as the care manager finds them this morning."""
    danielle = partners_demo.actor("Danielle Whitfield")
    marcus = partners_demo.actor("Marcus Odom")
    leo = partners_demo.actor("Leo Brandt")
    cast = seeded.cast
    story = _Story(danielle)

    food = story.asked(cast["Teresa Aguilar"], F, "ferry-street", "Food boxes, low in salt, weekly", days=24)
    story.helped(food, marcus, began=22)
    story.said(food, Helped.SOME, "Las cajas pesan y vivo en el segundo piso.", "es", days=1)
    story.asked(
        cast["Teresa Aguilar"], T, "northbank-rides", "A ride to the heart clinic on Friday", days=4, yes=leo
    )

    story.allow(cast["Harold Munn"], "northbank-rides", T)
    story.asked(cast["Harold Munn"], T, "northbank-rides", "A ride home at 2 pm, with a walker", days=9)
    story.allow(cast["Frances Doyle"], "ferry-street", F)
    story.asked(cast["Frances Doyle"], F, "ferry-street", "A low-salt box each week", days=3, yes=marcus)
    story.allow(cast["Keisha Barnes"], "ferry-street", F)
    story.asked(cast["Keisha Barnes"], F, "ferry-street", "Food boxes and baby formula, weekly", days=1)
    ines = _Story(partners_demo.actor("Inés Valdivia"))
    ines.asked(cast["Bao Tran"], NeedDomain.HOUSING, "tanners-ford", "Help with one month of rent", days=9)
    ines.allow(cast["Bao Tran"], "ferry-street", F)
    ines.asked(cast["Bao Tran"], F, "ferry-street", "Food boxes for one, weekly", days=8)
    _stays(cast)


def _stays(cast: Mapping[str, UUID]) -> None:
    """Three are in hospital and go home soon. Two of them said that the pantry may know the day; whether it
    does, the table has yet to decide."""
    nurse = partners_demo.actor("Naomi Fields", Purpose.TREAT)
    for name, came, goes in (("Frances Doyle", 4, 2), ("Harold Munn", 2, 3), ("Teresa Aguilar", 1, 1)):
        with at(_day(came - 0.5)), acting(nurse):
            care.admit(
                cast[name],
                by=nurse,
                admitted_on=today(),
                planned_home_on=today() + timedelta(days=came + goes),
                goes_to=GoesTo.HOME,
                phone="541-555-0160",
            )
    danielle = partners_demo.actor("Danielle Whitfield")
    for name in ("Frances Doyle", "Teresa Aguilar"):
        say_yes(
            cast[name],
            danielle,
            [partner_id("ferry-street")],
            topics=[F],
            segments=(Segment.GENERAL, Segment.HOSPITAL),
            moment=_day(0.5),
            ends_at=_day(-180),
        )


class _Story:
    """Acts of one asker, each on its day."""

    def __init__(self, by: Actor) -> None:
        self.by = by

    def allow(self, person_id: UUID, slug: str, topic: NeedDomain) -> None:
        say_yes(person_id, self.by, [partner_id(slug)], topics=[topic], moment=_day(12), ends_at=_day(-180))

    def asked(
        self,
        person_id: UUID,
        domain: NeedDomain,
        slug: str,
        words: str,
        *,
        days: float,
        yes: Actor | None = None,
    ) -> UUID:
        """The need, wanted that day, and one request for it; ``yes`` says so the next day."""
        with at(_day(days + 0.2)), acting(self.by):
            need = self._need(person_id, domain)
            task = actions.ask(
                need, [_service(slug, domain)], by=self.by, ask=Ask(words, "Ferry Street area", "en", 3)
            )
        if yes is not None:
            with at(_day(days - 0.8)), acting(yes):
                actions.accept(task, by=yes)
        return task

    def _need(self, person_id: UUID, domain: NeedDomain) -> UUID:
        live = [n for n in screening.needs_of(person_id) if n.domain is domain]
        return live[0].id if live else screening.raise_need(person_id, domain, by=self.by)

    def helped(self, task: UUID, helper: Actor, *, began: float, ended: float | None = None) -> None:
        with at(_day(began)), acting(helper):
            actions.accept(task, by=helper)
            actions.start(task, by=helper)
        if ended is not None:
            with at(_day(ended)), acting(helper):
                actions.complete(task, OutcomeCode.RECEIVED_FULL, by=helper)

    def said(self, task: UUID, helped: Helped, words: str, language: str, *, days: float) -> None:
        with at(_day(days)), acting(self.by):
            actions.record_answer(
                task, helped, by=self.by, provenance=Provenance.PHONE, words=words, language=language
            )


def _day(days_ago: float) -> datetime:
    return now() - timedelta(days=days_ago)


def _service(slug: str, domain: NeedDomain) -> UUID:
    offered = directory.services_of_partner(partner_id(slug))
    return next(s.id for s in offered if domain in s.domains)
