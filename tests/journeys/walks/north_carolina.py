"""North Carolina: each workgroup is led by at least three people of different sectors.

With three co-leads its standard is in force. One leaves, and nobody new comes in time: the vote is refused,
with the reason and the cure. She is seated again, and it goes through. The council shares nothing without the
residents.
"""

from playwright.sync_api import Page, expect

from .walker import Walk, says

CONVENER = "Joyce Barden"
LEADS = ("Dr. Cole Vance", "Devon Sykes", "Rev. Alma Cody")
MEMBERS = ("Marla Finch", "Greta Simms")
RESIDENTS = ("Nadia Flowers", "Roland Beck", "Tomasa Ruiz", "Vi Nguyen")
LEAVES = LEADS[2]
COUNCIL, GROUP, GATE = "Community Council", "Workgroup: access to care", "Residents of the council"
GROUP_PAGE = "/table/bodies/access-to-care/"
LACKS = "2 of 3 co-leads stand for different sectors."
CURE = "Find a co-lead from a sector that leads nothing here yet."
FIRST = 1
"""The number of the question that is open when the demo starts."""


def walk(table: Walk) -> None:
    """The rule to its end, by all ten people of the door."""
    everybody = (CONVENER, *LEADS, *MEMBERS, *RESIDENTS)
    assert sorted(table.cast_of_the_door()[:10]) == sorted(f"Be {name}" for name in everybody)
    _each_opens_what_is_theirs(table, everybody)
    _three_co_leads_bind(table)
    _one_leaves_and_it_cannot_bind(table)
    _restored_it_goes_through(table)
    _residents_are_asked_where_data_are_shared(table)
    _the_standard_is_withdrawn(table)


def _each_opens_what_is_theirs(table: Walk, everybody: tuple[str, ...]) -> None:
    for name in everybody:
        table.look(table.go(name, "/"), f"home-of-{name.split()[-1].lower()}")
        page = table.question(name, FIRST)
        ballots = page.locator("main aside form.card")
        expect(ballots).to_have_count(1 if name in (*LEADS, *MEMBERS) else 0)
        if name in (CONVENER, LEAVES, RESIDENTS[0]):
            table.look(page, f"the-open-question-as-{name.split()[-1].lower()}")
    page = table.go(LEAVES, GROUP_PAGE)
    says(page, "Co-lead", "Can decide")
    table.look(page, "the-workgroup")


def _three_co_leads_bind(table: Walk) -> None:
    for name in (LEAVES, *MEMBERS):
        page = table.vote(name, FIRST, "no" if name == MEMBERS[0] else "yes", GROUP)
    table.counted(CONVENER, FIRST)
    page = table.decision(MEMBERS[1], FIRST)
    says(page, "4 of 5", "In force")
    table.look(page, "three-co-leads-bind")


def _put_ours(table: Walk) -> int:
    number = table.put(
        LEADS[1],
        "none",
        "position",
        body=GROUP,
        question="Shall we call together all who answer the phone for care, once a quarter?",
        title="Those who answer the phone",
        text="They know first what does not work.",
    )
    table.step(CONVENER, number, "notice")
    return number


def _one_leaves_and_it_cannot_bind(table: Walk) -> None:
    page = table.go(LEAVES, "/table/mine/")
    table.look(page, "the-seats-of-a-co-lead")
    table.press(page, page.locator("main a[href$='/leave/']").filter(has_text=GROUP))
    page.fill("main [name=why]", "I have taken on another congregation.")
    table.look(page, "a-co-lead-leaves")
    table.press(page, page.locator("main button.first"))
    page = table.go(MEMBERS[0], GROUP_PAGE)
    says(page, LACKS)
    table.look(page, "two-co-leads-may-still-decide")
    number = _put_ours(table)
    table.seats_stay_empty()
    page = table.go(RESIDENTS[0], GROUP_PAGE)
    says(page, LACKS, CURE)
    table.look(page, "two-co-leads-cannot-decide")
    page = table.step(CONVENER, number, "open")
    expect(page.locator("body")).to_contain_text(LACKS)
    expect(page.locator("body")).to_contain_text(CURE)
    expect(page.locator("main aside form.card")).to_have_count(0)


def _restored_it_goes_through(table: Walk) -> None:
    number = FIRST + 1
    page = table.go(CONVENER, GROUP_PAGE)
    table.press(page, page.locator("main a[href^='/table/seats/']").filter(has_text="Faith Bridge"))
    table.look(page, "the-empty-seat")
    table.press(page, page.locator("main a[href$='/fill/']").first)
    _seat(table, page)
    says(table.go(LEAVES, GROUP_PAGE), "Can decide")
    table.step(CONVENER, number, "open")
    for name in (*LEADS, *MEMBERS):
        table.vote(name, number, "yes", GROUP)
    table.counted(CONVENER, number)
    page = table.decision(LEAVES, number)
    says(page, "5 of 5")
    table.look(page, "restored-it-goes-through")


def _seat(table: Walk, page: Page) -> None:
    table.pick(page, "member", LEAVES)
    if page.locator("main [name=latitude]").count():
        page.locator("main [name=latitude][value=alone]").check()
    table.look(page, "she-is-seated-again")
    table.press(page, page.locator("main form button.first"))


def _residents_are_asked_where_data_are_shared(table: Walk) -> None:
    number = table.put(
        LEADS[0],
        "sharing.start",
        days=300,
        question="Shall the clinic tell the housing organization who asked for a home?",
        title="Who asked for a home",
        text="Only with the yes of each person.",
        effect_title="Who asked for a home",
        effect_text="Only what someone needs so that a home is found.",
        effect_tellers=["Piney Woods Health"],
        effect_told=["Tar River Homes"],
        effect_segments=["everyday needs and contact"],
        effect_purposes=["to arrange help together"],
    )
    table.step(CONVENER, number, "notice")
    table.step(CONVENER, number, "open")
    for name in (*LEADS, *MEMBERS):
        table.vote(name, number, "yes", COUNCIL)
    for name in RESIDENTS:
        table.vote(name, number, "yes", COUNCIL)
        table.vote(name, number, "no", GATE, "We have not seen the paper.")
    table.counted(CONVENER, number)
    page = table.decision(RESIDENTS[0], number)
    says(page, "Not adopted", "We have not seen the paper.")
    table.look(page, "the-residents-withheld-their-yes")


def _the_standard_is_withdrawn(table: Walk) -> None:
    page = table.decision(CONVENER, FIRST)
    table.press(page, page.locator("main a[href$='/withdraw/']").first)
    table.look(page, "who-may-end-the-standard")
