"""Trenton: those who compete, the city and the community’s council decide together, and the council is paid.

Three of health care agree, and share nothing. With the city, but without the council: nothing. With both an
agreement is in force, until the council takes its yes back. The office pays stipends as it was allowed to.
"""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from .walker import Walk, number_of, says

CONVENER = "Simone Archer"
HOSPITALS = ("Dr. Hal Gorman", "Dr. Joan Petty")
CARE = (*HOSPITALS, "Kwame Boateng")
CITY, HOUSING = "Lila Serrano", "Dana Pruett"
DELEGATES = (*CARE, CITY, HOUSING)
RESIDENTS = ("Gloria Banks", "Tyrell Moss", "Ana Lucía Vega", "Pat Dugan", "Mercy Owusu", "Joe Carbone")
BOARD, COUNCIL = "Board", "Community Advisory Council"
SYSTEMS = ["Capitol Street Hospital", "River Hospital", "Union Health Center"]
FIRST = 1
"""The number of the question that is open when the demo starts."""
TITLE = "Often seen in three emergency rooms"
WHY_NOT = "Say first who will see it, and for what."
WHY_BACK = "Six months on, nobody was helped sooner."


def walk(table: Walk) -> None:
    """The rule to its end, by all twelve people of the door."""
    assert table.cast_of_the_door()[:12] == [f"Be {name}" for name in (CONVENER, *DELEGATES, *RESIDENTS)]
    _each_opens_what_is_theirs(table)
    _health_care_alone_shares_nothing(table)
    _without_the_council_nothing(table)
    _with_both_it_is_in_force_and_ends_with_their_yes(table)
    _the_council_is_paid(table)
    _the_city_leaves_the_table(table)


def _each_opens_what_is_theirs(table: Walk) -> None:
    for name in (CONVENER, *DELEGATES, *RESIDENTS):
        table.look(table.go(name, "/"), f"home-of-{name.split()[-1].lower()}")
        page = table.question(name, FIRST)
        ballots = page.locator("main aside form.card")
        expect(ballots).to_have_count(0 if name == CONVENER else 1)
        if name != CONVENER:
            expect(ballots).to_contain_text(COUNCIL if name in RESIDENTS else BOARD)
        if name in (CONVENER, CITY, RESIDENTS[0]):
            table.look(page, f"the-open-question-as-{name.split()[-1].lower()}")


def _health_care_alone_shares_nothing(table: Walk) -> None:
    table.vote(CITY, FIRST, "no", BOARD, "The city hears of it last.")
    for name in RESIDENTS:
        page = table.vote(name, FIRST, "yes", COUNCIL)
    table.look(page, "a-resident-has-voted")
    page = table.counted(CONVENER, FIRST)
    table.look(page, "three-of-four-and-one-sector")
    assert "/decisions/agreements/" not in page.locator("main").inner_html()
    page = table.decision(HOUSING, FIRST)
    table.look(page, "the-decision-that-was-not-adopted")
    says(page, "Sectors in which more said yes than no: 1; 2 are needed.", "3 of 4")


def _put_sharing(table: Walk) -> int:
    number = table.put(
        HOSPITALS[0],
        "sharing.start",
        days=300,
        question="Shall we tell each other whom we see often, so that one of us calls them?",
        title=TITLE,
        text="Only with the yes of each person.",
        effect_title=TITLE,
        effect_text="Only what someone needs so that help finds them.",
        effect_tellers=SYSTEMS,
        effect_told=SYSTEMS,
        effect_segments=["everyday needs and contact"],
        effect_purposes=["to arrange help together"],
    )
    table.look(table.question(HOSPITALS[0], number), "put-by-a-hospital")
    _opened(table, number)
    return number


def _opened(table: Walk, number: int) -> None:
    table.step(CONVENER, number, "notice")
    table.step(CONVENER, number, "open")


def _without_the_council_nothing(table: Walk) -> None:
    number = _put_sharing(table)
    for name in DELEGATES:
        table.vote(name, number, "yes", BOARD)
    for name in RESIDENTS:
        table.vote(name, number, "no" if name in RESIDENTS[:4] else "yes", COUNCIL, WHY_NOT)
    table.counted(CONVENER, number)
    page = table.question(RESIDENTS[0], number)
    table.look(page, "all-organizations-and-not-the-council")
    says(page, WHY_NOT)
    table.look(table.decision(CITY, number), "withheld")


def _with_both_it_is_in_force_and_ends_with_their_yes(table: Walk) -> None:
    number = _put_sharing(table)
    for name in DELEGATES:
        table.vote(name, number, "no" if name == HOUSING else "yes", BOARD)
    for name in RESIDENTS:
        page = table.vote(name, number, "yes", COUNCIL)
    page = table.counted(CONVENER, number)
    page = table.decision(RESIDENTS[2], number)
    says(page, "In force", COUNCIL)
    table.look(page, "in-force")
    decision = page.url
    agreement = page.locator("main a[href^='/decisions/agreements/']").first.get_attribute("href")
    assert agreement
    page = table.go(HOSPITALS[1], agreement)
    says(page, *SYSTEMS)
    table.look(page, "the-agreement-as-a-competing-hospital")
    back = _taken_back(table, table.go(RESIDENTS[0], decision))
    for name in RESIDENTS:
        page = table.vote(name, back, "yes", COUNCIL)
    table.counted(CONVENER, back)
    page = table.go(RESIDENTS[0], decision)
    says(page, "The residents took their yes back", WHY_BACK)
    table.look(page, "taken-back")
    table.look(table.go(HOSPITALS[1], agreement), "the-agreement-has-ended")


def _taken_back(table: Walk, page: Page) -> int:
    table.press(page, page.locator("main a[href$='/withdraw/']"))
    page.fill("main [name=why]", WHY_BACK)
    table.look(page, "the-council-takes-its-yes-back")
    table.press(page, page.locator("main button[value=assent]"))
    number = number_of(page)
    table.step(RESIDENTS[0], number, "notice")
    table.step(RESIDENTS[0], number, "open")
    for name in (*DELEGATES, CONVENER):
        expect(table.question(name, number).locator("main aside form.card")).to_have_count(0)
    return number


def _the_council_is_paid(table: Walk) -> None:
    words = "Pay each who sits on the advisory council $50 for every meeting, and child care"
    number = table.put(
        HOUSING,
        "delegation.give",
        days=300,
        question="Shall the office pay stipends and child care by itself?",
        title="Paid for their time",
        text="Nobody should pay to sit with us.",
        effect_words=words,
        effect_limit_dollars="9000",
        effect_act_limit_dollars="600",
        effect_report_on=(datetime.now(UTC) + timedelta(days=80)).date().isoformat(),
    )
    _opened(table, number)
    for name in DELEGATES:
        table.vote(name, number, "yes", BOARD)
    table.counted(CONVENER, number)
    table.look(table.decision(RESIDENTS[1], number), "stipends-decided")
    page = table.go(CONVENER, "/decisions/delegations/")
    table.press(
        page,
        page.locator("main a[href^='/decisions/delegations/']").filter(has_text="stipend").first
        if page.locator("main a").filter(has_text="stipend").count()
        else page.locator("main li a[href^='/decisions/delegations/']").first,
    )
    given = page.url
    table.look(page, "what-the-office-may-pay")
    page = table.go(CONVENER, f"{given}act/")
    table.look(page, "the-office-writes-down-a-stipend")


def _the_city_leaves_the_table(table: Walk) -> None:
    page = table.go(CITY, "/table/mine/")
    table.look(page, "the-citys-seat")
