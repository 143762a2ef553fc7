"""MiHIA: who holds data authorizes each use of it, four who compete, and smaller places count.

One of four who does not say yes keeps the data closed. With all four and the voices of the community an
agreement is in force, for that use and no other, until the voices take their yes back. The larger city
outvotes the smaller places and decides nothing for them.
"""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from .walker import Walk, number_of, says, tallied

CONVENER = "Birgit Hale"
SYSTEMS = {
    "Max Ostrander": "Great Bend Health",
    "Sue Larkin": "Mill City Medical",
    "Arne Holt": "Pine Valley Health",
    "Rita Kosta": "Bay Care",
}
LARGE = ("Prof. Ann Weller", "Glen Moody", "Mayor Joy Tran")
SMALL = ("Mayor Ed Falk", "Mayor Lena Ruiz", "Mayor Otis Bell")
RESIDENTS = ("Wilma Tate", "Kofi Mensah", "Sara Lindell", "Ben Ortiz")
ON_BOARD = RESIDENTS[:2]
BOARD, HOLDERS, VOICES = "Board", "Those who hold data", "Community voices"
COMPETITOR = "Max Ostrander"
FIRST = 1
"""The number of the question that is open when the demo starts."""
TITLE = "Who comes home this week"
WHY_NOT = "Our data would show a competitor where our patients go."
WHY_BACK = "We were told of no one who was helped."


def walk(table: Walk) -> None:
    """The rule to its end, by all fifteen people of the door."""
    everybody = (CONVENER, *SYSTEMS, *LARGE, *SMALL, *RESIDENTS)
    assert table.cast_of_the_door()[:15] == [f"Be {name}" for name in everybody]
    _each_opens_what_is_theirs(table, everybody)
    _one_of_four_keeps_it_closed(table)
    _all_four_and_the_voices_open_it_for_one_use(table)
    _the_larger_city_cannot_decide_for_the_smaller_places(table)


def _each_opens_what_is_theirs(table: Walk, everybody: tuple[str, ...]) -> None:
    for name in everybody:
        table.look(table.go(name, "/"), f"home-of-{name.split()[-1].lower()}")
        page = table.question(name, FIRST)
        body = HOLDERS if name in SYSTEMS else VOICES
        expect(page.locator("main aside form.card")).to_have_count(
            1 if name in SYSTEMS or name in RESIDENTS else 0
        )
        if name in (CONVENER, COMPETITOR, SMALL[0], RESIDENTS[0]):
            table.look(page, f"the-open-question-as-{name.split()[-1].lower()}")
        if name in SYSTEMS or name in RESIDENTS:
            expect(page.locator("main aside form.card")).to_contain_text(body)


def _one_of_four_keeps_it_closed(table: Walk) -> None:
    page = table.vote(COMPETITOR, FIRST, "no", HOLDERS, WHY_NOT)
    table.look(page, "a-competing-system-said-no")
    for name in RESIDENTS:
        table.vote(name, FIRST, "yes", VOICES)
    page = table.counted(CONVENER, FIRST)
    table.look(page, "three-of-four")
    says(page, WHY_NOT)
    assert "/decisions/agreements/" not in page.locator("main").inner_html()
    page = table.decision(RESIDENTS[0], FIRST)
    says(page, "Not adopted")
    tallied(page, yes=3, no=1)
    table.look(page, "kept-closed")


def _put_sharing(table: Walk, who: str, title: str, purpose: str) -> int:
    number = table.put(
        who,
        "sharing.start",
        days=300,
        question="Shall the four systems tell each other who comes home this week?",
        title=title,
        text="Only with the yes of each person.",
        effect_title=title,
        effect_text="Only what someone needs so that help finds them at home.",
        effect_tellers=list(SYSTEMS.values()),
        effect_told=list(SYSTEMS.values()),
        effect_segments=["everyday needs and contact"],
        effect_purposes=[purpose],
    )
    table.step(CONVENER, number, "notice")
    return number


def _all_four_and_the_voices_open_it_for_one_use(table: Walk) -> None:
    number = _put_sharing(table, "Arne Holt", TITLE, "to arrange help together")
    table.step(CONVENER, number, "open")
    for name in SYSTEMS:
        table.vote(name, number, "yes", HOLDERS)
    for name in RESIDENTS:
        table.vote(name, number, "yes", VOICES)
    table.counted(CONVENER, number)
    page = table.decision(RESIDENTS[3], number)
    says(page, "In force", "4 of 4", VOICES)
    table.look(page, "in-force")
    decision = page.url
    agreement = page.locator("main a[href^='/decisions/agreements/']").first.get_attribute("href")
    assert agreement
    page = table.go(COMPETITOR, agreement)
    says(page, *SYSTEMS.values())
    table.look(page, "the-agreement-as-a-competing-system")
    other = _put_sharing(table, "Rita Kosta", "Counting who comes home", "for public health")
    page = table.question("Rita Kosta", other)
    says(page, "closed")
    table.look(page, "another-use-is-asked-anew")
    page = table.go(RESIDENTS[0], decision)
    table.press(page, page.locator("main a[href$='/withdraw/']"))
    page.fill("main [name=why]", WHY_BACK)
    table.press(page, page.locator("main button[value=assent]"))
    back = number_of(page)
    table.step(RESIDENTS[0], back, "notice")
    table.step(RESIDENTS[0], back, "open")
    for name in RESIDENTS:
        table.vote(name, back, "yes", VOICES)
    table.counted(CONVENER, back)
    page = table.go(COMPETITOR, decision)
    says(page, WHY_BACK)
    table.look(page, "taken-back")
    table.look(table.go(COMPETITOR, agreement), "the-agreement-has-ended")


def _put_target(table: Walk, who: str, title: str) -> int:
    day = (datetime.now(UTC) + timedelta(days=200)).date().isoformat()
    number = table.put(
        who,
        "target.set",
        question=f"{title}: shall this be our target for the region?",
        title=title,
        text="Every county, not only the city.",
        effect_measure="Days until help began",
        effect_value="4",
        effect_due_on=day,
    )
    table.step(CONVENER, number, "notice")
    table.step(CONVENER, number, "open")
    return number


def _the_larger_city_cannot_decide_for_the_smaller_places(table: Walk) -> None:
    number = _put_target(table, "Glen Moody", "Help within four days in the city")
    for name in ("Max Ostrander", "Sue Larkin", *LARGE):
        table.vote(name, number, "yes", BOARD)
    for name in SMALL:
        table.vote(name, number, "no", BOARD, "Nobody drives that far to us in four days.")
    page = table.counted(CONVENER, number)
    table.look(page, "five-to-three-and-one-place")
    page = table.decision(SMALL[0], number)
    says(page, "Not adopted")
    tallied(page, yes=5, no=3)
    table.look(page, "smaller-places-are-not-outvoted")
    number = _put_target(table, SMALL[0], "Help within four days in every county")
    for name in ("Max Ostrander", "Arne Holt", "Rita Kosta", *LARGE, *SMALL[:2], *ON_BOARD):
        table.vote(name, number, "yes", BOARD)
    table.vote(SMALL[2], number, "no", BOARD)
    page = table.counted(CONVENER, number)
    page = table.decision(ON_BOARD[0], number)
    says(page, "In force")
    table.look(page, "with-three-places-it-stands")
