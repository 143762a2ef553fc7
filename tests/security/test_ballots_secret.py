"""B06, B07, B09: a secret ballot stays secret, its receipt is found again, small tallies are held back."""

import json
from random import Random
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from tests.governance.voting import DAY, LAWS, START, World, ask, cast, finish, gather, lay, open_vote

from commonweal.foundation.access import acting
from commonweal.foundation.audit.models import AuditEntry
from commonweal.governance import sealing
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import casting, certifying
from commonweal.governance.models import Ballot, Decision, Envelope, Poll, Turnout
from commonweal.governance.queries import board as boards
from commonweal.governance.queries import polls
from commonweal.governance.rules import recount
from commonweal.governance.sealing import new_receipt
from commonweal.governance.vocabulary import Matter, Result
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused
from commonweal.partners.vocabulary import Authority

pytestmark = pytest.mark.django_db

SECRET = """
[matter.roles]
article = "5.2"
text.en = "A majority, in secret."
body = "table"
secret = true
"""


def secret_vote(world: World, answers: list[str]) -> tuple[UUID, UUID, dict[str, str]]:
    """A secret vote; gives the question, the poll and each voter's receipt."""
    with at(START):
        question = ask(world, Matter.ROLES)
        (poll,) = open_vote(world, question)
        receipts = {
            voter: cast(world, poll, voter, said).receipt
            for voter, said in zip(world.voters, answers, strict=True)
        }
    return question, poll, receipts


def test_until_closing_the_database_holds_nothing_that_says_how_anyone_voted() -> None:
    world = lay(LAWS + SECRET, partners=6)
    _question, poll, receipts = secret_vote(world, ["yes", "no", "yes", "no", "yes", "yes"])
    assert not Ballot.objects.exists()
    sealed = [bytes(e.sealed) for e in Envelope.objects.all()]
    assert len({len(s) for s in sealed}) == 1, "a yes is as long as a no"
    dump = json.dumps(list(Envelope.objects.values()), default=str) + b"".join(sealed).hex()
    assert not any(receipt in dump for receipt in receipts.values())
    assert '"yes"' not in dump
    with acting(world.backbone):
        shape = polls.poll(poll)
        assert (shape.turnout, shape.counted, shape.ballots) == (6, None, ())
    entries = list(AuditEntry.objects.filter(verb="ballot.cast").values_list("details", "words"))
    assert {json.dumps(details) for details, _ in entries} <= {"{}"}


def test_each_finds_the_same_receipt_again_and_a_replay_changes_nothing() -> None:
    """B06: killed between store and answer, the voter asks again: the same receipt, one vote."""
    world = lay(LAWS + SECRET, partners=5)
    voter = world.voter(0)
    with at(START):
        question = ask(world, Matter.ROLES)
        (poll,) = open_vote(world, question)
        request, later = new_receipt(), new_receipt()
        first = cast(world, poll, voter, "yes", receipt=request)
        again = cast(world, poll, voter, "yes", receipt=request)
        assert (again.receipt, again.was_there) == (first.receipt, True)
        changed = cast(world, poll, voter, "no", receipt=later)
        assert changed.receipt == first.receipt
        replayed = cast(world, poll, voter, "yes", receipt=request)
        assert replayed.was_there
        actor = world.actor(voter)
        with acting(actor):
            assert polls.my_votes(actor)[0].receipt == first.receipt
        for n in range(1, 5):
            cast(world, poll, world.voter(n), "yes")
    assert Envelope.objects.count() == 5
    finish(world, question, START + 8 * DAY)
    found = {b.receipt: b.choice["position"] for b in Ballot.objects.all()}
    assert found[first.receipt] == "no", "the change counts, not the replay"


def test_no_join_of_what_is_left_tells_who_cast_which(django_capture_on_commit_callbacks) -> None:
    """B07: rows, transaction, ids, order, times, receipts, audit: each guess is no better than chance."""
    world = lay(LAWS + SECRET, partners=24)
    dice = Random(3)
    answers = ["yes"] * 12 + ["no"] * 12
    dice.shuffle(answers)
    question, poll, receipts = secret_vote(world, answers)
    with django_capture_on_commit_callbacks(execute=True):
        finish(world, question, START + 8 * DAY)
    assert not Envelope.objects.exists()
    with pytest.raises(sealing.Unreadable):
        sealing.key_of(poll)
    with connection.cursor() as cursor:
        cursor.execute(
            "select xmin::text, cmin::text, voter, unit, occurred_at, recorded_at, cast_by_id, channel,"
            " provenance, pg_column_size(choice) from governance_ballot"
        )
        rows = cursor.fetchall()
        cursor.execute("select receipt from governance_ballot order by ctid")
        by_place = [r for (r,) in cursor.fetchall()]
    assert len({row[0] for row in rows}) == 1
    assert {row[2:9] for row in rows} == {("", "", None, None, None, "page", "")}
    owner = {receipt: voter for voter, receipt in receipts.items()}
    cast_order = list(world.voters)
    named = sorted(cast_order, key=lambda v: world.actor(v).name)
    turnout = [t.voter for t in Turnout.objects.all()]
    orders = [
        by_place,
        [b.receipt for b in Ballot.objects.order_by("id")],
        [b.receipt for b in Ballot.objects.order_by("receipt")],
        [b.receipt for b in Ballot.objects.order_by("digest")],
    ]
    for guess in (cast_order, named, turnout, sorted(turnout)):
        for order in orders:
            right = sum(owner[r] == voter for r, voter in zip(order, guess, strict=True))
            assert right <= 6, "a lucky shuffle gives one or two"
    written = json.dumps(
        list(AuditEntry.objects.values("verb", "words", "details", "subject_id")), default=str
    )
    assert not any(receipt in written for receipt in receipts.values())


def test_the_ballots_are_shuffled_anew_each_time() -> None:
    orders = set()
    for _turn in range(3):
        with transaction.atomic():
            world = lay(LAWS + SECRET, partners=8)
            question, poll, receipts = secret_vote(world, ["yes", "no"] * 4)
            finish(world, question, START + 8 * DAY)
            owner = {receipt: n for n, receipt in enumerate(receipts.values())}
            orders.add(tuple(owner[b.receipt] for b in Ballot.objects.filter(poll_id=poll).order_by("place")))
            transaction.set_rollback(True)
    assert len(orders) == 3


@pytest.mark.parametrize("answers", [["yes", "yes", "no"], ["yes"] * 7])
def test_small_and_unanimous_tallies_are_held_back_and_the_result_is_said(answers: list[str]) -> None:
    """B09."""
    world = lay(LAWS + SECRET, partners=len(answers))
    question, poll, receipts = secret_vote(world, answers)
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED
    shape = polls.poll(poll)
    assert shape.counted.is_held_back
    assert all(not b.choice for b in shape.ballots)
    assert {b.receipt for b in shape.ballots} == set(receipts.values()), "each finds its own"
    decision = Decision.objects.get()
    said = json.dumps(decision.certificate) + decision.reasons
    assert (decision.yes, decision.no) == (0, 0)
    assert "said yes; " not in said
    assert recount.verify(boards.board(poll)) == []
    assert recount.verify(boards.board(poll, is_whole=True)) == []


def test_a_delegate_who_must_ask_first_has_no_secret_vote() -> None:
    world = lay(LAWS + SECRET, partners=3, authorities=[Authority.FULL, Authority.NONE])
    with at(START):
        question = ask(world, Matter.ROLES)
        (poll,) = open_vote(world, question)
        with pytest.raises(Refused, match="secret ballot"):
            cast(world, poll, world.voter(1), "yes")


def test_before_closing_nobody_lays_ballots_open() -> None:
    world = lay(LAWS + SECRET, partners=3)
    question = ask(world, Matter.ROLES)
    (poll,) = open_vote(world, question)
    cast(world, poll, world.voter(0), "yes")
    row = Poll.objects.get(pk=poll)
    for attempt in (
        lambda: Ballot.objects.create(poll=row, place=1, choice={}, channel="page", receipt="r", digest="d"),
        lambda: Turnout.objects.create(poll=row, unit="u", voter="v"),
        lambda: row.envelopes.all().delete(),
    ):
        with pytest.raises(DatabaseError), acting(THE_COUNT):
            attempt()
    with acting(THE_COUNT), pytest.raises(Refused, match="still open"):
        certifying.close(poll, by=THE_COUNT)


def test_a_secret_vote_is_not_called_out() -> None:
    world = lay(LAWS + SECRET, partners=3)
    with at(START):
        question = ask(world, Matter.ROLES)
        (poll,) = open_vote(world, question, meeting_id=gather(world))
        with acting(world.backbone), pytest.raises(Refused, match="secret"):
            casting.cast_in_meeting(
                poll, by=world.backbone, choices={world.voter(0): {"position": "yes"}}, provenance="Hands"
            )


def test_what_was_sealed_opens_with_its_key_alone_and_not_when_changed() -> None:
    one, other = UUID(int=1001), UUID(int=1002)
    try:
        key, wrong = sealing.make_key(one), sealing.make_key(other)
        sealed = sealing.seal(key.public, {"choice": {"position": "yes"}})
        assert sealing.unseal(key, sealed) == {"choice": {"position": "yes"}}
        for bad in (sealed[:-1] + bytes([sealed[-1] ^ 1]),):
            with pytest.raises(sealing.Unreadable):
                sealing.unseal(key, bad)
        with pytest.raises(sealing.Unreadable):
            sealing.unseal(wrong, sealed)
        assert len(sealing.seal(key.public, {"choice": {"position": "no", "reason": "x" * 400}})) == len(
            sealed
        )
    finally:
        sealing.destroy_key(one)
        sealing.destroy_key(other)
        sealing.destroy_key(other)
