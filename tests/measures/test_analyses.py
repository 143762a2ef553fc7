"""Each use of data is authorized on its own: the table decides, each holder answers for its rows, an attacker
reads nothing, and what ends ends at the next read."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.governance.decided import bind, decide
from tests.partners.table import SETUP, Table, lay_table, someone

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.clock import today
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, Refused
from commonweal.measures import actions
from commonweal.measures.models import AnalysisAnswer, AnalysisFigure, AnalysisRun
from commonweal.measures.queries import analyses, cases
from commonweal.measures.rules import analyses as rules
from commonweal.measures.rules.analyses import Asked, Earlier, tell, tells_on_one, too_near
from commonweal.measures.vocabulary_data import Population, Says, Told
from commonweal.partners import actions as partners
from commonweal.partners.models import Body
from commonweal.partners.vocabulary import Authority, MemberKind, Sector
from commonweal.referrals.shapes import ReferralFact
from commonweal.referrals.vocabulary import Helped, Status

COUNTS = {
    h: {"all": n, "need-met.met": m, "need-met.not-met": n - m}
    for h, n, m in (("a", 60, 30), ("b", 50, 20), ("c", 40, 22), ("d", 7, 3), ("e", 45, 20))
}
MET = ("need-met",)


class TestWhatMayBeTold:
    def test_all_who_said_yes_are_told_together(self) -> None:
        answer = tell(Asked(frozenset("abce"), MET), COUNTS, [], {})
        assert answer.cells == {
            ("", "all"): 195,
            ("", "need-met.met"): 92,
            ("", "need-met.not-met"): 103,
        }

    def test_it_is_blind_until_enough_have_rows(self) -> None:
        assert tell(Asked(frozenset("ab"), MET), COUNTS, [], {}).cells == {}
        assert tell(Asked(frozenset("abx"), MET), COUNTS, [], {}).why_not == rules.TOO_FEW

    def test_subtracting_it_from_a_public_number_gives_no_small_holder_away(self) -> None:
        """Public 202, authorized 195: the seventh of the one that said no (DOMAIN 6-T8)."""
        answer = tell(Asked(frozenset("abce"), MET), COUNTS, [], {"sent": 202})
        assert answer.cells["", "all"] is None

    def test_what_is_held_back_in_public_is_held_back_here(self) -> None:
        answer = tell(Asked(frozenset("abce"), MET), COUNTS, [], {"met": None})
        assert answer.cells["", "need-met.met"] is None
        assert answer.cells["", "need-met.not-met"] is None, "else it follows"

    def test_two_analyses_never_differ_by_one_or_two_holders(self) -> None:
        before = Earlier("before:1", frozenset("abce"), frozenset({("", "all")}))
        answer = tell(Asked(frozenset("abc"), MET), COUNTS, [before], {})
        assert answer.why_not == rules.TOO_NEAR
        assert not too_near(frozenset("abce"), [before], 3), "the same again is no difference"

    def test_a_figure_of_which_one_has_three_quarters_tells_on_it(self) -> None:
        assert tells_on_one([90, 12, 11], 3)
        assert tells_on_one([60, 12, 0], 3)
        assert not tells_on_one([30, 12, 11], 3)
        assert not tells_on_one([0, 0, 0], 3), "none is none"

    def test_small_figures_by_holder_are_held_back_with_what_would_give_them_away(self) -> None:
        asked = Asked(frozenset("abcde"), MET, alone=frozenset("abcde"))
        answer = tell(asked, COUNTS, [], {})
        assert answer.cells["d", "all"] is None
        assert all(v is None or v == 0 or v >= 11 for v in answer.cells.values())
        assert sum(v is None for (w, what), v in answer.cells.items() if what == "all") >= 2

    def test_who_says_only_together_is_never_told_alone(self) -> None:
        answer = tell(Asked(frozenset("abce"), MET, alone=frozenset("ab")), COUNTS, [], {})
        assert {who for who, _what in answer.cells} == {"", "a", "b"}


JULY = date(2026, 4, 1)


class Laid:
    """A table under bylaws, four holders with delegates, an analysis that was asked for."""

    def __init__(self) -> None:
        self.table: Table = lay_table()
        self.body = UUID(int=0)
        self.holders: dict[str, UUID] = {}
        self.people: dict[str, Actor] = {}
        self.facts: list[ReferralFact] = []

    def sent(self, holder: UUID, number: int, met: int, domain: NeedDomain = NeedDomain.FOOD) -> None:
        for i in range(number):
            moment = datetime(2026, 4, 2 + i % 20, 16, tzinfo=UTC)
            self.facts.append(
                ReferralFact(
                    key="", person="", requester_id=holder, target_id=uuid4(), domain=domain,
                    status=Status.COMPLETED, sent_at=moment, answered_at=moment, accepted_at=moment,
                    started_at=moment, ended_at=moment, outcome=None,
                    helped=Helped.YES if i < met else Helped.NO, count_in_sent=True,
                )
            )  # fmt: skip

    def ask(self, **more: object) -> int:
        asking = {
            "title": "Who is helped",
            "question": "Of the requests that each sends, how many end with the need met?",
            "purpose": "To see where to put the new drivers.",
            "population": Population.REQUESTS,
            "elements": ["need-met"],
            "first_day": JULY,
            "last_day": JULY,
            "told": Told.TOGETHER,
            "body_id": self.body,
            "holders": list(self.holders.values()),
            "expires_on": today() + timedelta(days=90),
        }
        by = self.people["a"]
        with acting(by):
            return actions.ask_analysis(by=by, **{**asking, **more})  # type: ignore[arg-type]

    def authorize(self, number: int) -> UUID:
        shape = analyses.analysis(number)
        assert shape is not None
        end = datetime.now(UTC) + timedelta(days=100)
        return decide("analysis.run", {"analysis": str(shape.id)}, ends_at=end, gate="residents")

    def say(self, number: int, who: str, says: Says = Says.YES, **more: object) -> None:
        by, shape = self.people[who], analyses.analysis(number)
        assert shape is not None
        with acting(by):
            actions.answer_analysis(shape.id, by=by, says=says, **more)  # type: ignore[arg-type]

    def run(self, number: int) -> UUID | None:
        shape = analyses.analysis(number)
        assert shape is not None
        return actions.run_analysis(shape.id, by=self.mei)

    @property
    def mei(self) -> Actor:
        return Actor(Role.ANALYST, Purpose.OPS, self.table.backbone, name="Mei Hsu")

    def seen_by(self, by: Actor, number: int) -> int:
        """How many figures someone reads with a statement of their own."""
        with acting(by), connection.cursor() as cursor:
            cursor.execute("select count(*) from measures_analysisfigure")
            return int(cursor.fetchone()[0])


@pytest.fixture
def laid(db: None, monkeypatch: pytest.MonkeyPatch) -> Laid:
    made = Laid()
    bind()
    body = Body.objects.get(slug="table")
    made.body = body.pk
    with acting(SETUP):
        for letter in "abce":
            made.holders[letter] = partners.join(
                by=SETUP, slug=f"system-{letter}", name=f"System {letter.upper()}",
                sector=Sector.HEALTH_CARE, joined_on=date(2026, 1, 5),
            )  # fmt: skip
    for letter, name in (("a", "Ada"), ("b", "Bo"), ("c", "Cy"), ("e", "Eli")):
        who = someone(made.holders[letter], f"{name} Ray", Role.MEMBER)
        made.people[letter] = who
        _sit(made.body, made.holders[letter], who)
    made.people["bound"] = someone(made.holders["a"], "Nan Ray", Role.MEMBER)
    _sit(made.body, made.holders["a"], made.people["bound"], Authority.NONE)
    for element in ("need-met", "need-domain"):
        decide("element.adopt", {"element": element, "steward": str(made.table.backbone)})
    for letter, number, met in (("a", 60, 30), ("b", 50, 20), ("c", 40, 22), ("e", 45, 20)):
        made.sent(made.holders[letter], number, met)

    def facts(start: datetime, end: datetime, as_of: datetime, **more: object) -> Iterator[ReferralFact]:
        return (f for f in made.facts if start <= f.sent_at < end)

    monkeypatch.setattr(cases.referrals, "facts", facts)
    return made


def _sit(body: UUID, partner: UUID, who: Actor, authority: Authority = Authority.FULL) -> None:
    from django.utils import timezone

    from commonweal.partners.models import Holding, Member, Seat

    with acting(SETUP):
        member = Member.objects.filter(account_id=who.account_id).first() or Member.objects.create(
            name=who.name, kind=MemberKind.DELEGATE.value, partner_id=partner, account_id=who.account_id,
            joined_on=date(2026, 1, 5),
        )  # fmt: skip
        seat = Seat.objects.create(
            body_id=body, partner_id=partner, starts_on=date(2026, 1, 5), role="member"
        )
        Holding.objects.create(
            seat=seat, member=member, authority=authority.value, starts_on=timezone.localdate()
        )


class TestAuthorizing:
    def test_it_runs_once_decided_over_the_rows_of_those_who_said_yes(self, laid: Laid) -> None:
        number = laid.ask()
        for who in "abc":
            laid.say(number, who)
        with pytest.raises(Refused):
            laid.run(number)  # the holders said yes, the table did not
        laid.authorize(number)
        assert laid.run(number) is not None
        run = AnalysisRun.objects.none()
        with acting(laid.people["a"]):
            run = AnalysisRun.objects.get()
            told = {f.what: f.value for f in AnalysisFigure.objects.all()}
        assert set(run.contributors) == {str(laid.holders[x]) for x in "abc"}
        assert told["all"] == 150, "the fourth said nothing, and silence is no yes"

    def test_a_decision_without_the_holders_is_not_enough(self, laid: Laid) -> None:
        number = laid.ask()
        laid.authorize(number)
        for who in "ab":
            laid.say(number, who)
        with pytest.raises(Refused) as refused:
            laid.run(number)
        assert refused.value.verdict.rule == "analysis.blind"

    def test_only_what_is_defined_together_is_used(self, laid: Laid) -> None:
        number = laid.ask(elements=["request-accepted"])
        laid.authorize(number)
        for who in "abc":
            laid.say(number, who)
        with pytest.raises(Refused) as refused:
            laid.run(number)
        assert refused.value.verdict.rule == "analysis.undefined"

    def test_what_is_asked_for_is_whole(self, laid: Laid) -> None:
        for wrong in (
            {"purpose": " "},
            {"elements": ["consent"]},
            {"elements": ["need-met", "need-domain", "request-accepted"]},
            {"expires_on": today()},
            {"holders": [laid.holders["a"], laid.holders["b"]]},
            {"holders": [*laid.holders.values(), laid.table.shelter]},
            {"last_day": JULY + timedelta(days=4000)},
        ):
            with pytest.raises(BadInput):
                laid.ask(**wrong)

    def test_another_holders_delegate_does_not_answer_for_it(self, laid: Laid) -> None:
        number = laid.ask()
        shape = analyses.analysis(number)
        assert shape is not None
        mine = laid.people["a"]
        with acting(mine), pytest.raises(DatabaseError), transaction.atomic():
            AnalysisAnswer.objects.create(
                analysis_id=shape.id, partner_id=laid.holders["b"], turn=1, says="yes",
                said_by_id=mine.account_id,
            )  # fmt: skip

    def test_an_administrator_who_does_not_sit_there_does_not_answer(self, laid: Laid) -> None:
        number = laid.ask()
        shape = analyses.analysis(number)
        assert shape is not None
        owner = someone(laid.holders["a"], "Olga Ray", Role.ORG_ADMIN)
        with acting(owner), pytest.raises(Refused):
            actions.answer_analysis(shape.id, by=owner, says=Says.YES)
        with acting(owner), pytest.raises(DatabaseError), transaction.atomic():
            AnalysisAnswer.objects.create(
                analysis_id=shape.id, partner_id=laid.holders["a"], turn=1, says="yes",
                said_by_id=owner.account_id,
            )  # fmt: skip

    def test_a_delegate_without_authority_is_told_what_to_do(self, laid: Laid) -> None:
        number = laid.ask()
        shape = analyses.analysis(number)
        assert shape is not None
        bound = laid.people["bound"]
        with acting(bound), pytest.raises(Refused) as refused:
            actions.answer_analysis(shape.id, by=bound, says=Says.YES)
        assert refused.value.verdict.cure


class TestEnding:
    @pytest.fixture
    def ran(self, laid: Laid) -> int:
        number = laid.ask()
        self.mandate = laid.authorize(number)
        for who in "abce":
            laid.say(number, who)
        laid.run(number)
        assert laid.seen_by(laid.people["a"], number) > 0
        return number

    def test_the_decision_withdrawn_closes_it_at_the_next_read(self, laid: Laid, ran: int) -> None:
        decide("mandate.withdraw", {"mandate": str(self.mandate), "why": "It was used for something else."})
        assert laid.seen_by(laid.people["a"], ran) == 0

    def test_one_holders_no_closes_what_holds_its_rows(self, laid: Laid, ran: int) -> None:
        laid.say(ran, "b", Says.NO)
        assert laid.seen_by(laid.people["a"], ran) == 0
        shape = analyses.analysis(ran)
        assert shape is not None
        with acting(laid.people["a"]):
            assert analyses.result(shape) is None

    def test_what_runs_again_without_it_does_not_tell_the_difference(self, laid: Laid, ran: int) -> None:
        laid.say(ran, "b", Says.NO)
        assert laid.run(ran) is not None
        assert laid.seen_by(laid.people["a"], ran) == 0, "the old less the new would be System B's own"

    def test_a_withdrawn_definition_closes_it(self, laid: Laid, ran: int) -> None:
        from commonweal.governance.models import Mandate

        element = Mandate.objects.get(scope="element:need-met")
        decide("mandate.withdraw", {"mandate": str(element.pk), "why": "It means two things."})
        assert laid.seen_by(laid.people["a"], ran) == 0

    def test_nobody_runs_it_past_the_database(self, laid: Laid, ran: int) -> None:
        laid.say(ran, "b", Says.NO)
        counting = Actor(Role.BACKEND_SERVICE, Purpose.OPS, name="Measures")
        with acting(counting), pytest.raises(DatabaseError), transaction.atomic():
            AnalysisRun.objects.create(
                analysis=AnalysisRun.objects.first().analysis,  # type: ignore[union-attr]
                mandate_id=self.mandate,
                contributors=[str(laid.holders["b"])],
                policy="x",
                as_of=datetime.now(UTC),
            )


class TestReading:
    def test_an_outsiders_own_statement_reads_nothing(self, laid: Laid) -> None:
        number = laid.ask()
        laid.authorize(number)
        for who in "abc":
            laid.say(number, who)
        laid.run(number)
        outsiders = (
            laid.table.marcus,
            laid.table.priya,
            Actor.public(),
            Actor(Role.OPERATOR, Purpose.ADMIN, name="ops"),
            Actor(Role.PRIVACY_OFFICER, Purpose.AUD, laid.table.backbone, laid.table.priya.account_id),
            Actor(Role.ANALYST, Purpose.OPS, laid.table.backbone),
        )
        assert [laid.seen_by(who, number) for who in outsiders] == [0] * len(outsiders)
        assert laid.seen_by(laid.people["e"], number) > 0, "who sits there sees it"

    def test_it_ends_with_the_seat(self, laid: Laid) -> None:
        from commonweal.partners.models import Holding

        number = laid.ask()
        laid.authorize(number)
        for who in "abc":
            laid.say(number, who)
        laid.run(number)
        leaves = laid.people["e"]
        assert laid.seen_by(leaves, number) > 0
        with acting(SETUP):
            Holding.objects.filter(member__account_id=leaves.account_id).update(
                starts_on=date(2026, 1, 6), ended_on=today()
            )
        assert laid.seen_by(leaves, number) == 0

    def test_a_stranger_finds_no_page(self, laid: Laid) -> None:
        number = laid.ask()
        for path in ("/measures/analyses/", f"/measures/analyses/{number}/"):
            assert Client().get(path).status_code in (302, 403)
