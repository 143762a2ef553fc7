"""B01 to B03, B08: one eligible voter, one counted ballot, whatever is tried. Real clock and connections."""

import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from tests.governance.voting import (
    DAY,
    SETUP,
    START,
    World,
    account,
    ask,
    cast,
    cast_all,
    gather,
    judge,
    lay,
    open_vote,
)
from tests.security.probe import administrator

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import casting, certifying, polling
from commonweal.governance.models import Ballot, Poll
from commonweal.governance.queries import board as boards
from commonweal.governance.queries import polls
from commonweal.governance.rules import recount
from commonweal.governance.sealing import new_receipt
from commonweal.kernel.clock import at, now
from commonweal.kernel.errors import Refused
from commonweal.partners.models import Holding, Member, Seat
from commonweal.partners.vocabulary import Authority, MemberClass, MemberKind
from commonweal.site import install

VOTERS, CASTS = 200, 1000


def crowd(world: World, many: int) -> None:
    """So many residents with a seat at the table."""
    day = START.date() - timedelta(days=30)
    with acting(SETUP):
        people = Account.objects.bulk_create(
            Account(kind=Account.Kind.STAFF, name=f"Voter {n}", email=f"voter{n}@example.org", is_active=True)
            for n in range(many)
        )
        members = Member.objects.bulk_create(
            Member(account=who, name=who.name, kind=MemberKind.RESIDENT.value, lives_here=True,
                   is_or_was_served=True, joined_on=day)
            for who in people
        )  # fmt: skip
        seats = Seat.objects.bulk_create(
            Seat(body_id=world.bodies["table"], member_class=MemberClass.RESIDENT.value, starts_on=day)
            for _ in people
        )
        Holding.objects.bulk_create(
            Holding(seat=seat, member=member, authority=Authority.FULL.value, starts_on=day)
            for seat, member in zip(seats, members, strict=True)
        )
    for who, seat in zip(people, seats, strict=True):
        world.residents[f"seat:{seat.pk}"] = Actor(Role.MEMBER, Purpose.GOV, account_id=who.pk, name=who.name)


def close_now(poll: UUID, seconds: float = 0) -> None:
    """Wait until a poll has closed by the database's clock."""
    row = Poll.objects.get(pk=poll)
    while polls.database_now() < row.closes_at:
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_a_thousand_casts_at_once_with_replays_and_a_restart_count_two_hundred() -> None:
    """B01."""
    world = lay(partners=1, residents=0)
    crowd(world, VOTERS)
    question = ask(world)
    (poll,) = open_vote(world, question, closes_at=now() + timedelta(hours=1), meeting_id=gather(world))
    dice = Random(7)
    names = list(world.residents)
    requests = [(name, dice.choice(["yes", "no"]), new_receipt()) for name in names for _ in range(4)]
    requests += dice.choices(requests, k=CASTS - len(requests))  # the same request once more
    dice.shuffle(requests)
    places: dict[str, set[int | None]] = {}
    done = threading.Semaphore(0)

    def one(request: tuple[str, str, str]) -> None:
        """A client that asks again when the line breaks, with the receipt that it brought."""
        name, said, receipt = request
        for _attempt in range(40):
            try:
                given = cast(world, poll, name, said, receipt=receipt)
            except DatabaseError:
                time.sleep(0.1)
                continue
            finally:
                connection.close()
            places.setdefault(receipt, set()).add(given.place)
            done.release()
            return
        raise AssertionError("a client never got through")

    def restart() -> None:
        for _ in range(CASTS // 2):
            done.acquire()
        with administrator() as admin:
            admin.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )

    breaker = threading.Thread(target=restart, daemon=True)
    breaker.start()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, requests))
    breaker.join()
    connection.close()
    install.close_pool()  # what the restart left broken in it
    assert all(len(found) == 1 for found in places.values()), "a replay gets the same answer"
    with acting(world.backbone):
        counted = certifying.close(poll, by=world.backbone)
    tally = counted.outcome.tally
    assert tally.yes + tally.no == VOTERS
    assert Ballot.objects.count() == len({receipt for *_, receipt in requests})
    last = {b.voter: b.choice["position"] for b in Ballot.objects.order_by("place")}
    assert sum(said == "yes" for said in last.values()) == tally.yes
    board = boards.board(poll)
    assert recount.verify(board) == []
    assert recount.count(board)["tally"]["yes"] == tally.yes


@pytest.mark.django_db(transaction=True)
def test_the_rule_at_commit_is_the_databases_clock_for_all_alike() -> None:
    """B02: begun before closing and committed after it is refused; the application's clock says nothing."""
    world = lay(partners=3)
    question = ask(world)
    soon = now() + timedelta(seconds=2)
    with at(now() - timedelta(days=8)):  # nobody opens a vote for two seconds
        (poll,) = open_vote(world, question, closes_at=soon)
    with at(now() + timedelta(minutes=5)):
        cast(world, poll, world.voter(0), "yes")  # an application five minutes ahead
    actor = world.actor(world.voter(1))
    late = pytest.raises((DatabaseError, Refused))
    with late, acting(actor):
        casting.cast(poll, by=actor, voter=world.voter(1), choice={"position": "no"})
        close_now(poll)  # the transaction is still open when voting closes
    with pytest.raises(Refused, match="not open"), at(now() - timedelta(minutes=5)):
        cast(world, poll, world.voter(2), "no")  # an application five minutes behind
    assert Ballot.objects.count() == 1
    with acting(THE_COUNT):
        assert certifying.close(poll, by=THE_COUNT).outcome.tally.yes == 1


@pytest.mark.django_db
def test_voting_closes_no_sooner_for_anyone() -> None:
    world = lay(partners=3)
    question = ask(world)
    (poll,) = open_vote(world, question)
    with acting(THE_COUNT), pytest.raises(Refused, match="still open"):
        certifying.close(poll, by=THE_COUNT)
    with pytest.raises(DatabaseError, match="still open"), acting(THE_COUNT):
        Poll.objects.filter(pk=poll).update(closed_at=now())


@pytest.mark.django_db
def test_only_the_holder_of_the_seat_casts_and_only_here() -> None:
    """B03: another's receipt, another poll's voter, a stranger, one who left."""
    world = lay(partners=4)
    with at(START):
        first, second = ask(world), ask(world)
        (one,) = open_vote(world, first)
        (other,) = open_vote(world, second)
        mine, theirs = world.voter(0), world.voter(1)
        receipt = cast(world, one, mine, "yes").receipt
        with pytest.raises(Refused, match="another ballot"):
            cast(world, one, theirs, "no", receipt=receipt)
        assert cast(world, one, mine, "no", receipt=receipt).was_there
        assert cast(world, other, mine, "no", receipt=receipt).place == 1
        thief = world.actor(theirs)
        with acting(thief), pytest.raises(Refused, match="don’t hold"):
            casting.cast(one, by=thief, voter=mine, choice={"position": "no"})
        stranger = Actor(Role.MEMBER, Purpose.GOV, account_id=account("Stranger"), name="Stranger")
        with acting(stranger), pytest.raises(Refused):
            casting.cast(one, by=stranger, voter=mine, choice={"position": "no"})
        other_purpose = world.actor(mine).for_purpose(Purpose.COORD)
        with acting(other_purpose), pytest.raises(Refused):
            casting.cast(one, by=other_purpose, voter=mine, choice={"position": "no"})
    with acting(SETUP):
        Holding.objects.filter(seat_id=world.seats[mine]).update(ended_on=START.date() + timedelta(days=1))
    with at(START + 2 * DAY), pytest.raises(Refused, match="don’t hold"):
        cast(world, one, mine, "no")
    assert [b.choice["position"] for b in Ballot.objects.filter(poll_id=one)] == ["yes"]


@pytest.mark.django_db
def test_an_alternate_casts_until_the_holder_has() -> None:
    world = lay(partners=2)
    voter = world.voter(0)
    partner = UUID(voter.partition(":")[2])
    with acting(SETUP):
        who = account("Alma Ternate")
        member = Member.objects.create(
            partner_id=partner, account_id=who, name="Alma", kind=MemberKind.DELEGATE.value,
            joined_on=START.date() - timedelta(days=30),
        )  # fmt: skip
        Holding.objects.create(
            seat_id=world.seats[voter], member=member, is_alternate=True,
            authority=Authority.NONE.value, starts_on=START.date() - timedelta(days=30),
        )  # fmt: skip
    alma = Actor(Role.MEMBER, Purpose.GOV, partner, who, name="Alma")
    with at(START):
        question = ask(world)
        (poll,) = open_vote(world, question)
        with acting(alma):
            assert polls.my_votes(alma)[0].is_advisory
            casting.cast(poll, by=alma, voter=voter, choice={"position": "no"})
        cast(world, poll, voter, "yes")
        with acting(alma), pytest.raises(Refused, match="has voted"):
            casting.cast(poll, by=alma, voter=voter, choice={"position": "no"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "update governance_ballot set choice = '{}'",
        "delete from governance_ballot",
        "update governance_poll set electorate = '{}'",
        "update governance_poll set rule = '{}'",
        "update governance_poll set closes_at = closes_at + interval '1 day'",
        "update governance_poll set lots = '[\"no\"]'",
        "delete from governance_poll",
        "insert into governance_ballot select gen_random_uuid(), 2, 'partner:x', 'unit:x', choice, channel,"
        " provenance, 'r', digest, 'd', occurred_at, recorded_at, cast_by_id, poll_id from governance_ballot",
    ],
)
def test_the_database_rewrites_no_ballot_and_moves_no_roll(change: str) -> None:
    world = lay(partners=3)
    question = ask(world)
    (poll,) = open_vote(world, question)
    cast(world, poll, world.voter(0), "yes")
    actor = world.actor(world.voter(0))
    with pytest.raises(DatabaseError), acting(actor), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.django_db
def test_who_stepped_out_casts_not_even_past_the_application() -> None:
    """B08: the recusal is the database's."""
    world = lay(partners=3)
    voter = world.voter(2)
    question = ask(world)
    actor = world.actor(voter)
    with acting(actor):
        said = polling.disclose_conflict(question, by=actor, voter=voter, interest="Paid for it.")
    (poll,) = open_vote(world, question)
    assert judge(world, said) is True
    row = Poll.objects.get(pk=poll)
    unit = next(v["unit"] for v in row.electorate["voters"] if v["id"] == voter)
    ballot = Ballot(
        poll=row,
        place=1,
        voter=voter,
        unit=unit,
        choice={"position": "yes"},
        channel="page",
        receipt="x",
        digest="y",
    )
    with pytest.raises(DatabaseError, match="stepped out"), acting(actor), transaction.atomic():
        ballot.save(force_insert=True)


PROXIES = """
[matter.roles]
article = "5.2"
text.en = "A majority; a member may carry one proxy."
body = "table"
proxies = 1
"""


@pytest.mark.django_db
def test_a_proxy_is_written_counted_once_and_gone_when_its_giver_comes() -> None:
    """B08: as many as the bylaws allow."""
    from tests.governance.voting import LAWS

    from commonweal.governance.vocabulary import Matter

    world = lay(LAWS + PROXIES, partners=4)
    giver, carrier, third = (world.voter(n) for n in (0, 1, 2))
    with at(START):
        question = ask(world, Matter.ROLES)
        for name, allowed in ((giver, True), (third, False)):
            actor = world.actor(name)
            with acting(actor):
                if allowed:
                    polling.give_proxy(question, by=actor, giver=name, carrier=carrier, words="Vote for us.")
                else:
                    with pytest.raises(Refused, match="as many"):
                        polling.give_proxy(question, by=actor, giver=name, carrier=carrier, words="Us too.")
        (poll,) = open_vote(world, question)
        hand = world.actor(carrier)
        with acting(hand):
            assert {v.voter for v in polls.my_votes(hand)} == {giver, carrier}
            casting.cast(poll, by=hand, voter=carrier, choice={"position": "yes"})
            casting.cast(poll, by=hand, voter=giver, choice={"position": "yes"})
            with pytest.raises(Refused):
                casting.cast(poll, by=hand, voter=third, choice={"position": "yes"})
        cast(world, poll, giver, "no")
        with acting(hand), pytest.raises(Refused, match="in person"):
            casting.cast(poll, by=hand, voter=giver, choice={"position": "yes"})
        cast(world, poll, third, "no")
    with at(START + 8 * DAY), acting(THE_COUNT):
        tally = certifying.close(poll, by=THE_COUNT).outcome.tally
    assert (tally.yes, tally.no) == (1, 2)


@pytest.mark.django_db
def test_paper_counts_when_a_second_person_reads_the_same() -> None:
    world = lay(partners=3)
    officer = Actor(Role.ELECTION_OFFICER, Purpose.GOV, account_id=account("Olive Officer"), name="Olive")
    voter = world.voter(0)
    with at(START):
        question = ask(world)
        (poll,) = open_vote(world, question)
        with acting(officer):
            with pytest.raises(Exception, match="where the paper came from"):
                casting.enter_paper(poll, by=officer, voter=voter, choice={"position": "yes"}, provenance=" ")
            entry = casting.enter_paper(
                poll, by=officer, voter=voter, choice={"position": "yes"}, provenance="Box at the library"
            )
            with pytest.raises(Refused, match="second person"):
                casting.check_paper(entry, by=officer, choice={"position": "yes"})
        with acting(world.backbone):
            assert casting.check_paper(entry, by=world.backbone, choice={"position": "no"}) is None
        assert not Ballot.objects.exists()
        with acting(officer):
            entry = casting.enter_paper(
                poll, by=officer, voter=voter, choice={"position": "yes"}, provenance="Box at the library"
            )
        with acting(world.backbone):
            assert casting.check_paper(entry, by=world.backbone, choice={"position": "yes"}).place == 1
    ballot = Ballot.objects.get()
    assert (ballot.channel, ballot.provenance) == ("paper", "Box at the library")
    delegate = world.actor(voter)
    with at(START), acting(delegate), pytest.raises(Refused):
        casting.enter_paper(poll, by=delegate, voter=voter, choice={"position": "no"}, provenance="Mine")


@pytest.mark.django_db
def test_votes_called_in_a_meeting_are_written_down_and_the_chair_ends_it() -> None:
    world = lay(partners=3, chair=0)
    chair = world.actor(world.voter(0))
    question = ask(world)
    (poll,) = open_vote(world, question, meeting_id=gather(world, *world.voters))
    said = {world.voter(0): {"position": "yes"}, world.voter(1): {"position": "yes"}}
    with acting(chair):
        casting.cast_in_meeting(poll, by=chair, choices=said, provenance="Meeting of 2 March, hands")
        counted = certifying.close(poll, by=chair)
    assert counted.outcome.is_adopted
    assert counted.outcome.steps[1].params["there"] == 3
    other = world.actor(world.voter(1))
    with acting(other), pytest.raises(Refused):
        casting.cast_in_meeting(poll, by=other, choices=said, provenance="Again")


@pytest.mark.django_db
def test_nobody_reads_how_an_open_vote_stands() -> None:
    """B09: live partial results, for the backbone and the administrator too."""
    world = lay(partners=3)
    question = ask(world)
    (poll,) = open_vote(world, question)
    cast_all(world, poll, ["yes", "no"])
    with acting(world.backbone):
        shape = polls.poll(poll)
        board = boards.board(poll)
    assert (shape.turnout, shape.entitled, shape.counted, shape.ballots) == (2, 3, None, ())
    assert (board["ballots"], board["outcome"], board["head"], board["count"]) == ([], None, "", 0)
    assert not any("said yes" in step.sentence for step in shape.steps)


def test_receipts_are_long_and_easy_to_read() -> None:
    """B10, the part that is no page."""
    found = {new_receipt() for _ in range(500)}
    assert len(found) == 500
    assert all(len(r) == 20 and r.isalnum() and not set(r) & set("ilou") for r in found)
    assert secrets.compare_digest(new_receipt(), new_receipt()) is False
