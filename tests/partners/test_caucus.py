"""What residents say among themselves: attacked by the backbone, an operator, an institution, a statement."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.foundation.accounts_tools import browser_of
from tests.partners.meeting_world import START, World, called, lay_world
from tests.partners.table import SETUP

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.partners import actions
from commonweal.partners import models as m
from commonweal.partners.actions import agendas, calling, minuting, running
from commonweal.partners.queries import meetings
from commonweal.partners.queries import work as reading
from commonweal.partners.vocabulary import MemberKind, SeatRole
from commonweal.partners.vocabulary_meetings import LineKind, MeetingPart

SECRET = "They cut us off whenever we speak of rent"
ROWS = (
    m.Meeting, m.AgendaItem, m.MeetingRole, m.Presence, m.Turn, m.MinuteLine, m.MinutesVersion, m.Slot,
    m.SlotAnswer, m.SeatNeeds, m.ActionItem, m.ActionEvent, m.PulseTally, m.PulseTurnout,
)  # fmt: skip
"""Every table in which a meeting leaves something."""


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


@pytest.fixture
def said(world: World) -> World:
    """A meeting of the caucus that has left rows in every table."""
    by, seat = world.loretta, world.loretta_in_caucus
    with acting(by):
        made = calling.call_meeting(world.caucus, by=by, plan=calling.Plan(title=SECRET), tell=False)
        slot = calling.add_slot(made, by=by, starts_at=now() + timedelta(days=1))
        calling.answer_slots(made, seat, by=by, answers={slot: calling.Could.YES}, words=SECRET)
        calling.choose_slot(made, slot, by=by)
        item = agendas.put_item(made, by=by, title=SECRET)
        calling.give_part(made, MeetingPart.CHAIR, by=by, seat_id=seat)
        running.open_meeting(made, by=by)
        running.come(made, by=by, seat_id=seat)
        agendas.start_item(item, by=by)
        running.let_speak(running.raise_hand(made, by=by, seat_id=seat), by=by)
        owned = minuting.Owned(seat, today() + timedelta(days=9))
        minuting.write_line(made, by=by, kind=LineKind.ACTION, words=SECRET, owned=owned)
        running.close_meeting(made, by=by)
        from commonweal.partners.actions.pulse import say_worth
        from commonweal.partners.vocabulary_meetings import Worth

        say_worth(made, seat, by=by, worth=Worth.NO)
    return world


def _outsiders(world: World) -> list[Actor]:
    table = world.table
    account = Account.objects.get(pk=world.loretta.account_id).pk
    return [
        table.priya,
        table.danielle,
        table.marcus,
        world.dale,
        SETUP,
        Actor.public(),
        Actor(Role.PRIVACY_OFFICER, Purpose.AUD, table.backbone, table.priya.account_id),
        Actor(Role.BACKEND_SERVICE, Purpose.GOV, table.backbone, name="The count"),
        Actor(Role.MEMBER, Purpose.GOV, None, table.priya.account_id),
        # Her account, but acting for an organization: there she sits for it, and not for residents.
        Actor(Role.ORG_ADMIN, Purpose.GOV, table.backbone, account),
    ]


def test_who_sits_there_reads_every_table_and_nobody_else_any(said: World) -> None:
    with acting(said.loretta):
        assert [t.__name__ for t in ROWS if not t.objects.exists()] == []
    for outsider in _outsiders(said):
        with acting(outsider):
            seen = [t.__name__ for t in ROWS if t.objects.exists()]
            assert seen == [], (outsider.role, outsider.name)
            assert meetings.meetings() == []
            assert reading.of_bodies([said.caucus]) == []


def test_nobody_outside_writes_there(said: World) -> None:
    with acting(said.loretta):
        held = m.Meeting.objects.get().pk
    for outsider in (said.table.priya, SETUP, said.dale):

        def write(make: Callable[[], object], by: Actor = outsider) -> None:
            with acting(by), pytest.raises(DatabaseError), transaction.atomic():
                make()

        write(lambda: m.Meeting.objects.create(body_id=said.caucus, minutes=60))
        write(lambda: m.MinuteLine.objects.create(meeting_id=held, kind="note", words="We were there."))
        write(
            lambda: m.ActionItem.objects.create(
                body_id=said.caucus, seat_id=said.loretta_in_caucus, words="x", due_on=today()
            )
        )
        with acting(outsider):
            assert m.Meeting.objects.filter(pk=held).update(title="x") == 0


def test_a_seat_that_the_backbone_gives_itself_opens_nothing(said: World) -> None:
    """The backbone keeps the list of seats, so it can seat itself; the room stays shut to it all the same."""
    priya = said.table.priya
    with acting(SETUP):
        own = m.Seat.objects.create(body_id=said.caucus, partner_id=said.table.backbone, starts_on=START)
        member = m.Member.objects.get(account_id=priya.account_id)
        m.Holding.objects.create(seat=own, member=member, authority="full", starts_on=START)
        # And worse: a made-up resident member with her own account, in a residents' seat.
        ghost = m.Member.objects.create(
            name="P. N.", kind=MemberKind.RESIDENT.value, account_id=priya.account_id,
            lives_here=True, is_or_was_served=True, joined_on=START,
        )  # fmt: skip
        chair = m.Seat.objects.create(
            body_id=said.caucus, member_class="resident", role=SeatRole.CHAIR.value, starts_on=START
        )
        m.Holding.objects.create(seat=chair, member=ghost, authority="full", starts_on=START)
    with acting(priya):
        assert not m.MinuteLine.objects.exists()
        with pytest.raises(NotFound):
            calling.cancel_meeting(_meeting(said), by=priya, why="No.")


def _meeting(world: World) -> object:
    with acting(world.loretta):
        return m.Meeting.objects.get().pk


def test_the_door_cannot_be_taken_off_its_hinges(said: World) -> None:
    """Making the caucus public, or moving its meeting into an open body, is refused by the database."""
    with acting(said.table.priya):
        for change in ({"is_private": False}, {"is_private": False, "kind": "workgroup"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                m.Body.objects.filter(pk=said.caucus).update(**change)
    open_one = called(said)
    with acting(said.loretta):
        with pytest.raises(DatabaseError), transaction.atomic():
            m.Meeting.objects.filter(body_id=said.caucus).update(body_id=said.board)
        with pytest.raises(DatabaseError), transaction.atomic():
            m.MinuteLine.objects.update(meeting_id=open_one)


STATEMENTS = (
    "select words from partners_minuteline",
    "select content::text from partners_minutesversion",
    "select title from partners_meeting",
    "alter table partners_meeting disable row level security",
    "set row_security = off; select words from partners_minuteline",
    "select m.title from partners_meeting m join partners_body b on b.id = m.body_id",
    "create temp view seen as select words from partners_minuteline; select * from seen",
    "insert into partners_minuteline select * from partners_minuteline returning words",
    "select set_config('commonweal.ctx', '', true); select words from partners_minuteline",
)


def test_a_statement_that_came_in_through_a_page_reads_nothing(said: World) -> None:
    for statement in STATEMENTS:
        with acting(said.table.priya), transaction.atomic():
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement)
                    rows = cursor.fetchall() if cursor.description else []
            except DatabaseError:
                rows = []
        assert SECRET not in str(rows), statement


def test_who_leaves_the_seat_leaves_the_room_at_once(said: World) -> None:
    with acting(SETUP):
        actions.vacate_seat(said.loretta_in_caucus, by=SETUP, why="Moved away.")
    with acting(said.loretta):
        assert not m.Meeting.objects.exists()


def test_pages_answer_outsiders_as_if_nothing_were_there(said: World) -> None:
    made = _meeting(said)
    with acting(said.loretta):
        action = m.ActionItem.objects.get().pk
    paths = [f"/table/meetings/{made}/{more}" for more in ("", "room/", "minutes/", "when/", "meeting.ics")]
    paths += [f"/table/actions/{action}/"]
    for actor in (said.table.priya, said.table.marcus, said.dale):
        client = browser_of(Account.objects.get(pk=actor.account_id))
        assert [client.get(path).status_code for path in paths] == [404] * len(paths)
        for path in ("/table/meetings/", "/table/actions/"):
            assert SECRET not in client.get(path).content.decode()
    assert Client().get(f"/table/meetings/{made}/").status_code == 404
    hers = browser_of(Account.objects.get(pk=said.loretta.account_id))
    assert SECRET in hers.get(f"/table/meetings/{made}/minutes/").content.decode()


def test_letters_of_a_caucus_say_day_and_place_and_no_more(said: World) -> None:
    with acting(SETUP):
        sent = list(Outbound.objects.all())
    assert {one.template for one in sent} >= {"partners/mail/invited", "partners/mail/minutes"}
    for one in sent:
        whole = one.subject + one.text + one.html + one.calendar.replace("\r\n ", "")
        assert "rent" not in whole
        assert "cut us off" not in whole


def test_a_promise_is_not_made_behind_a_closed_door(world: World) -> None:
    made = called(world, body=world.caucus)
    owned = minuting.Owned(world.loretta_in_caucus, today() + timedelta(days=5), "Everyone")
    with acting(world.loretta):
        running.open_meeting(made, by=world.loretta)
        with pytest.raises(BadInput):
            minuting.write_line(made, by=world.loretta, kind=LineKind.PROMISE, words="We will.", owned=owned)


def test_nothing_of_it_is_in_the_audit_or_the_counts(said: World) -> None:
    from commonweal.foundation.audit.models import AuditEntry
    from commonweal.partners.queries import pulse

    with acting(Actor(Role.PRIVACY_OFFICER, Purpose.AUD, said.table.backbone, said.table.priya.account_id)):
        entries = " ".join(str(e.__dict__) for e in AuditEntry.objects.all())
    assert SECRET not in entries
    with acting(said.table.priya):
        assert pulse.chaired(now() - timedelta(days=1)) == {}
        assert pulse.hours_asked(now() - timedelta(days=1))[2] == 0


def test_jobs_pass_it_by(said: World) -> None:
    from commonweal.partners import tasks

    tasks.nudge()
    tasks.before_meetings()
    with acting(SETUP):
        assert not Outbound.objects.filter(template="partners/mail/nudge").exists()
