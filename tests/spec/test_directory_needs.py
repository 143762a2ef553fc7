"""Worked examples: what people type, in English and Spanish, well spelled or not, and what they need."""

from pathlib import Path

import pytest

from commonweal.directory import rules
from commonweal.directory.rules.lexicon import Lexicon, Synonym, read_lexicon
from commonweal.directory.rules.meaning import meaning_of
from commonweal.directory.rules.needs import read_need, topics_in
from commonweal.directory.rules.plain_words import tokens_of
from commonweal.kernel.domains import NeedDomain as N
from commonweal.kernel.errors import BadInput

TEXT = (Path(rules.__file__).parent / "data" / "lexicon.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return read_lexicon(TEXT)


PLAIN = [
    ("food for this week", "food-box", N.FOOD),
    ("I'm hungry", "food-box", N.FOOD),
    ("free food near me", "food-box", N.FOOD),
    ("hot meal tonight", "hot-meal", N.FOOD),
    ("food stamps", "food-benefits", N.FOOD),
    ("baby formula", "baby", N.MATERIAL),
    ("rent help", "rent", N.HOUSING),
    ("can't pay my rent", "rent", N.HOUSING),
    ("my landlord wants us out", "eviction", N.HOUSING),
    ("somewhere to sleep tonight", "shelter", N.HOMELESSNESS),
    ("sleeping in my car", "shelter", N.HOMELESSNESS),
    ("we are on the street", "shelter", N.HOMELESSNESS),
    ("bed bugs", "home-repair", N.INADEQUATE_HOUSING),
    ("light bill", "light-bill", N.UTILITIES),
    ("my lights got cut off", "light-bill", N.UTILITIES),
    ("no heat", "heat", N.UTILITIES),
    ("ride to the doctor", "ride", N.TRANSPORT),
    ("bus pass", "bus-pass", N.TRANSPORT),
    ("hospital bill", "medical-bill", N.MEDICAL_COST),
    ("no insurance", "insurance", N.INSURANCE),
    ("someone to talk to", "counseling", N.STRESS),
    ("my mom is lonely", "company", N.ISOLATION),
    ("he hits me", "domestic-violence", N.SAFETY),
    ("someone to watch my kids after school", "childcare", N.CHILDCARE),
    ("lost my job", "job", N.WORK),
    ("GED", "school", N.EDUCATION),
    ("wifi", "phone-internet", N.DIGITAL_ACCESS),
    ("just got out of jail", "reentry", N.INCARCERATION),
    ("lawyer", "legal", N.UNSPECIFIED),
]
SPANISH = [
    ("comida", "food-box", N.FOOD),
    ("No tengo qué comer", "food-box", N.FOOD),
    ("no tengo donde dormir", "shelter", N.HOMELESSNESS),
    ("no tengo un lugar donde dormir", "shelter", N.HOMELESSNESS),
    ("apagaron la luz", "light-bill", N.UTILITIES),
    ("me cortaron la luz", "light-bill", N.UTILITIES),
    ("ayuda con la renta", "rent", N.HOUSING),
    ("me van a desalojar", "eviction", N.HOUSING),
    ("pañales para mi bebé", "baby", N.MATERIAL),
    ("guardería", "childcare", N.CHILDCARE),
    ("transporte al médico", "ride", N.TRANSPORT),
    ("no tengo seguro", "insurance", N.INSURANCE),
    ("mi esposo me pega", "domestic-violence", N.SAFETY),
    ("no puedo dormir por los nervios", "counseling", N.STRESS),
    ("trabajo", "job", N.WORK),
    ("dolor de muela", "clinic", N.MEDICAL_COST),
    ("inmigración", "immigration", N.UNSPECIFIED),
]
MISSPELLED = [
    ("lus bill", "light-bill", N.UTILITIES),
    ("grosheries", "food-box", N.FOOD),
    ("rental asistance", "rent", N.HOUSING),
    ("bibienda", "find-home", N.HOUSING),
    ("nececito comida", "food-box", N.FOOD),
    ("alimentoss", "food-box", N.FOOD),
    ("trabjo", "job", N.WORK),
    ("aseguransa", "insurance", N.INSURANCE),
    ("diabetis", "clinic", N.MEDICAL_COST),
    ("desalogo", "eviction", N.HOUSING),
    ("shleter", "shelter", N.HOMELESSNESS),
    ("electrisity bill", "light-bill", N.UTILITIES),
    ("domestik violence", "domestic-violence", N.SAFETY),
    ("gueladeria guarderia", "childcare", N.CHILDCARE),
]


@pytest.mark.parametrize(("typed", "topic", "domain"), PLAIN + SPANISH + MISSPELLED)
def test_plain_words(lexicon: Lexicon, typed: str, topic: str, domain: N) -> None:
    reading = read_need(typed, lexicon)
    assert topic in reading.topics
    assert domain in reading.domains
    assert reading.domains[domain] == max(reading.domains.values())


def test_what_was_mended_is_said_back(lexicon: Lexicon) -> None:
    assert read_need("grosheries", lexicon).corrected == (("grosheries", "groceries"),)
    assert read_need("groceries", lexicon).corrected == ()


def test_names_in_the_directory_are_not_mended(lexicon: Lexicon) -> None:
    assert read_need("Groceriez", lexicon).corrected == (("groceriez", "groceries"),)
    assert read_need("Groceriez", lexicon, known=frozenset({"groceriez"})).corrected == ()


def test_words_that_name_no_need_are_kept_for_a_search_in_names(lexicon: Lexicon) -> None:
    reading = read_need("the Millrace clinic", lexicon)
    assert reading.words == ("millrace",)
    assert "clinic" in reading.topics


def test_a_plain_word_outweighs_a_vague_one(lexicon: Lexicon) -> None:
    assert set(read_need("medical bill", lexicon).topics) == {"medical-bill"}
    assert set(read_need("bill", lexicon).topics) == {"cash"}


def test_sleeplessness_is_not_homelessness(lexicon: Lexicon) -> None:
    assert "shelter" not in read_need("no puedo dormir", lexicon).topics
    assert "counseling" not in read_need("no tengo donde dormir", lexicon).topics


DANGER = [
    ("I want to die", "harm"),
    ("quiero morir", "harm"),
    ("my husband hits me", "violence"),
    ("mi esposo me pega", "violence"),
    ("food", ""),
    ("my husband died", ""),
]


@pytest.mark.parametrize(("typed", "kind"), DANGER)
def test_danger_is_noticed(lexicon: Lexicon, typed: str, kind: str) -> None:
    assert read_need(typed, lexicon).danger == kind


def test_nothing_is_understood_from_nothing(lexicon: Lexicon) -> None:
    assert not read_need("", lexicon).understood
    assert not read_need("the of and", lexicon).understood
    assert not read_need("%%% ''' <script>", lexicon).topics


def test_an_installation_adds_its_own_words() -> None:
    lexicon = read_lexicon(TEXT, [Synonym("la cocina de Rosa", "hot-meal")])
    assert "hot-meal" in read_need("cocina de rosa", lexicon).topics


def test_a_broken_lexicon_says_where() -> None:
    with pytest.raises(BadInput, match="no need domain"):
        read_lexicon('[x]\ndomains = { nonsense = 1.0 }\nen = ["x"]')
    with pytest.raises(BadInput):
        read_lexicon("not toml [")


def test_a_services_own_words_name_its_topics(lexicon: Lexicon) -> None:
    assert topics_in(tokens_of("Weekly food box"), lexicon) == ("food-box",)
    assert topics_in(tokens_of("Someone who finds the right help"), lexicon) == ()
    assert "ride" in topics_in(tokens_of("Rides to the doctor"), lexicon)
    assert topics_in(tokens_of("Ferry Street Neighbors"), lexicon) == ()


MEANINGS = [  # name, description, mapped, needs
    ("Weekly food box", "Also a ride if you need one", (), {N.FOOD}),
    (
        "Ferry Street",
        "Groceries every Saturday",
        (),
        {N.FOOD},
    ),  # the description decides where nothing else does
    ("Ferry Street", "Groceries every Saturday", (N.TRANSPORT.value,), {N.TRANSPORT}),
    ("Help with the light bill", "", (N.MONEY.value,), {N.UTILITIES, N.MONEY}),
]


@pytest.mark.parametrize(("name", "description", "mapped", "needs"), MEANINGS)
def test_what_a_service_is_for(
    lexicon: Lexicon, name: str, description: str, mapped: tuple[str, ...], needs: set[N]
) -> None:
    meaning = meaning_of(tokens_of(name), tokens_of(description), mapped, lexicon)
    assert set(meaning.domains) == {need.value for need in needs}


def test_every_topic_is_named_in_both_languages(lexicon: Lexicon) -> None:
    for topic in lexicon.topics.values():
        assert topic.name
        assert topic.name_es
        assert topic.name != topic.code


def test_every_need_that_services_can_meet_has_words(lexicon: Lexicon) -> None:
    named = {domain for topic in lexicon.topics.values() for domain in topic.domains}
    assert set(N) - named == set()
