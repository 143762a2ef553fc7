"""Rules as sentences, versions side by side, and articles checked against their rules."""

from dataclasses import replace

from django.utils import translation

from commonweal.governance.queries import bylaws_said
from commonweal.governance.rules import bylaws_checking, bylaws_comparing, bylaws_file, bylaws_writing
from commonweal.governance.shapes_voting import Share
from commonweal.governance.vocabulary import Matter

TEXT = """\
name = "Alder County Health Table"
residents_body = "residents-council"

[matter.data-sharing]
article = "6.2"
text.en = "Sharing needs two thirds of the votes cast, eleven with authority there, and the residents’ yes."
text.es = "Para compartir hacen falta dos tercios de los votos, once con autoridad presentes y el sí vecinal."
body = "table"
threshold = "2/3"
quorum = { count = 11, with_authority = true }
residents_yes = true
longest_days = 365
notice_days = 14

[matter.bylaws]
article = "9.1"
text.en = "Two thirds of all members."
body = "table"
threshold = "2/3"
base = "membership"
"""
NAMES = {"table": "the Table", "residents-council": "the Residents’ Council"}


def test_a_rule_is_one_sentence() -> None:
    rule = bylaws_file.read(TEXT).matters[Matter.DATA_SHARING]
    said = bylaws_said.matter_said(rule, NAMES)
    assert said.sentence == (
        "The Table decides: at least two thirds of the votes cast say yes; at least 11 take part, with "
        "authority to decide; the Residents’ Council must say yes; it ends after 1 year at the latest."
    )
    assert "Known 14 days before the vote" in said.terms


def test_an_article_that_leaves_out_what_its_rule_asks_is_told() -> None:
    rule = bylaws_file.read(TEXT).matters[Matter.DATA_SHARING]
    assert [f.key for f in bylaws_checking.unsaid(rule, "en")] == ["longest", "notice"]
    assert [f.key for f in bylaws_checking.unsaid(rule, "es")] == ["longest", "notice"]
    assert bylaws_checking.unsaid(rule, "vi") == ()
    other = replace(rule, voting=replace(rule.voting, threshold=Share(3, 4)))
    assert "method" in [f.key for f in bylaws_checking.unsaid(other, "en")]


def test_versions_differ_rule_by_rule(db: None) -> None:
    before = bylaws_file.read(TEXT)
    after = bylaws_file.read(
        TEXT.replace("longest_days = 365\n", "longest_days = 180\n").replace('base = "membership"\n', "")
        + '[matter.target]\narticle = "5"\ntext.en = "A majority."\nbody = "table"\n'
    )
    target, bylaws = (bylaws_comparing.changes(before, after)[i] for i in (1, 2))
    found = {c.matter: c for c in bylaws_comparing.changes(before, after)}
    assert set(found) == {Matter.DATA_SHARING, Matter.TARGET, Matter.BYLAWS}
    assert (target.is_new, bylaws.is_new) == (True, False)
    (ends,) = bylaws_said.changes_said([found[Matter.DATA_SHARING]])[0].turned
    assert ends.before == "It ends after 1 year at the latest"
    assert ends.after == "It ends after 180 days at the latest"


def test_of_two_amendments_the_later_leaves_the_earlier_as_it_is() -> None:
    base = bylaws_file.read(TEXT)
    first = bylaws_file.read(TEXT.replace('base = "membership"\n', ""))
    second = bylaws_file.read(TEXT.replace("longest_days = 365\n", "longest_days = 180\n"))
    both = bylaws_comparing.rebased(base, second, first)
    assert both.matters[Matter.BYLAWS] == first.matters[Matter.BYLAWS]
    assert both.matters[Matter.DATA_SHARING].longest_days == 180


def test_what_the_backbone_may_do_alone_is_said_as_the_reader_reads_and_written_back_in_both() -> None:
    text = (
        TEXT
        + """
[matter.delegation]
article = "8.1"
text.en = "Meals."
body = "table"
[matter.delegation.delegation]
words.en = "Pay for meals"
words.es = "Pagar comidas"
"""
    )
    held = bylaws_file.read(text)
    rule = held.matters[Matter.DELEGATION]
    assert "Pay for meals" in " ".join(bylaws_said.matter_said(rule, NAMES).terms)
    with translation.override("es"):
        assert "Pagar comidas" in " ".join(bylaws_said.matter_said(rule, NAMES).terms)
    assert bylaws_file.read(bylaws_writing.write(held)).matters[Matter.DELEGATION] == rule
