"""Cottage Grove: nothing moves forward without the residents.

The organizations are all for it and the neighbors say no: it does not move. Three neighbors are too few: it
waits. A neighbor's own question, with their yes, becomes an agreement in force, until they take it back.
"""

from .walker import Walk, number_of, says

CONVENER = "Tamika Rhodes"
ORGANIZATIONS = ("Dr. Ellen Marsh", "Brett Sosa", "Joy Nakamura", "Paul Denning")
RESIDENTS = ("Odessa Price", "Minh Pham", "Rosa Leal", "Calvin Hobbs", "Amina Yusuf", "Trudy Lane")
TABLE, GATE = "The Collaborative", "The Neighbors"
FIRST = 1
"""The number of the question that is open when the demo starts."""


def walk(table: Walk) -> None:
    """The rule to its end, by all eleven people of the door."""
    assert table.cast_of_the_door() == [f"Be {name}" for name in (CONVENER, *ORGANIZATIONS, *RESIDENTS)]
    _they_all_say_yes_and_it_does_not_move(table)
    _three_are_too_few(table)
    agreement, decision = _with_their_yes_it_moves(table)
    _they_take_it_back(table, agreement, decision)


def _they_all_say_yes_and_it_does_not_move(table: Walk) -> None:
    for name in ORGANIZATIONS:
        page = table.question(name, FIRST)
        says(page, GATE)
        assert page.locator("main aside form.card").count() == 1, f"{name} votes at one body only"
    table.look(page, "the-open-question-as-a-delegate")
    table.look(table.question(CONVENER, FIRST), "the-open-question-as-the-convener")
    assert table.be(CONVENER).locator("main aside form.card").count() == 0, "the backbone has no vote"
    for name in RESIDENTS:
        assert table.question(name, FIRST).locator("main aside form.card").count() == 2
    table.look(table.be(RESIDENTS[0]), "the-open-question-as-a-resident")
    for name in RESIDENTS[4:]:
        table.vote(name, FIRST, "yes", TABLE)
    for name in RESIDENTS[:4]:
        page = table.vote(name, FIRST, "no", GATE, "Nobody asked us what we would get.")
    table.look(page, "a-resident-has-voted")
    page = table.counted(CONVENER, FIRST)
    table.look(page, "withheld")
    says(page, "Nobody asked us what we would get.")
    for name in (ORGANIZATIONS[0], RESIDENTS[5]):
        assert "/decisions/agreements/" not in table.question(name, FIRST).locator("main").inner_html()


def _three_are_too_few(table: Walk) -> None:
    number = table.put(
        "Paul Denning",
        "none",
        "position",
        question="Shall we ask the city for sidewalks on the way to the clinic?",
        title="Sidewalks to the clinic",
        text="Most neighbors walk, and the street has no sidewalk.",
    )
    table.look(table.be("Paul Denning"), "put-what-shares-nothing")
    table.open("Paul Denning", number)
    for name in ORGANIZATIONS:
        table.vote(name, number, "yes", TABLE)
    for name in RESIDENTS[:3]:
        table.vote(name, number, "yes", TABLE)
        table.vote(name, number, "yes", GATE)
    page = table.counted("Paul Denning", number)
    table.look(page, "waits-for-the-neighbors")
    says(page, "Waits for The Neighbors")
    page = table.question("Amina Yusuf", number)
    table.look(page, "waits-as-a-neighbor-sees-it")
    table.press(page, page.get_by_role("button", name="Ask The Neighbors again"))
    table.look(page, "asked-again")
    for name in RESIDENTS[:4]:
        table.vote(name, number, "yes", GATE)
    table.counted(CONVENER, number)
    page = table.decision("Amina Yusuf", number)
    table.look(page, "decision-on-sidewalks")
    says(page, "Adopted")


def _with_their_yes_it_moves(table: Walk) -> tuple[str, str]:
    number = table.put(
        "Rosa Leal",
        "sharing.start",
        days=200,
        question="Shall the clinic tell the housing coalition whose home makes them sick, with their yes?",
        title="Homes without mold",
        text="Only who said yes. Only that the home is the reason, and how to reach them.",
        effect_title="Homes without mold",
        effect_text="The clinic says whose home should be looked at.",
        effect_tellers=["Seed Clinic"],
        effect_told=["Fair Homes Coalition"],
        effect_segments=["general"],
        effect_purposes=["COORD"],
    )
    table.look(table.be("Rosa Leal"), "a-residents-question")
    table.open("Rosa Leal", number)
    for name in (*ORGANIZATIONS, *RESIDENTS[:3]):
        table.vote(name, number, "yes", TABLE)
    for name in RESIDENTS[:4]:
        table.vote(name, number, "yes", GATE)
    table.vote("Trudy Lane", number, "no", GATE, "I want to see it in writing.")
    table.look(table.counted(CONVENER, number), "adopted-as-the-convener")
    page = table.decision("Brett Sosa", number)
    table.look(page, "decision-as-who-is-told")
    says(page, "In force", "I want to see it in writing.")
    assert "Who disagreed below" not in page.content(), "the neighbors agreed; one of them did not"
    decision = page.url
    table.press(page, page.locator("main a[href^='/decisions/agreements/']").first)
    table.look(page, "the-agreement")
    says(page, "Seed Clinic", "Fair Homes Coalition")
    return page.url, decision


def _they_take_it_back(table: Walk, agreement: str, decision: str) -> None:
    page = table.go("Rosa Leal", decision)
    table.look(page, "the-decision-as-a-resident")
    table.press(page, page.locator("main a[href$='/withdraw/']").first)
    page.fill("main [name=why]", "We were promised a letter, and nobody got one.")
    table.look(page, "withdraw")
    table.press(page, page.locator("main button[value=assent]"))
    number = number_of(page)
    table.look(page, "asked-back")
    table.open("Rosa Leal", number)
    for name in RESIDENTS[:4]:
        table.vote(name, number, "yes", GATE)
    table.look(table.counted("Rosa Leal", number), "taken-back")
    page = table.go("Brett Sosa", decision)
    table.look(page, "the-decision-ended")
    says(page, "The residents took their yes back", "nobody got one")
    page = table.go("Joy Nakamura", agreement)
    table.look(page, "the-agreement-ended")
