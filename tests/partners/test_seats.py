"""Seats: who may fill, leave, authorize; terms, notes, rosters, invitations; what falls vacant."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from tests.foundation.accounts_tools import resident
from tests.partners.table import SETUP, Table, membership_of, someone

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, Conflict, Refused
from commonweal.kernel.verdict import allow, deny
from commonweal.partners import access, actions, facade, queries
from commonweal.partners.models import AuthorityWord, BodyWord, Holding, Member, SeatNote
from commonweal.partners.vocabulary import Authority, BodyKind, MemberClass, Sector
from commonweal.partners.vocabulary_seats import Answer, Latitude


def body(slug: str = "table", kind: BodyKind = BodyKind.BOARD, **more: object) -> UUID:
    with acting(SETUP):
        return actions.found_body(
            by=SETUP, slug=slug, name=slug.title(), kind=kind, starts_on=date(2026, 1, 5), **more
        )


def seat(body_id: UUID, partner_id: UUID | None = None, **more: object) -> UUID:
    with acting(SETUP):
        return actions.add_seat(
            body_id,
            by=SETUP,
            partner_id=partner_id,
            member_class=None if partner_id else MemberClass.RESIDENT,
            starts_on=date(2026, 1, 5),
            **more,
        )


def member_of(actor: Actor) -> UUID:
    return Member.objects.get(account_id=actor.account_id, left_on=None).pk


def fill(seat_id: UUID, member_id: UUID, **more: object) -> UUID:
    with acting(SETUP):
        return actions.fill_seat(
            seat_id, by=SETUP, member_id=member_id, **{"starts_on": date(2026, 2, 2), **more}
        )


def neighbor(name: str = "Loretta Hayes") -> Actor:
    account = resident(name, email=f"{name.split()[0].casefold()}@neighbors.example")
    with acting(SETUP):
        actions.welcome_resident_member(
            by=SETUP, name=name, lives_here=True, is_or_was_served=True, account_id=account.pk
        )
    return Actor(Role.MEMBER, Purpose.GOV, account_id=account.pk, name=name)


@pytest.fixture
def bound(table: Table) -> None:
    """Bylaws are in force: who sits at the table changes only by a mandate."""
    before = list(access._judges)
    access.judge_with(lambda under: allow("t", "yes") if under else deny("t.no-mandate", "Only by decision."))
    yield
    access._judges[:] = before


def test_a_member_leaves_a_seat_though_nothing_else_may_change(table: Table, bound: None) -> None:
    loretta = neighbor()
    chair = seat(body())
    held = fill(chair, member_of(loretta))
    with acting(table.priya), pytest.raises(Refused) as refused:
        actions.vacate_seat(chair, by=table.priya, why="Votes against us.")
    assert refused.value.verdict.rule == "partners.leave.whose-word"
    with acting(table.marcus), pytest.raises(Refused):
        actions.leave_seat(held, by=table.marcus)
    with acting(loretta):
        actions.leave_seat(held, by=loretta)
        actions.leave_seat(held, by=loretta)
    assert facade.seat(chair).holder is None
    assert facade.seat(chair).vacant_since == today()


def test_the_backbone_writes_down_that_someone_left_at_their_word(table: Table, bound: None) -> None:
    loretta = neighbor()
    held = fill(seat(body()), member_of(loretta))
    with acting(table.priya):
        actions.leave_seat(
            held, by=table.priya, at_word_of="Loretta Hayes, by phone", ended_on=date(2026, 3, 1)
        )
    assert Holding.objects.get(pk=held).ended_on == date(2026, 3, 1)


def test_a_partner_calls_its_delegate_back(table: Table) -> None:
    chair = seat(body(), table.pantry)
    ann = someone(table.pantry, "Ann Lee", Role.CASE_WORKER)
    held = fill(chair, member_of(ann))
    with acting(table.danielle), pytest.raises(Refused):
        actions.leave_seat(held, by=table.danielle)
    with acting(table.marcus):
        actions.leave_seat(held, by=table.marcus, why="Moved to another program.")
    assert facade.seat(chair).holder is None


def test_a_professional_who_lives_here_does_not_sit_for_residents(table: Table) -> None:
    chair = seat(body())
    with pytest.raises(BadInput) as bad:
        fill(chair, member_of(table.danielle))
    assert "An employee is not counted as one" in bad.value.what


def test_a_third_term_in_a_row_is_refused_and_another_seat_of_the_body_is_no_way_around(table: Table) -> None:
    board = body()
    first, second = (
        seat(board, table.pantry, term_months=12, terms_at_most=2),
        seat(board, table.pantry, term_months=12, terms_at_most=2),
    )
    marcus = member_of(table.marcus)
    fill(first, marcus, starts_on=date(2023, 1, 1))
    with acting(SETUP):
        actions.vacate_seat(first, by=SETUP, why="Term.", ended_on=date(2025, 1, 1))
    for chair in (first, second):
        with pytest.raises(Refused) as refused:
            fill(chair, marcus, starts_on=date(2025, 1, 1))
        assert refused.value.verdict.rule == "partners.term.limit"
    fill(second, marcus, starts_on=date(2026, 1, 1))  # a year away


def test_two_never_hold_a_seat_at_once(table: Table) -> None:
    chair = seat(body(), table.pantry)
    ann = member_of(someone(table.pantry, "Ann Lee", Role.CASE_WORKER))
    fill(chair, ann, ends_on=today() + timedelta(days=90))
    fill(chair, member_of(table.marcus), starts_on=date(2026, 3, 1))
    live = Holding.objects.filter(seat_id=chair, is_alternate=False).exclude(ended_on__lte=today())
    assert [h.member_id for h in live] == [member_of(table.marcus)]
    with pytest.raises(BadInput):
        fill(chair, ann, starts_on=date(2026, 2, 20))


def test_what_a_delegate_may_decide_changes_and_the_history_stays(table: Table) -> None:
    held = fill(seat(body(), table.pantry), member_of(table.marcus), authority=Authority.NONE)
    with acting(table.priya), pytest.raises(BadInput):
        actions.set_authority(held, by=table.priya, latitude=Latitude.WITHIN)
    with acting(table.danielle), pytest.raises(Refused):
        actions.set_authority(held, by=table.danielle, latitude=Latitude.ALONE)
    with acting(table.marcus):
        actions.set_authority(
            held, by=table.marcus, latitude=Latitude.ALONE, said_by="Dolores Pike, director"
        )
        actions.set_authority(
            held,
            by=table.marcus,
            latitude=Latitude.WITHIN,
            matter="budget",
            bounds="$500",
            limit_cents=50_000,
        )
        with pytest.raises(BadInput):
            actions.set_authority(held, by=table.marcus, latitude=Latitude.ALONE, matter="the-weather")
    holder = facade.seat(Holding.objects.get(pk=held).seat_id).holder
    assert holder.authority is Authority.FULL
    assert facade.authority_in(holder, "budget", 50_000) is Authority.FULL
    assert facade.authority_in(holder, "budget", 50_001) is Authority.NONE
    assert facade.authority_in(holder, "measure") is Authority.FULL
    history = queries.authority_words(held)
    assert [w.latitude for w in history if not w.matter] == [Latitude.ALONE, Latitude.AFTER_ASKING]
    with pytest.raises(DatabaseError), transaction.atomic():
        AuthorityWord.objects.filter(matter="budget").update(limit_cents=1)


def test_nobody_sets_bounds_for_who_sits_for_residents(table: Table) -> None:
    held = fill(seat(body()), member_of(neighbor()), authority=Authority.FULL)
    with acting(table.priya), pytest.raises(Refused):
        actions.set_authority(held, by=table.priya, latitude=Latitude.AFTER_ASKING)


def test_when_a_partner_leaves_its_seats_end_but_one_that_speaks_for_more_waits(table: Table) -> None:
    board = body()
    own = seat(board, table.pantry)
    for_sector = seat(board, table.pantry, sector=Sector.FAITH)
    for chair in (own, for_sector):
        fill(chair, member_of(table.marcus))
    with acting(table.priya):
        actions.leave(table.pantry, by=table.priya, why="Closed.")
    (left,) = facade.seats_of([board])[board]
    assert left.id == for_sector
    assert left.holder is None
    assert facade.seat(own).ends_on == today()
    with acting(table.priya):
        actions.give_seat(for_sector, table.shelter, by=table.priya)
    assert facade.seat(for_sector).partner_id == table.shelter


def test_a_seat_is_not_given_away_under_who_sits_there(table: Table, bound: None) -> None:
    chair = seat(body(), table.pantry, sector=Sector.FAITH)
    fill(chair, member_of(table.marcus))
    with acting(table.priya), pytest.raises(Refused):
        actions.give_seat(chair, table.shelter, by=table.priya)
    with acting(table.priya), pytest.raises(Conflict):
        actions.give_seat(chair, table.shelter, by=table.priya, under=chair)


def test_who_loses_the_last_role_at_a_partner_speaks_for_it_no_longer(table: Table) -> None:
    chair = seat(body(), table.pantry)
    ann = someone(table.pantry, "Ann Lee", Role.CASE_WORKER)
    fill(chair, member_of(ann), as_alternate=True)
    assert facade.seats_with_account(ann.account_id)
    with acting(table.marcus):
        actions.end_membership(membership_of(ann).pk, by=table.marcus, why="Left.")
    assert facade.seats_with_account(ann.account_id) == []


def test_affiliates_are_one_unit_and_control_runs_in_no_circle(table: Table) -> None:
    board = body()
    for partner_id in (table.hospital, table.pantry, table.shelter):
        seat(board, partner_id)
    with acting(SETUP):
        actions.set_control(table.pantry, table.hospital, by=SETUP)
        actions.set_control(table.shelter, table.pantry, by=SETUP)
        with pytest.raises(BadInput):
            actions.set_control(table.hospital, table.shelter, by=SETUP)
    assert {s.unit for s in facade.seats_of([board])[board]} == {f"unit:{table.hospital}"}
    with acting(table.marcus), pytest.raises(Refused):
        actions.set_control(table.pantry, None, by=table.marcus)


def test_three_hundred_volunteers_are_enrolled_at_once_and_nobody_twice(table: Table) -> None:
    group = body("food", BodyKind.WORKGROUP)
    names = [f"Neighbor {n}" for n in range(300)]
    with acting(table.priya):
        done = actions.enroll(group, by=table.priya, names=[*names, "", "neighbor 7 "])
        assert done.added == 300
        again = actions.enroll(group, by=table.priya, names=["NEIGHBOR 5", "Someone new"])
        assert (again.added, again.known) == (1, ("NEIGHBOR 5",))
        with pytest.raises(BadInput):
            actions.enroll(group, by=table.priya, names=[str(n) for n in range(1001)])
    page = queries.roster(group, page=7)
    assert (page.total, page.pages, len(page.rows)) == (301, 7, 1)
    assert queries.roster(group, named="someone").total == 1
    with acting(table.danielle), pytest.raises(Refused):
        actions.enroll(group, by=table.danielle, names=["x"])


def test_a_volunteer_stops_without_giving_a_reason(table: Table) -> None:
    group, loretta = body("food", BodyKind.WORKGROUP), neighbor()
    with acting(table.priya):
        row = actions.take_part(group, by=table.priya, member_id=member_of(loretta))
    with acting(table.marcus), pytest.raises(Refused):
        actions.stop_taking_part(row, by=table.marcus)
    with acting(loretta):
        actions.stop_taking_part(row, by=loretta)
    assert queries.roster(group).total == 0


def test_invitations_keep_who_was_asked_and_the_reason_for_a_no(table: Table) -> None:
    board = body()
    fill(seat(board, table.pantry), member_of(table.marcus))
    with acting(table.danielle), pytest.raises(Refused):
        actions.ask_to_sit(board, by=table.danielle, whom="The sheriff")
    with acting(table.marcus):
        asked = actions.ask_to_sit(board, by=table.marcus, whom="The sheriff", sector=Sector.JUSTICE)
        with pytest.raises(BadInput):
            actions.answer_to_sitting(
                asked, by=table.marcus, answer=Answer.NO, answered_on=today() - timedelta(days=1)
            )
        actions.answer_to_sitting(asked, by=table.marcus, answer=Answer.NO, reason="No time before spring.")
    justice = next(m for m in queries.missing(facade.body_named("table")).lacking if m.name == "Justice")
    assert [(i.whom, i.answer, i.reason) for i in justice.asked] == [
        ("The sheriff", Answer.NO, "No time before spring.")
    ]


def test_notes_are_for_the_seat_and_words_of_a_caucus_for_those_who_sit_there(table: Table) -> None:
    """Asked of the database itself: a statement without our checks returns nothing either."""
    loretta, dale = neighbor(), neighbor("Dale Pruitt")
    closed = body("caucus", BodyKind.CAUCUS)
    chair = seat(closed)
    fill(chair, member_of(loretta))
    with acting(loretta):
        actions.say_in_body(closed, by=loretta, words="Between us.")
        actions.leave_note(chair, by=loretta, words="For the next one.")
        assert BodyWord.objects.count() == SeatNote.objects.count() == 1
    for other in (table.priya, table.marcus, dale, SETUP):
        with acting(other):
            assert BodyWord.objects.count() == 0, other.name
            assert SeatNote.objects.count() == 0, other.name
            with pytest.raises(Refused):
                actions.say_in_body(closed, by=other, words="I listen in.")
            with pytest.raises(DatabaseError), transaction.atomic():
                BodyWord.objects.create(body_id=closed, account_id=other.account_id, words="x")
    as_worker = Actor(Role.CASE_WORKER, Purpose.GOV, table.pantry, loretta.account_id, name="Loretta")
    with acting(as_worker):
        assert BodyWord.objects.count() == 0, "who acts for an organization leaves the caucus at home"
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from partners_bodyword")
        assert cursor.fetchone() == (0,)


def test_a_note_reaches_the_successor_and_the_partner_that_sends_one(table: Table) -> None:
    chair = seat(body(), table.pantry)
    ann = someone(table.pantry, "Ann Lee", Role.CASE_WORKER)
    held = fill(chair, member_of(ann))
    with acting(ann):
        actions.leave_note(chair, by=ann, words="The Saturday shelf is empty by eleven.")
        actions.leave_seat(held, by=ann)
        assert queries.notes(chair) == []
    with acting(table.marcus):
        pack = queries.pack(chair)
        assert [n.words for n in pack.notes] == ["The Saturday shelf is empty by eleven."]
        assert [p.name for p in pack.before] == ["Ann Lee"]
    with acting(table.danielle):
        assert queries.notes(chair) == []


def test_who_works_for_a_partner_does_not_sit_for_residents_under_another_hat(table: Table) -> None:
    """The same account as a resident and as somebody's employee: an employee is not counted as one."""
    chair = seat(body())
    with acting(SETUP):
        hat = actions.welcome_resident_member(
            by=SETUP,
            name="Danielle Whitfield",
            lives_here=True,
            is_or_was_served=True,
            account_id=table.danielle.account_id,
            joined_on=date(2026, 1, 5),
        )
    with pytest.raises(BadInput) as bad:
        fill(chair, hat)
    assert "An employee is not counted as one" in bad.value.what
