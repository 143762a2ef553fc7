"""An amendment of the bylaws takes, weakens or changes no body's yes without that body."""

import pytest
from tests.governance.voting import (
    DAY,
    LAWS,
    PLAIN,
    START,
    World,
    ask,
    cast_all,
    finish,
    lay,
    open_vote,
    residents_say,
)

from commonweal.governance.models import Poll
from commonweal.governance.rules import bylaws_file
from commonweal.governance.rules.bylaws_assents import whose_yes
from commonweal.governance.vocabulary import Matter, Result
from commonweal.kernel.clock import at

GATED = """
[matter.service-standard]
article = "6.3"
text.en = "A majority, and the residents."
body = "table"
residents_yes = true
open_days = 10
reserved = ["hub"]
[matter.service-standard.override]
threshold = "3/4"
after_days = 15
[matter.service-standard.emergency]
openers = ["any"]
threshold = "2/3"
expires_days = 10
review_days = 5
"""
FILE = LAWS + PLAIN + GATED
OVERRIDE = '[matter.service-standard.override]\nthreshold = "3/4"\nafter_days = 15\n'
BODY = 'article = "3.2"\ntext.en = "A majority of those who vote."\n'


@pytest.mark.parametrize(
    ("old", "new", "asked"),
    [
        ("A majority of the votes cast.", "Most votes.", {}),
        ('threshold = "2/3"\nresidents_yes', 'threshold = "3/4"\nresidents_yes', {}),
        (OVERRIDE, "", {}),
        ("after_days = 15", "after_days = 30", {}),
        ('threshold = "3/4"', 'threshold = "4/5"', {}),
        ("open_days = 10", "open_days = 14", {}),
        ("A majority of those who vote.", "Most of those who vote.", {}),
        # taken away
        ("residents_yes = true\nopen_days", 'gate_body = "hub"\nopen_days', {"residents": "residents"}),
        ('reserved = ["hub"]\n', "", {"hub": "reserved"}),
        ('residents_body = "residents"', 'residents_body = "hub"', {"residents": "residents"}),
        # a way past it
        ("after_days = 15", "after_days = 14", {"residents": "residents", "hub": "reserved"}),
        ('threshold = "3/4"', 'threshold = "2/3"', {"residents": "residents", "hub": "reserved"}),
        ("open_days = 10", "open_days = 9", {"residents": "residents", "hub": "reserved"}),
        ("review_days = 5", "review_days = 5\ngate_days = 1", {"residents": "residents", "hub": "reserved"}),
        # how it gives it
        (BODY, BODY + 'residents = "1/2"\n', {"residents": "residents"}),
        (BODY, BODY + "co_leads = 3\n", {"residents": "residents"}),
        (BODY, BODY + '[body.residents.assent]\nthreshold = "2/3"\n', {"residents": "residents"}),
        (f"[body.residents]\n{BODY}", f"[body.hub]\n{BODY}co_leads = 2\n", {"hub": "reserved"}),
        (f"[body.residents]\n{BODY}", f"[body.residents]\n{BODY}[body.table]\n{BODY}co_leads = 2\n", {}),
    ],
)
def test_whose_assent_an_amendment_needs(old: str, new: str, asked: dict[str, str]) -> None:
    assert FILE.count(old) >= 1
    before, after = bylaws_file.read(FILE), bylaws_file.read(FILE.replace(old, new))
    assert before != after or not asked
    assert whose_yes(before, after) == asked


def test_a_matter_that_the_residents_decide_is_not_taken_from_them() -> None:
    own = PLAIN.replace('"table"', '"residents"')
    before, after = bylaws_file.read(LAWS + own), bylaws_file.read(LAWS + PLAIN)
    assert whose_yes(before, after) == {"residents": "residents"}
    assert whose_yes(after, before) == {}


def test_a_way_past_that_is_new_weakens_the_yes() -> None:
    before, after = bylaws_file.read(FILE.replace(OVERRIDE, "")), bylaws_file.read(FILE)
    assert whose_yes(before, after) == {"residents": "residents", "hub": "reserved"}


def amend(world: World, text: str, said: list[str]) -> tuple[Result, int]:
    with at(START):
        question = ask(world, Matter.BYLAWS, effect="bylaws.amend", params={"text": text})
        main, *gates = open_vote(world, question)
        cast_all(world, main, ["yes"] * 5)
        for gate in gates:
            assert Poll.objects.get(pk=gate).body_id == world.bodies["residents"]
            residents_say(world, gate, said)
    return finish(world, question, START + 11 * DAY), len(gates)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "new",
    [
        BODY + '[body.residents.assent]\nthreshold = "1/3"\n',
        BODY + "co_leads = 2\n",
    ],
)
def test_the_residents_no_stops_it(new: str) -> None:
    world = lay()
    assert amend(world, (LAWS + PLAIN).replace(BODY, new), ["no"] * 3) == (Result.REJECTED, 1)


@pytest.mark.django_db
def test_the_residents_yes_lets_it_through() -> None:
    world = lay()
    assert amend(world, (LAWS + PLAIN).replace(BODY, BODY + "co_leads = 2\n"), ["yes"] * 3) == (
        Result.ADOPTED,
        1,
    )
