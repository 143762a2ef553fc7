"""Any sequence of consent, agreement, mandate, referral and revocation: nothing leaves after
an end.

Each sequence holds all five, among queued mails, links that are opened, answers and reminders, for requests
of three segments; rows of every segment that a partner can keep are looked at beside.
``COMMONWEAL_SEQUENCES`` sets how many are tried (100 by default; the slow test: 1,000, acceptance 7 of the
first landing).
"""

import os
import re
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.explain import explain
from commonweal.foundation.access.facts import assign
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Role, Segment, class_of
from commonweal.foundation.messages.models import Outbound
from commonweal.foundation.messages.tasks import settle_message
from commonweal.governance import actions as governance
from commonweal.governance.models import scope_of_agreement
from commonweal.governance.rules import Vote
from commonweal.governance.shapes import TermShape
from commonweal.governance.vocabulary import Assent, Matter
from commonweal.kernel.clock import now, today
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import Conflict, NotFound, Refused
from commonweal.kernel.ids import new_id
from commonweal.people import actions as people
from commonweal.people import facade as people_facade
from commonweal.people.vocabulary import How
from commonweal.referrals import actions
from commonweal.referrals.models import Task, TaskEvent
from commonweal.referrals.rules.segment import purpose_of
from commonweal.referrals.shapes import Ask
from commonweal.referrals.vocabulary import Status
from commonweal.screening.actions.needs import need_row
from commonweal.screening.models import Need
from commonweal.screening.vocabulary import Agreed, Urgency
from people.cast import _keeper

from .world import World

G, DV, SU = Segment.GENERAL, Segment.DOMESTIC_VIOLENCE, Segment.SUBSTANCE_USE
KEPT = tuple(segment for segment in Segment if segment is not Segment.PSYCHOTHERAPY)
"""No role writes counseling notes here; everything else has a row."""
TOGETHER: dict[Segment, tuple[Segment, ...]] = {
    G: tuple(segment for segment in KEPT if segment not in (DV, SU)),
    DV: (DV,),
    SU: (SU,),
}
"""What is asked for on one form."""
DOMAINS = dict(
    zip(
        KEPT,
        (d for d in NeedDomain if d not in (NeedDomain.SAFETY, NeedDomain.FOOD, NeedDomain.UNSPECIFIED)),
        strict=False,
    )
) | {G: NeedDomain.FOOD, DV: NeedDomain.SAFETY}
FIVE = ("yes", "agree", "mandate", "ask", "stop")
OPS = (*FIVE, "end", "open", "accept", "start", "remind", "cancel", "mail", "mail", "open")
MAY_BE_REFUSED = ("ask", "accept", "start", "remind", "cancel")
BOTH = (Purpose.COORD, Purpose.TREAT)
HOLDER, PANTRY = "alder-general", "ferry-street"


@dataclass
class County:
    """What every sequence begins with: a row of each segment, who works with them, no agreement in force."""

    world: World
    staff: Actor
    needs: dict[Segment, UUID]

    def asker(self, segment: Segment) -> Actor:
        return self.staff if segment is SU else self.world.danielle.for_purpose(purpose_of(segment))

    def helper(self, segment: Segment) -> Actor:
        return self.world.marcus.for_purpose(purpose_of(segment))


@dataclass
class Run:
    """What the world should look like, kept beside the real one."""

    county: County
    consents: dict[Segment, UUID] = field(default_factory=dict)
    agreement: UUID | None = None
    mandate: UUID | None = None
    tasks: list[tuple[UUID, Segment]] = field(default_factory=list)
    steps: int = 0

    @property
    def world(self) -> World:
        return self.county.world

    def is_shared(self, segment: Segment) -> bool:
        asked = next(form for form, held in TOGETHER.items() if segment in held)
        return asked in self.consents and self.mandate is not None

    def do(self, op: str, segment: Segment) -> None:
        before = len(mail.outbox)
        try:
            getattr(self, f"do_{op}")(segment)
        except (Refused, NotFound, Conflict):
            assert op in MAY_BE_REFUSED
        for told in mail.outbox[before:]:
            if told.to == [f"desk@{PANTRY}.example.org"] and "/r/" in told.body:
                assert any(self.is_shared(s) for _, s in self.tasks), (op, "a link went out after the end")
        self.look()

    def do_yes(self, segment: Segment) -> None:
        if segment not in self.consents:
            self.consents[segment] = self.world.consent(
                PANTRY, segments=TOGETHER[segment], purposes=BOTH, ends_at=now() + timedelta(days=90)
            )

    def do_stop(self, segment: Segment) -> None:
        """The person stops what they allowed; where they allowed nothing of this, what else stands."""
        chosen = segment if segment in self.consents else next(iter(self.consents), None)
        if chosen is not None:
            with acting(self.world.danielle) as by:
                people.withdraw_consent(self.world.teresa, self.consents.pop(chosen), by=by, how=How.BY_PHONE)

    def do_agree(self, segment: Segment) -> None:
        """The partners write down an agreement; alone it opens nothing."""
        table, keeper = self.world.table, _keeper(self.world.table)
        terms = [
            TermShape(table[a], table[b], s.value, p.value)
            for a, b in permutations((HOLDER, PANTRY))
            for s in KEPT
            for p in BOTH
        ]
        with acting(keeper):
            self.agreement = governance.record_agreement(
                by=keeper, slug=f"care-{new_id().hex}", title="Care partners", terms=terms
            )

    def do_mandate(self, segment: Segment) -> None:
        """The table decides on the newest agreement."""
        if self.agreement is None or self.mandate is not None:
            return
        keeper = _keeper(self.world.table)
        with acting(keeper):
            decision = governance.record_decision(
                by=keeper, title="Share what helps", question="Shall we?", body="The Table",
                decided_on=today(), method="Two thirds", vote=Vote(16, 2, 0, Assent.YES, True),
            )  # fmt: skip
            self.mandate = governance.give_mandate(
                decision, by=keeper, matter=Matter.DATA_SHARING, scope=scope_of_agreement(self.agreement),
                starts_at=now() - timedelta(days=1), ends_at=now() + timedelta(days=365),
            )  # fmt: skip

    def do_end(self, segment: Segment) -> None:
        if self.mandate is not None:
            keeper = _keeper(self.world.table)
            with acting(keeper):
                governance.withdraw(self.mandate, by=keeper, why="The Table thinks again.")
            self.mandate = self.agreement = None

    def do_ask(self, segment: Segment) -> None:
        need, service = self.county.needs[segment], self.world.services[PANTRY]
        with acting(self.county.asker(segment)) as by:
            sending = actions.ask(
                need, [service], by=by, ask=Ask("What was talked about", "Ferry Street", "es")
            )
        self.tasks.append((sending, segment))
        assert self.is_shared(segment), "asked without consent, agreement or mandate"

    def _answer(self, act: object) -> None:
        for task_id, segment in self.tasks[-1:]:
            with acting(self.county.helper(segment)) as by:
                act(task_id, by=by)  # type: ignore[operator]
            assert self.is_shared(segment), "answered without consent, agreement or mandate"

    def do_accept(self, segment: Segment) -> None:
        self._answer(actions.accept)

    def do_start(self, segment: Segment) -> None:
        self._answer(actions.start)

    def do_remind(self, segment: Segment) -> None:
        for task_id, of in self.tasks[-1:]:
            with acting(self.county.asker(of)) as by:
                actions.remind(task_id, by=by)

    def do_cancel(self, segment: Segment) -> None:
        for task_id, of in self.tasks[-1:]:
            with acting(self.county.asker(of)) as by:
                actions.cancel(task_id, "asked-another", by=by)

    def _program(self) -> Actor:
        return actions.program_of(self.world.table[HOLDER])

    def do_mail(self, segment: Segment) -> None:
        """Every queued mail is judged and leaves, or does not."""
        with acting(self._program()):
            waiting = list(Outbound.objects.filter(state="waiting").values_list("id", flat=True))
        for message in waiting:
            settle_message(str(message), str(self.world.table[HOLDER]))

    def do_open(self, segment: Segment) -> None:
        """The newest link is opened: it shows the request while it is shared, and nothing at all after."""
        with acting(self._program()):
            texts = Outbound.objects.filter(channel="email", text__contains="/r/").order_by("-queued_at")
            found = [m[1] for text in texts.values_list("text", flat=True)[:1] if (m := _LINK.search(text))]
        for token in found:
            response = Client().get(f"/r/{token}/")
            shown = b"What was talked about" in response.content
            assert not shown or any(self.is_shared(s) for _, s in self.tasks), "a link shows it after the end"

    def look(self) -> None:
        """Of one segment after each step, of all after every sixth: pure function, people and rows agree."""
        self.steps += 1
        for number, segment in enumerate(KEPT):
            if self.steps % 6 == 0 or number == self.steps % len(KEPT):
                self._agree_on(segment)
        self._threads_are_whole()

    def _agree_on(self, segment: Segment) -> None:
        expected = self.is_shared(segment)
        holder, pantry, topic = self.world.table[HOLDER], self.world.table[PANTRY], DOMAINS[segment].value
        with acting(self.county.helper(segment)) as helper:
            kind = class_of(DataClass.D4, segment)
            told = explain(helper, self.world.teresa, kind, segment, holder_id=holder, topic=topic)
            row = Need.objects.filter(pk=self.county.needs[segment]).exists()
            tasks = Task.objects.filter(pk__in=[t for t, of in self.tasks if of is segment]).count()
        assert (row, told.allowed) == (expected, expected), segment
        assert tasks == (sum(of is segment for _, of in self.tasks) if expected else 0), segment
        with acting(self.world.danielle):
            people_say = people_facade.may_share(
                self.world.teresa, holder, pantry, segment, purpose_of(segment), topic=topic
            )
        assert people_say.allowed is expected, segment

    def _threads_are_whole(self) -> None:
        for task_id, segment in self.tasks[-2:]:
            with acting(self.county.asker(segment)):
                task = Task.objects.get(pk=task_id)
                lines = list(TaskEvent.objects.filter(task=task).order_by("seq"))
            assert [line.seq for line in lines] == list(range(1, task.event_count + 1))
            assert lines[-1].status == task.status
            if segment not in self.consents and task.sent_at:
                assert task.status != Status.REQUESTED, "still asked, though the person stopped"


_LINK = re.compile(r"/r/([\w-]{43})/")


@st.composite
def sequences(draw: st.DrawFn) -> list[tuple[str, Segment]]:
    """The five kinds about one segment, in any order, and whatever else happens between and after them."""
    segment = st.sampled_from((G, G, DV, SU))
    focus = draw(segment)
    five = draw(st.one_of(st.just(FIVE), st.permutations(FIVE)))
    steps = [(op, focus) for op in five]
    for step in draw(st.lists(st.tuples(st.sampled_from(OPS), segment), min_size=2, max_size=9)):
        steps.insert(draw(st.integers(0, len(steps))), step)
    return [*steps, ("mail", focus), ("open", focus)]


@pytest.fixture
def county(world: World) -> County:
    """One county; each sequence is rolled back."""
    keeper = _keeper(world.table)
    with acting(keeper):
        for mandate in world.table.mandates.values():
            governance.withdraw(mandate, by=keeper, why="The Table begins anew.")
    staff = world.worker(HOLDER, Role.PART2_STAFF, Purpose.TREAT)
    with acting(world.danielle):
        assert staff.account_id is not None
        assign(world.teresa, staff.account_id)
    assert world.marcus
    return County(world, staff, {segment: _row(world, staff, segment) for segment in KEPT})


def _row(world: World, staff: Actor, segment: Segment) -> UUID:
    """A need in this segment. Where no helper writes it, it is as the hospital's own system sends it."""
    clinician = world.worker(HOLDER, Role.CLINICIAN, Purpose.TREAT)
    by = {G: world.danielle, SU: staff}.get(segment, clinician)
    row = need_row(
        world.teresa, DOMAINS[segment], holder_id=world.table[HOLDER], agreed=Agreed.SPOKEN,
        urgency=Urgency.ROUTINE, by=by,
    )  # fmt: skip
    row.segment, row.data_class = segment.value, class_of(DataClass.D4, segment).value
    with acting(by):
        row.save(force_insert=True)
    return row.pk


def _try(county: County, examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),  # minutes of shrinking belong to a desk, not to a suite
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=sequences())
    def every_sequence(steps: list[tuple[str, Segment]]) -> None:
        with transaction.atomic():
            run = Run(county)
            for op, segment in steps:
                run.do(op, segment)
            transaction.set_rollback(True)

    every_sequence()


def test_after_a_stop_nothing_is_shown_and_nothing_is_sent(county: County) -> None:
    _try(county, int(os.environ.get("COMMONWEAL_SEQUENCES", "100")))


@pytest.mark.slow
def test_a_thousand_sequences_of_all_five_kinds(county: County) -> None:
    """Acceptance 7 of the first landing."""
    _try(county, 1000)
