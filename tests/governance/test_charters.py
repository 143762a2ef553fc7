"""The charters that come with the software: whole, in two languages, their articles saying their rules."""

from pathlib import Path

import pytest

from commonweal.governance import charters
from commonweal.governance.rules import bylaws_checking, bylaws_file
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import BadInput
from commonweal.partners.vocabulary import MemberClass

NAMES = [
    "alder",
    "central-oregon",
    "cottage-grove",
    "hope-rising",
    "mihia",
    "north-carolina",
    "proviso",
    "trenton",
]


def test_eight_charters_come_with_the_software() -> None:
    assert charters.names() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_charter_rules_every_matter_in_both_languages(name: str) -> None:
    charter = charters.charter(name)
    assert set(charter.bylaws.matters) == set(Matter)
    assert bylaws_file.read(charter.text) == charter.bylaws
    for rule in (*charter.bylaws.matters.values(), *charter.bylaws.bodies.values()):
        assert set(rule.text) == {"en", "es"}, rule.article
    for body in charter.bodies:
        assert set(body.name) == {"en", "es"}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", NAMES)
def test_the_articles_say_what_the_rules_ask(name: str, language: str) -> None:
    bylaws = charters.charter(name).bylaws
    unsaid = {
        f"{rule.article} {matter.value}": [f.key for f in bylaws_checking.unsaid(rule, language)]
        for matter, rule in bylaws.matters.items()
    } | {
        f"{rule.article} {slug}": [f.key for f in bylaws_checking.unsaid_of_body(rule, language)]
        for slug, rule in bylaws.bodies.items()
    }
    assert {place: keys for place, keys in unsaid.items() if keys} == {}


@pytest.mark.parametrize("name", NAMES)
def test_those_whose_yes_is_asked_have_seats(name: str) -> None:
    charter = charters.charter(name)
    seats = {body.slug: body.seats for body in charter.bodies}
    assert all(s.member_class is MemberClass.RESIDENT for s in seats[charter.bylaws.residents_body])
    assert seats[charter.bylaws.residents_body]


def test_an_unknown_name_is_told_the_known_ones() -> None:
    with pytest.raises(BadInput, match=r"no charter called oregon; name one of alder, central-oregon"):
        charters.charter("oregon")


def test_a_charter_of_ones_own_comes_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        """\
name = "Our Table"
[charter]
summary.en = "Ours."
[charter.body.all]
name.en = "All of us"
kind = "councill"
parent = "above"
seats = [{ for = "resident", counts = 3 }]
[matter.bylaws]
article = "1"
text.en = "A majority."
body = "everyone"
""",
        encoding="utf-8",
    )
    with pytest.raises(BadInput) as caught:
        charters.charter(str(path))
    for said in (
        "kind (line 6): “councill”",
        "parent (line 7)",
        "counts (line 8): Nothing here",
        "body.everyone",
    ):
        assert said in caught.value.what
    with pytest.raises(BadInput, match="can’t be read"):
        charters.charter(str(tmp_path / "absent.toml"))
