"""Central Oregon: each organization has one vote whatever its size; six workgroups; an election.

The largest system and the clinics that it controls say no, twice, and count once. A workgroup decides within
itself what it recommends, and nobody else votes there; the board takes it up by consent. A commissioner loses
the election, the seat goes on, and the county's next one sits in it.
"""

from .walker import Walk, says

CONVENER = "Ada Brandt"
SYSTEM = ("Miles Overby", "Petra Voss")
COMMISSIONERS = ("Commissioner Dell Rourke", "Commissioner Iris Lund", "Commissioner Roy Apple")
OTHERS = ("Sol Abrams", "Gwen Tate", "Buck Farrow")
PANTRY = "Nell Ortega"
RESIDENTS = ("June Whitehorse", "Carl Dietz", "Luz Ibarra", "Sam Pell", "Tia Moore")
DELEGATES = (*SYSTEM, *OTHERS, *COMMISSIONERS, PANTRY)
BOARD, HOUSING = "Board", "Housing workgroup"
FIRST = 1


def walk(table: Walk) -> None:
    """The rule to its end, by all fifteen people of the door."""
    assert table.cast_of_the_door() == [f"Be {name}" for name in (CONVENER, *DELEGATES, *RESIDENTS)]
    _one_organization_one_vote(table)
    number = _a_workgroup_recommends(table)
    _the_board_takes_it_up(table, number)
    _an_election(table)


def _one_organization_one_vote(table: Walk) -> None:
    for name in DELEGATES:
        page = table.question(name, FIRST)
        assert page.locator("main aside form.card").count() == 1, name
    table.look(page, "the-open-question-as-the-pantry")
    for name in (CONVENER, *RESIDENTS):
        assert table.question(name, FIRST).locator("main aside form.card").count() == 0, name
    table.look(table.be("June Whitehorse"), "the-open-question-as-a-resident")
    table.vote("Petra Voss", FIRST, "no", reason="We run our own vans.")
    table.look(table.question("Petra Voss", FIRST), "voted-as-the-clinics-of-the-system")
    for name in COMMISSIONERS[1:]:
        table.vote(name, FIRST, "no")
    table.vote("Sol Abrams", FIRST, "yes")
    page = table.counted(CONVENER, FIRST)
    table.look(page, "counted")
    page = table.decision("Nell Ortega", FIRST)
    table.look(page, "decision-as-the-pantry")
    says(page, "4 of 7 votes said yes", "In force")


def _a_workgroup_recommends(table: Walk) -> int:
    page = table.go("Luz Ibarra", "/table/bodies/housing/")
    table.look(page, "the-workgroup")
    number = table.put(
        "Luz Ibarra",
        "none",
        "position",
        body=HOUSING,
        question="Shall we recommend 40 beds before winter?",
        title="Beds before winter",
        text="Forty people slept outside last January.",
    )
    table.open("Luz Ibarra", number, days=True)
    for name in ("Miles Overby", "Carl Dietz", CONVENER):
        assert table.question(name, number).locator("main aside form.card").count() == 0, name
    table.vote("Luz Ibarra", number, "yes", HOUSING)
    table.vote(PANTRY, number, "yes", HOUSING)
    table.counted("Luz Ibarra", number)
    page = table.decision("Tia Moore", number)
    table.look(page, "the-workgroup-recommends")
    says(page, HOUSING, "2 of 2 votes said yes")
    return number


def _the_board_takes_it_up(table: Walk, recommended: int) -> None:
    number = table.put(
        "Gwen Tate",
        "none",
        "position",
        body=BOARD,
        question="Shall the board stand behind 40 beds before winter?",
        title="Beds before winter, for all",
        text=f"The housing workgroup recommends it in question {recommended}.",
    )
    table.open("Gwen Tate", number, days=True)
    for name in ("Gwen Tate", PANTRY, *OTHERS[:1], *COMMISSIONERS[1:]):
        table.vote(name, number, "yes", BOARD)
    table.vote("Miles Overby", number, "concern", BOARD, "Who pays after March?")
    table.counted("Gwen Tate", number)
    page = table.decision("Sam Pell", number)
    table.look(page, "the-board-takes-it-up-by-consent")
    says(page, "Who pays after March?", "In force")


def _an_election(table: Walk) -> None:
    page = table.go("Commissioner Dell Rourke", "/table/mine/")
    table.look(page, "my-seats-as-a-commissioner")
    table.press(page, page.get_by_role("link", name="Leave"))
    page.fill("main [name=why]", "Not elected again")
    table.press(page, page.get_by_role("button", name="I leave now"))
    table.look(page, "the-commissioner-has-left")
    page = table.go(CONVENER, "/table/bodies/board/")
    table.look(page, "the-board-with-an-empty-seat")
    says(page, "Empty since")
    table.press(page, page.locator("main a[href*='/table/seats/']").filter(has_text="North County"))
    seat = page.url
    table.look(page, "the-empty-seat-as-the-convener")
    says(page, "North County fills it with one of its own")
    page = table.go(CONVENER, "/table/partners/north-county/people/")
    page.fill("main [name=name]", "Commissioner Fay Trout")
    page.fill("main [name=email]", "fay.trout@north-county.example")
    table.pick(page, "role", "Member of the table")
    table.press(page, page.get_by_role("button", name="Send the invitation"))
    table.look(page, "the-next-commissioner-is-invited")
    page = table.go(CONVENER, seat)
    table.press(page, page.get_by_role("link", name="Seat someone"))
    table.pick(page, "member", "Commissioner Fay Trout")
    page.locator("main [name=latitude]").first.check()
    table.look(page, "seating-the-next-commissioner")
    table.press(page, page.get_by_role("button", name="Seat them"))
    table.look(page, "the-seat-goes-on")
    says(page, "Commissioner Fay Trout", "Who sat here before", "Not elected again")
    page = table.go("Commissioner Iris Lund", "/table/bodies/board/")
    says(page, "Commissioner Fay Trout", "Can decide")
