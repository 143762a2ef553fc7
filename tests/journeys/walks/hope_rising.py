"""Hope Rising: a convener without a vote, a board of those who can bind their organizations, four goals.

A deputy may speak and vote, and the question waits for the one who decides there; initiatives start by
consensus, which one block stops; the convener keeps record and calendar, and is offered no ballot.
"""

from .walker import Walk, number_of, says

CONVENER, CHIEF, DEPUTY = "Noor Haddad", "Ray Ocampo-Bell", "Kim Ocampo"
DELEGATES = ("Vera Stone", "Ted Alvarez", DEPUTY, "Grace Oduya", "Lou Pardo")
RESIDENTS = ("Bea Quick", "Manny Soto", "Ella Running")
BOARD = "Governing board"
FIRST = 1


def walk(table: Walk) -> None:
    """The rule to its end, by all ten people of the door."""
    assert table.cast_of_the_door() == [f"Be {name}" for name in (CONVENER, *DELEGATES, CHIEF, *RESIDENTS)]
    _a_deputys_answer_waits_for_the_one_who_decides(table)
    _four_goals(table)
    _an_initiative_needs_consensus(table)
    _data_needs_the_community_members(table)


def _a_deputys_answer_waits_for_the_one_who_decides(table: Walk) -> None:
    page = table.question(CONVENER, FIRST)
    table.look(page, "the-open-question-as-the-convener")
    assert page.locator("main aside form.card").count() == 0, "the convener has no vote"
    table.look(table.question(DEPUTY, FIRST), "the-open-question-as-the-deputy")
    table.look(table.question(CHIEF, FIRST), "the-open-question-as-the-chief")
    table.look(table.question("Vera Stone", FIRST), "the-open-question-as-a-chief-executive")
    table.vote("Vera Stone", FIRST, "yes")
    for name in ("Grace Oduya", "Bea Quick", "Manny Soto"):
        table.vote(name, FIRST, "no", reason="The fire season is a county matter.")
    page = table.counted(CONVENER, FIRST)
    table.look(page, "waits-for-the-one-who-decides")
    says(page, "Waits for Basin Health Plan")
    table.look(table.question(DEPUTY, FIRST), "waits-as-the-deputy-sees-it")
    page = table.question(CHIEF, FIRST)
    table.look(page, "waits-as-the-chief-sees-it")
    table.press(page, page.get_by_role("button", name="We stand behind it"))
    table.look(page, "the-chief-stands-behind-it")
    page = table.decision("Ella Running", FIRST)
    table.look(page, "decision-as-a-community-member")
    says(page, "In force")


def _four_goals(table: Walk) -> None:
    page = table.go("Lou Pardo", "/table/")
    table.look(page, "the-table")
    says(page, "Goal: health", "Goal: economic development", "Goal: education", "Goal: a healthy environment")


def _an_initiative_needs_consensus(table: Walk) -> None:
    number = table.put(
        "Ted Alvarez",
        "initiative.start",
        question="Shall we start safe prescribing in both hospitals?",
        title="Safe prescribing",
        text="Fewer pills, fewer deaths.",
        effect_title="Safe prescribing",
        effect_goal="Fewer pills, fewer deaths",
        effect_owner="Lakeside Hospital",
    )
    table.open("Ted Alvarez", number)
    for name in ("Vera Stone", "Ted Alvarez", "Lou Pardo", "Bea Quick"):
        table.vote(name, number, "yes")
    table.vote("Grace Oduya", number, "stand-aside")
    table.vote("Manny Soto", number, "block", reason="People in pain were not asked.")
    page = table.counted("Ted Alvarez", number)
    table.look(page, "one-block-stops-it")
    says(page, "People in pain were not asked.", "Stands, and stops it")
    page.fill("main [name=why]", "We ask people in pain first.")
    table.press(page, page.locator("main form:has(input[name=act][value=round]) button"))
    table.look(page, "another-round")
    table.open("Ted Alvarez", number)
    for name in ("Vera Stone", "Ted Alvarez", "Lou Pardo", "Bea Quick", "Manny Soto"):
        table.vote(name, number, "yes")
    table.counted("Ted Alvarez", number)
    page = table.decision("Manny Soto", number)
    table.look(page, "the-initiative-begins")
    says(page, "Safe prescribing", "In force")


def _data_needs_the_community_members(table: Walk) -> None:
    number = table.put(
        "Lou Pardo",
        "sharing.start",
        days=200,
        question="Shall the hospital tell Second Start who leaves without a home, with their yes?",
        title="Leaving without a home",
        text="Only who said yes.",
        effect_title="Leaving without a home",
        effect_text="The hospital says who has no bed for the night.",
        effect_tellers=["Lakeside Hospital"],
        effect_told=["Second Start"],
        effect_segments=["general"],
        effect_purposes=["COORD"],
    )
    table.open("Lou Pardo", number)
    for name in ("Vera Stone", "Ted Alvarez", "Grace Oduya", "Lou Pardo", *RESIDENTS):
        table.vote(name, number, "yes", BOARD)
    for name in RESIDENTS:
        table.vote(name, number, "yes", "Community members")
    table.counted(CONVENER, number)
    page = table.decision("Lou Pardo", number)
    table.look(page, "sharing-in-force")
    says(page, "In force", "Leaving without a home")
    decision = page.url
    page = table.go("Ella Running", decision)
    table.press(page, page.locator("main a[href$='/withdraw/']").first)
    page.fill("main [name=why]", "There are too few beds to send anyone to.")
    table.look(page, "withdraw-as-a-community-member")
    table.press(page, page.locator("main button[value=assent]"))
    number = number_of(page)
    table.open("Ella Running", number)
    for name in RESIDENTS:
        table.vote(name, number, "yes", "Community members")
    table.counted("Ella Running", number)
    page = table.go("Lou Pardo", decision)
    table.look(page, "told-no-more")
    says(page, "The residents took their yes back", "too few beds")
