"""Proviso: led by the community. Each hub is led in parity by a resident and an institution; the leads sit on
the executive board, where at least three residents must take part.

A hub starts its own work within itself; either lead can stop it by a reasoned objection; a hub that lacks its
institution decides nothing until one is seated; the board binds only with three residents.
"""

from .walker import Walk, says

CONVENER = "Renee Pike"
INSTITUTIONS = ("Dr. Owen Frye", "Maya Booker", "Ines Calder")
RESIDENTS = ("Dolores Avery", "Hector Ruiz", "Willa Grant", "Ernesto Paz", "Ruby Tolliver")
BOARD, FOOD, SCHOOLS, TOBACCO = (
    "Executive board",
    "Food justice",
    "Elementary school wellness",
    "Tobacco-free living",
)
FIRST = 1


def walk(table: Walk) -> None:
    """The rule to its end, by all nine people of the door."""
    assert table.cast_of_the_door() == [f"Be {name}" for name in (CONVENER, *INSTITUTIONS, *RESIDENTS)]
    _a_hub_decides_within_itself(table)
    _one_lead_objects(table)
    _a_hub_without_its_institution(table)
    _the_board_needs_three_residents(table)


def _a_hub_decides_within_itself(table: Walk) -> None:
    page = table.question("Maya Booker", FIRST)
    table.look(page, "the-open-question-as-the-other-lead")
    assert page.locator("main aside form.card").count() == 1
    for name in (CONVENER, "Dr. Owen Frye", "Ines Calder", *RESIDENTS[1:]):
        page = table.question(name, FIRST)
        assert page.locator("main aside form.card").count() == 0, f"{name} does not lead this hub"
    table.look(page, "the-open-question-as-another-resident")
    table.vote("Maya Booker", FIRST, "yes", FOOD)
    table.counted(CONVENER, FIRST)
    page = table.decision("Dolores Avery", FIRST)
    table.look(page, "decision-of-the-hub")
    says(page, "Food justice", "In force")
    page = table.go("Ernesto Paz", "/decisions/initiatives/")
    table.look(page, "initiatives")
    says(page, "Shares in the garden")


def _one_lead_objects(table: Walk) -> None:
    number = table.put(
        "Willa Grant",
        "initiative.start",
        body=SCHOOLS,
        question="Shall a walking school bus go each morning?",
        title="A walking school bus",
        text="Children walk together with a neighbor, and nobody goes alone.",
        effect_title="A walking school bus",
        effect_goal="Safe ways to school",
        effect_owner="Village Schools",
    )
    table.open("Willa Grant", number, days=True)
    page = table.vote("Willa Grant", number, "yes", SCHOOLS)
    page = table.vote("Ines Calder", number, "objection", SCHOOLS, "No crossing guard until spring.")
    page = table.counted("Willa Grant", number)
    table.look(page, "one-lead-objects")
    says(page, "No crossing guard until spring.")
    assert "In force" not in page.locator("main").inner_text()


def _a_hub_without_its_institution(table: Walk) -> None:
    number = table.put(
        "Hector Ruiz",
        "none",
        "initiative",
        body=TOBACCO,
        question="Shall we keep the park free of smoke?",
        title="A park free of smoke",
        text="Children play there.",
    )
    table.step("Hector Ruiz", number, "notice")
    table.days_pass(number)
    page = table.step("Hector Ruiz", number, "open")
    table.look(page, "refused-without-an-institution")
    says(page, "No institution leads it.")
    page = table.go("Dr. Owen Frye", "/table/bodies/tobacco-free/")
    table.look(page, "the-hub-that-lacks-one")
    says(page, "No institution leads it.")
    _the_board_gives_it_one(table)
    page = table.step("Hector Ruiz", number, "open")
    for name in ("Hector Ruiz", "Ines Calder"):
        table.vote(name, number, "yes", TOBACCO)
    table.counted("Hector Ruiz", number)
    page = table.decision("Ines Calder", number)
    table.look(page, "the-mended-hub-decides")
    says(page, "2 of 2", TOBACCO)


def _the_board_gives_it_one(table: Walk) -> None:
    number = table.put(
        "Hector Ruiz",
        "seat.add",
        question="Shall Village Schools lead tobacco-free living with a resident?",
        title="An institution for tobacco-free living",
        text="Without one the hub decides nothing.",
        effect_body=TOBACCO,
        effect_partner="Village Schools",
        effect_role="Co-lead",
    )
    table.open("Hector Ruiz", number)
    for name in (*INSTITUTIONS, *RESIDENTS[:3]):
        table.vote(name, number, "yes", BOARD)
    table.counted(CONVENER, number)
    page = table.decision("Ines Calder", number)
    table.look(page, "the-board-adds-a-seat")
    says(page, "6 of 6", "In force")
    page = table.go(CONVENER, "/table/bodies/tobacco-free/")
    table.press(page, page.locator("main a[href*='/table/seats/']").filter(has_text="Village Schools"))
    table.press(page, page.get_by_role("link", name="Seat someone"))
    table.pick(page, "member", "Ines Calder")
    page.locator("main [name=latitude]").first.check()
    table.look(page, "seating-its-lead")
    table.press(page, page.get_by_role("button", name="Seat them"))
    table.look(page, "its-lead-is-seated")
    page = table.go("Hector Ruiz", "/table/bodies/tobacco-free/")
    table.look(page, "the-mended-hub")
    says(page, "Can decide")


def _the_board_needs_three_residents(table: Walk) -> None:
    number = table.put(
        "Dr. Owen Frye",
        "none",
        "budget",
        question="Shall we set aside 5,000 dollars for stipends?",
        title="Stipends for hub leads",
        text="So that leading a hub costs nobody a day’s pay.",
    )
    table.open("Dr. Owen Frye", number)
    for name in (*INSTITUTIONS, *RESIDENTS[:2]):
        table.vote(name, number, "yes", BOARD)
    page = table.counted(CONVENER, number)
    table.look(page, "too-few-residents")
    says(page, "Residents: 2 take part; 3 are needed.")
