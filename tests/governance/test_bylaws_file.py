"""The file of the bylaws: read, written, and every fault with its place and its cure."""

from dataclasses import replace
from pathlib import Path

import pytest

from commonweal.governance.rules import bylaws_file, bylaws_writing
from commonweal.governance.shapes_voting import Share
from commonweal.governance.vocabulary import Choosing, Matter, Method, Recused
from commonweal.kernel.errors import BadInput

WHOLE = """\
# Written by hand.
name = "Alder County Health Table"
residents_body = "residents-council"

[body.measures]
article = "4.1"
text.en = "Three co-leads from three sectors."
text.es = "Tres copresidencias de tres sectores."
co_leads = 3
parity = true
residents = "1/3"
sectors = { housing = 1, payer = 2 }
affected = true
leads_sit_on = "table"
cure_days = 0

[body.residents-council]
article = "3.2"
text.en = "They decide by a majority of those who vote, five being there."
[body.residents-council.assent.quorum]
count = 5

[matter.data-sharing]
article = "6.2"
text.en = '''
Two thirds.

[not a table]
'''
body = "table"
proposers = ["partner", "resident"]
notice_days = 14
threshold = "2/3"
residents_yes = true
longest_days = 366
reserved = ["hub-north"]
secret = true
remote = false
quorum = { count = 11, with_authority = true, classes = { residents = 2 }, recused = "leave-full-base" }

[matter.data-sharing.emergency]
openers = ["lead"]
threshold = "3/4"
[matter.data-sharing.challenge]
within_days = 45
suspends = true
[matter.data-sharing.override]
threshold = "4/5"
after_days = 90

[matter.budget]
article = "7.1"
text.en = "Equal shares."
body = "table"
choosing = "equal-shares"

[matter.delegation]
article = "8.1"
text.en = "Up to 2,000 dollars."
body = "table"
[matter.delegation.delegation]
words = "Pay for meals and rides to meetings"
limit_cents = 200000
report_days = 30

[matter.bylaws]
article = "9.1"
text.en = "Double majority."
body = "table"
method = "double-majority"
groups = "jurisdiction"
groups_needed = 3
"""


def test_a_file_says_what_the_rules_are() -> None:
    said = bylaws_file.read(WHOLE)
    sharing = said.matters[Matter.DATA_SHARING]
    assert sharing.voting.threshold == Share(2, 3)
    assert sharing.voting.quorum.count == 11
    assert sharing.voting.quorum.share is None
    assert sharing.voting.quorum.needs_authority
    assert sharing.voting.quorum.recused is Recused.LEAVE_FULL_BASE
    assert sharing.voting.needs_residents
    assert sharing.gate_body == "residents-council"
    assert sharing.override
    assert sharing.override.after_days == 90
    assert said.matters[Matter.BUDGET].choosing is Choosing.EQUAL_SHARES
    assert not said.matters[Matter.BUDGET].voting.needs_residents
    assert said.matters[Matter.BYLAWS].voting.method is Method.DOUBLE_MAJORITY
    assert said.bodies["measures"].cure_days == 0
    assert said.bodies["residents-council"].assent.quorum.count == 5
    assert said.named_bodies == {"table", "measures", "residents-council", "hub-north"}


def test_what_is_written_reads_the_same_and_is_written_the_same_again() -> None:
    said = bylaws_file.read(WHOLE)
    written = bylaws_writing.write(said)
    assert bylaws_file.read(written) == said
    assert bylaws_writing.write(bylaws_file.read(written)) == written


def test_awkward_texts_survive_writing() -> None:
    odd = 'Say "yes" or \\ not,\n\tby 2 p.m.\x7f ñ'
    said = replace(bylaws_file.read(WHOLE), name=odd)
    assert bylaws_file.read(bylaws_writing.write(said)).name == odd


FAULTS = [
    ('threshold = "2/3"', "threshold = 0.6667", "matter.data-sharing.threshold (line 33)", '"2/3"'),
    ('threshold = "2/3"', 'threshold = "3/2"', "matter.data-sharing.threshold (line 33)", "part of a whole"),
    ('threshold = "2/3"', 'treshold = "2/3"', "matter.data-sharing.treshold (line 33)", "“threshold”"),
    ("notice_days = 14", 'notice_days = "14"', "matter.data-sharing.notice_days (line 32)", "without quotes"),
    ("notice_days = 14", "notice_days = true", "matter.data-sharing.notice_days (line 32)", "whole number"),
    ("[matter.budget]", "[matter.budgets]", "matter.budgets (line 51)", "Write one of: data-sharing"),
    ('article = "7.1"', "", "matter.budget.article (line 51)", "This is missing"),
    ('choosing = "equal-shares"', 'choosing = "lottery"', "matter.budget.choosing (line 55)", "schulze"),
    ("groups_needed = 3", "", "matter.bylaws.groups_needed (line 66)", "double majority"),
    ('residents_body = "residents-council"', "", "matter.data-sharing.residents_yes (line 34)", "gate_body"),
    ("housing = 1", "houses = 1", "body.measures.sectors (line 12)", "housing"),
    (
        "secret = true",
        'secret = true\nmethod = "consent"',
        "matter.data-sharing.secret (line 37)",
        "can’t be",
    ),
    ('proposers = ["partner", "resident"]', 'proposers = ["mayor"]', "proposers (line 31)", "mayor"),
    ('text.en = "Equal shares."', 'text = "Equal shares."', "matter.budget.text (line 53)", "text.en"),
    ("cure_days = 0", "cure_days = 0 0", "(line 15)", "TOML"),
    ("[matter.bylaws]", "[matter.position]", "matter.bylaws", "never be amended"),
]


@pytest.mark.parametrize(("old", "new", "place", "words"), FAULTS)
def test_a_fault_names_its_place_and_its_cure(old: str, new: str, place: str, words: str) -> None:
    assert old in WHOLE
    with pytest.raises(BadInput) as caught:
        bylaws_file.read(WHOLE.replace(old, new))
    assert place in caught.value.what
    assert words in caught.value.what


def test_all_faults_come_at_once_in_the_order_of_the_lines() -> None:
    wrong = WHOLE.replace("co_leads = 3", "co_leads = -1").replace('threshold = "4/5"', 'threshold = "most"')
    with pytest.raises(bylaws_file.FileFaults) as caught:
        bylaws_file.read(wrong)
    assert [f.where for f in caught.value.faults] == [
        "body.measures.co_leads",
        "matter.data-sharing.override.threshold",
    ]


def test_an_empty_file_is_told_what_it_lacks() -> None:
    with pytest.raises(BadInput, match="name"):
        bylaws_file.read("")


def test_matters_without_a_rule_of_their_own_follow_the_one_for_all_others() -> None:
    said = bylaws_file.read(
        WHOLE + '[otherwise]\narticle = "5.1"\ntext.en = "A majority."\nbody = "council"\nnotice_days = 3\n'
    )
    assert set(said.matters) == set(Matter)
    assert said.matters[Matter.TARGET].body == "council"
    assert said.matters[Matter.TARGET].matter is Matter.TARGET
    assert said.matters[Matter.BUDGET].article == "7.1"
    written = bylaws_writing.write(said)
    assert "[matter.target]" not in written
    assert bylaws_file.read(written) == said


def test_the_example_in_the_docs_is_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "bylaws.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    assert set(bylaws_file.read(example).matters) == set(Matter)
