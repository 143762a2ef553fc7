"""The bylaws say how terms are counted and what becomes of the seats of who leaves (DOMAIN 7.7)."""

from datetime import date
from uuid import UUID

import pytest
from tests.governance.voting import LAWS, PLAIN, SETUP, START, World, lay

from commonweal.foundation.access import acting
from commonweal.governance.rules import bylaws_file, bylaws_writing
from commonweal.governance.rules.bylaws_words import body_facts
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused
from commonweal.partners import actions as partners
from commonweal.partners.models import Holding, Member, Seat

WHOLE = """
[body.residents.terms]
partial_from = "1/1"
break_months = 24
leaving = "vacant"
"""
TABLE = """
[body.table]
article = "4.1"
text.en = "Seats stay."
[body.table.terms]
leaving = "%s"
"""


def test_a_file_says_how_terms_count_and_is_written_as_it_was_read() -> None:
    read = bylaws_file.read(LAWS + WHOLE + PLAIN)
    assert bylaws_file.read(bylaws_writing.write(read)) == read
    rule = read.bodies["residents"]
    assert (rule.terms.break_months, rule.terms.leaving) == (24, "vacant")
    assert [f.key for f in body_facts(rule)] == ["terms", "terms-break", "terms-leaving"]
    assert not body_facts(bylaws_file.read(LAWS).bodies["residents"])
    with pytest.raises(bylaws_file.FileFaults, match="not known"):
        bylaws_file.read(LAWS + WHOLE.replace("vacant", "sold") + PLAIN)


def served_twenty_of_thirty_six(world: World) -> tuple[UUID, UUID]:
    seat = Seat.objects.get(pk=next(s for v, s in world.seats.items() if v.startswith("seat:")))
    seat.term_months, seat.terms_at_most = 36, 1
    with acting(SETUP):
        seat.save()
        held = Holding.objects.get(seat=seat)
        Holding.objects.filter(pk=held.pk).update(starts_on=date(2024, 7, 1), ended_on=date(2026, 3, 1))
    return seat.pk, held.member_id


@pytest.mark.django_db
@pytest.mark.parametrize(("laws", "may"), [(LAWS + PLAIN, False), (LAWS + WHOLE + PLAIN, True)])
def test_twenty_months_are_a_term_or_none_as_the_bylaws_say(laws: str, may: bool) -> None:
    world = lay(laws)
    seat, member = served_twenty_of_thirty_six(world)
    with at(START), acting(SETUP):
        if may:
            partners.fill_seat(seat, by=SETUP, member_id=member)
        else:
            with pytest.raises(Refused, match="terms in a row"):
                partners.fill_seat(seat, by=SETUP, member_id=member)
    assert Member.objects.filter(pk=member).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("leaving", "stays"), [("ends", False), ("vacant", True)])
def test_the_seats_of_who_leaves_end_or_stay_as_the_bylaws_say(leaving: str, stays: bool) -> None:
    world = lay(LAWS + PLAIN + TABLE % leaving)
    voter = world.voter(0)
    with at(START), acting(SETUP):
        partners.leave(UUID(voter.partition(":")[2]), by=SETUP, why="It closed.")
    seat = Seat.objects.get(pk=world.seats[voter])
    assert (seat.ends_on is None) is stays
