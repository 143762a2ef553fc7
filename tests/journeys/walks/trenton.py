"""Trenton: those who compete, the city and the community’s council decide together, and the council is paid.

Three of health care agree, and share nothing. With the city, but without the council: nothing. With both an
agreement is in force, until the council takes its yes back. The office pays stipends as it was allowed to.
"""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from .walker import Walk, number_of, says, tallied

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
LACKS = "Government has 0 of 1 seats filled."
WHY_BACK = "Six months on, nobody was helped sooner."


def walk(table: Walk) -> None:
    """The rule to its end, by all twelve people of the door."""
    assert table.cast_of_the_door()[:12] == [f"Be {name}" for name in (CONVENER, *DELEGATES, *RESIDENTS)]
    _each_opens_what_is_theirs(table)
    _health_care_alone_shares_nothing(table)
    _without_the_council_nothing(table)
    _with_both_it_is_in_force_and_ends_with_their_yes(table)
    _the_council_is_paid(table)
    number = _the_city_leaves_the_table(table)
    _the_city_comes_back(table)
    table.step(CONVENER, number, "open")


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
    says(page, "Sectors in which more said yes than no: 1; 2 are needed.")
    tallied(page, yes=3, no=1)


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
    _the_office_pays(table)


def _the_office_pays(table: Walk) -> None:
    page = table.go(CONVENER, "/decisions/delegations/")
    table.press(page, page.locator("main li a[href^='/decisions/delegations/']").first)
    given = page.url
    table.look(page, "what-the-office-may-pay")
    for dollars, left in (("700", "$9,000 of $9,000"), ("300", "$8,700 of $9,000")):
        page = table.go(CONVENER, f"{given}act/")
        page.fill("main [name=title]", "Stipends of the November meeting")
        page.fill("main [name=words]", "Six members of the council, $50 each.")
        page.fill("main [name=reason]", "They came, and spoke for two hours.")
        page.fill("main [name=amount]", dollars)
        table.press(page, page.locator("main form button.first"))
        table.look(page, f"the-office-pays-{dollars}-dollars")
        if page.locator("main form button[name=step][value=decide]").count():
            table.press(page, page.locator("main form button[name=step][value=decide]"))
        says(table.go(RESIDENTS[3], given), left)
    table.look(table.pages[RESIDENTS[3]], "a-resident-reads-what-was-paid")
    page = table.go(CONVENER, f"{given}report/")
    page.fill("main textarea", "One meeting, six stipends, two children looked after.")
    table.press(page, page.locator("main form button.first"))
    table.look(table.go(CITY, given), "the-city-reads-the-report")


def _the_city_leaves_the_table(table: Walk) -> int:
    """No decision is made while one side is not at the table, once the time to mend it is over."""
    page = table.go(CITY, "/table/mine/")
    table.look(page, "the-citys-seat")
    table.press(page, page.locator("main a[href$='/leave/']"))
    page.fill("main [name=why]", "A new administration.")
    table.press(page, page.locator("main button.first"))
    page = table.go(RESIDENTS[4], "/table/bodies/board/")
    says(page, LACKS)
    table.look(page, "the-board-without-the-city")
    number = table.put(
        HOUSING,
        "none",
        "budget",
        question="Shall we keep 20,000 dollars ready for the cold nights?",
        title="A fund for the cold nights",
        text="Beds cost more when they are found at midnight.",
    )
    table.step(CONVENER, number, "notice")
    table.seats_stay_empty()
    page = table.step(CONVENER, number, "open")
    expect(page.locator("body")).to_contain_text(LACKS)
    expect(page.locator("main aside form.card")).to_have_count(0)
    table.look(table.go(RESIDENTS[5], "/table/"), "the-table-cannot-decide")
    return number


def _the_city_comes_back(table: Walk) -> None:
    page = table.go(CONVENER, "/table/bodies/board/")
    table.press(page, page.locator("main a[href^='/table/seats/']").filter(has_text="City Health Department"))
    table.look(page, "the-citys-empty-seat")
    table.press(page, page.locator("main a[href$='/fill/']").first)
    table.pick(page, "member", CITY)
    page.locator("main [name=latitude][value=alone]").check()
    table.press(page, page.locator("main form button.first"))
    says(table.go(CITY, "/table/bodies/board/"), "Can decide")
