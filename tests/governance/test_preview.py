"""What if we voted yes? Worked out from the consents that are there, in tens, without a name."""

from datetime import date

from tests.governance.decided import bind, decide
from tests.people.cast import Table, lay_table, register, say_yes

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.actions import effects
from commonweal.governance.shapes_effects import Preview
from commonweal.kernel.clock import now
from commonweal.people.shapes import RecordDraft

YES, KNOWN = 13, 17


def world() -> Table:
    """Seventeen people whom the hospital knows, thirteen of whom agreed that the pantry hears."""
    table = lay_table()
    bind()
    for n in range(KNOWN):
        person = register(
            RecordDraft(given=f"Ana {n}", family="Ruiz", birth_date=date(1960, 1, n + 1)), table.danielle
        )
        if n < YES:
            say_yes(person, table.danielle, table["ferry-street"])
    return table


def params(table: Table, *told: str) -> dict[str, object]:
    return {
        "title": "Care partners",
        "tellers": [str(table["alder-general"])],
        "told": [str(table[slug]) for slug in told],
        "segments": ["general"],
        "purposes": ["COORD"],
    }


def shown(table: Table, *told: str) -> Preview:
    member = Actor(Role.MEMBER, Purpose.GOV, None, table.danielle.account_id)
    with acting(member):
        return effects.preview("sharing.start", effects.read("sharing.start", params(table, *told)))


def said(preview: Preview) -> str:
    rows = " ".join(f"{r.what} {r.today} {r.then}" for r in preview.rows)
    return f"{preview.says} {rows} {' '.join(preview.stays_closed)}"


def test_a_yes_is_weighed_before_the_vote(db: None) -> None:
    table = world()
    before = said(shown(table, "ferry-street"))
    assert "some 10 people" in before
    assert "some 20 people" in before
    assert "closed" in before
    for told in ("13", "17", "Ana", "Ruiz"):
        assert told not in before, "neither the number nor the name"
    assert "fewer than 11 people" in said(shown(table, "northbank-rides")), "nobody said yes to them"
    decide("sharing.start", params(table, "ferry-street"), ends_at=now().replace(year=now().year + 1))
    after = shown(table, "ferry-street")
    assert "open" in after.rows[0].today, "what is open already is said to be"
