"""Cottage Grove: nothing moves forward without the residents.

The organizations are all for it and the neighbors say no: it does not move. Three neighbors are too few: it
waits. A neighbor's own question, with their yes, becomes an agreement in force, until they take it back.
"""

from .walker import Walk, says

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
    for name in RESIDENTS[:4]:
        page = table.vote(name, FIRST, "no", GATE, "Nobody asked us what we would get.")
    table.look(page, "a-resident-has-voted")
    page = table.counted(CONVENER, FIRST)
    table.look(page, "withheld")
    says(page, "Nobody asked us what we would get.")
    for name in (ORGANIZATIONS[0], RESIDENTS[5]):
        assert "/decisions/agreements/" not in table.question(name, FIRST).locator("main").inner_html()
