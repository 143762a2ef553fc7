"""DOMAIN §5: weights, probabilities and the rules that no score can beat."""

from datetime import date
from itertools import product

import pytest

from commonweal.people.rules.births import Birth
from commonweal.people.rules.contacts import is_residence
from commonweal.people.rules.matching import (
    STANDARD,
    WORKED,
    Field,
    Level,
    Sketch,
    grade,
    one_certain,
    probability,
    score,
)
from commonweal.people.rules.names import family_forms, is_placeholder, read_name
from commonweal.people.rules.nicknames import related
from commonweal.people.rules.phonetics import sound_alike
from commonweal.people.vocabulary import DatePrecision, MatchGrade, Sex

AGREE, DISAGREE, MISSING = Level.AGREE, Level.DISAGREE, Level.MISSING
_FIELDS = (Field.GIVEN, Field.FAMILY, Field.BIRTH, Field.SEX, Field.ZIP)

WEIGHTS = (
    # field, agree, disagree
    (Field.GIVEN, 6.4919, -3.3074),
    (Field.FAMILY, 7.5699, -4.3147),
    (Field.BIRTH, 11.6588, -5.0585),
    (Field.SEX, 0.9855, -5.6439),
    (Field.ZIP, 5.3219, -2.2928),
)

PRIOR_WEIGHT = -13.2876


def _levels(*levels: Level) -> dict[Field, Level]:
    return dict(zip(_FIELDS, levels, strict=True))


CASES = (
    # case, what, levels, M, P
    ("A", "all agree", _levels(AGREE, AGREE, AGREE, AGREE, AGREE), 18.7404, 0.999998),
    ("B", "ZIP disagrees (moved)", _levels(AGREE, AGREE, AGREE, AGREE, DISAGREE), 11.1257, 0.999553),
    ("C", "ZIP missing", _levels(AGREE, AGREE, AGREE, AGREE, MISSING), 13.4184, 0.999909),
    ("D", "twins: first name disagrees", _levels(DISAGREE, AGREE, AGREE, AGREE, AGREE), 8.9411, 0.997970),
    (
        "E",
        "father and son: birth date disagrees",
        _levels(AGREE, AGREE, DISAGREE, AGREE, AGREE),
        2.0231,
        0.802550,
    ),
    ("F", "first, last and sex only", _levels(AGREE, AGREE, MISSING, AGREE, MISSING), 1.7596, 0.772009),
    (
        "G",
        "birth date, ZIP and sex, names missing",
        _levels(MISSING, MISSING, AGREE, AGREE, AGREE),
        4.6787,
        0.962421,
    ),
)

NICKNAMES = (
    # one, other, related
    ("alex", "alexander", True),
    ("alex", "alexandra", True),
    ("alexander", "alexandra", False),
    ("beto", "roberto", True),
    ("beto", "alberto", True),
    ("roberto", "alberto", False),
    ("lupe", "guadalupe", True),
    ("pepe", "jose", True),
    ("teresa", "tere", True),
    ("teresa", "marcus", False),
)

PLACEHOLDERS = (
    # given, family, is a placeholder
    ("Unknown", "Unknown", True),
    ("Baby Boy", "Aguilar", True),
    ("Baby Girl A", "Barnes", True),
    ("John", "Doe", True),
    ("Test", "Patient", True),
    ("Desconocido", "Pérez", True),
    ("", "", True),
    ("Teresa", "Aguilar", False),
    ("Nina", "Doering", False),
)

FAMILY_NAMES = (
    # one way, another way, may be one name
    ("García Márquez", "Marquez-Garcia", True),
    ("García Márquez", "Garcia", True),
    ("De la Cruz", "Delacruz", True),
    ("O’Brien", "OBRIEN", True),
    ("Peña", "Pena", True),
    ("Munn, Jr.", "Munn", True),
    ("García", "Gómez", False),
)

SOUNDS = (
    # one, other, sound alike
    ("Valdivia", "Baldibia", True),
    ("Jiménez", "Giménez", True),
    ("Jiménez", "Ximénez", True),
    ("Hernández", "Ernandes", True),
    ("Chávez", "Chabes", True),
    ("Smith", "Smyth", True),
    ("Quiñones", "Kinones", True),
    ("Aguilar", "Valdivia", False),
    ("Munn", "Doyle", False),
)


def sketch(given: str, family: str, born: str = "", **more: object) -> Sketch:
    birth = Birth(date.fromisoformat(born)) if born else Birth(None, DatePrecision.UNKNOWN)
    return Sketch(name=read_name(given, family), birth=birth, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "agree", "disagree"), WEIGHTS)
def test_weights_to_four_decimals(name, agree, disagree):
    """5-T1."""
    assert round(WORKED.odds[name].agree, 4) == agree
    assert round(WORKED.odds[name].disagree, 4) == disagree


def test_the_prior():
    assert round(WORKED.prior_weight, 4) == PRIOR_WEIGHT


@pytest.mark.parametrize(("case", "what", "levels", "total", "chance"), CASES)
def test_worked_cases(case, what, levels, total, chance):
    """5-T1: M to four decimals, P to six."""
    result = score(levels)
    assert (round(result.total, 4), round(result.probability, 6)) == (total, chance)
    assert result.prior == 0.0001, "the prior is kept with the score"


def test_missing_is_not_disagreement():
    """5-T2: C must exceed B."""
    by_case = {case: score(levels).total for case, _, levels, _, _ in CASES}
    assert by_case["C"] > by_case["B"]


def test_twins_are_never_certain():
    """5-T3, case D: the score says 0.998, the rule says look."""
    one = sketch("Keisha", "Barnes", "1992-05-14", sex=Sex.FEMALE, zip5="97701", phone="+15415550142")
    twin = sketch("Kendra", "Barnes", "1992-05-14", sex=Sex.FEMALE, zip5="97701", phone="+15415550142")
    match = grade(one, twin)
    assert match.grade < MatchGrade.CERTAIN
    assert "match.given-names-differ" in match.barriers


def test_father_and_son_are_never_certain():
    """5-T3, case E."""
    father = Sketch(
        read_name("Harold", "Munn", "Sr."), birth=Birth(date(1955, 2, 3)), zip5="97702", phone="+15415550143"
    )
    son = Sketch(
        read_name("Harold", "Munn Jr"), birth=Birth(date(1980, 6, 7)), zip5="97702", phone="+15415550143"
    )
    match = grade(father, son)
    assert match.grade < MatchGrade.CERTAIN
    assert {"match.suffixes-differ", "match.ten-years-apart"} <= set(match.barriers)


def test_suffixes_alone_keep_a_pair_from_being_certain():
    one = Sketch(read_name("Harold", "Munn", "Sr"), birth=Birth(date(1955, 2, 3)), zip5="97702")
    other = Sketch(read_name("Harold", "Munn", "Jr"), birth=Birth(date(1955, 2, 3)), zip5="97702")
    assert grade(one, other).grade is MatchGrade.PROBABLE


def test_the_same_person_with_a_nickname_is_certain():
    one = sketch("Teresa", "Aguilar Ríos", "1961-03-09", zip5="97701", phone="+15415550118")
    other = sketch("Tere", "Aguilar", "1961-03-09", phone="+15415550118")
    assert grade(one, other).grade is MatchGrade.CERTAIN


def test_two_strong_fields_are_needed():
    one = sketch("Maria", "Garcia", zip5="97701", sex=Sex.FEMALE)
    other = sketch("Maria", "Pérez", zip5="97701", sex=Sex.FEMALE)
    assert "match.too-little-known" in grade(one, other).barriers


def test_sex_is_no_veto():
    one = sketch("Bao", "Tran", "1985-07-21", sex=Sex.MALE, phone="+15415550150")
    other = sketch("Bao", "Tran", "1985-07-21", sex=Sex.FEMALE, phone="+15415550150")
    assert grade(one, other).grade is MatchGrade.CERTAIN


def test_new_years_day_is_weak():
    """5-T10: forty records with one shelter's phone and January 1 share nothing that counts."""
    one = sketch("Luis", "Mendoza", "1980-01-01", phone="+15415550199", shared_phone=True)
    other = sketch("Carl", "Weber", "1980-01-01", phone="+15415550199", shared_phone=True)
    assert grade(one, other).grade is MatchGrade.CERTAINLY_NOT


def test_kept_apart_beats_any_score():
    one = sketch("Teresa", "Aguilar", "1961-03-09", phone="+15415550118")
    assert grade(one, one).grade is MatchGrade.CERTAIN
    assert grade(one, one, kept_apart=True).grade is MatchGrade.CERTAINLY_NOT


def test_placeholders_match_nobody():
    baby = sketch("Baby Girl", "Barnes", "2026-10-30")
    assert grade(baby, baby).grade is MatchGrade.CERTAINLY_NOT


def test_two_equal_certain_candidates_leave_none():
    """5-T8."""
    asked = sketch("Teresa", "Aguilar", "1961-03-09", phone="+15415550118")
    twice = one_certain([grade(asked, asked), grade(asked, asked)])
    assert [match.grade for match in twice] == [MatchGrade.PROBABLE, MatchGrade.PROBABLE]
    weaker = grade(asked, sketch("Teresa", "Aguilar", "1961-03-09"))
    assert one_certain([weaker, grade(asked, asked)])[0].grade is MatchGrade.CERTAIN


@pytest.mark.parametrize(("one", "other", "expected"), NICKNAMES)
def test_nicknames_are_sets_and_not_chains(one, other, expected):
    """5-T7."""
    assert related(one, other) is expected
    assert related(other, one) is expected


@pytest.mark.parametrize(("given", "family", "expected"), PLACEHOLDERS)
def test_placeholders(given, family, expected):
    assert is_placeholder(given, family) is expected


@pytest.mark.parametrize(("one", "other", "expected"), FAMILY_NAMES)
def test_family_names_meet_in_some_form(one, other, expected):
    shared = family_forms(read_name("", one).family) & family_forms(read_name("", other).family)
    assert bool(shared) is expected


@pytest.mark.parametrize(("one", "other", "expected"), SOUNDS)
def test_sounds(one, other, expected):
    assert sound_alike(one, other) is expected
    assert sound_alike(other, one) is expected


def test_birth_dates_swapped_or_one_digit_off_are_close():
    one = sketch("Inés", "Valdivia", "1979-04-05")
    assert grade(one, sketch("Ines", "Baldibia", "1979-05-04")).grade >= MatchGrade.PROBABLE
    assert grade(one, sketch("Ines", "Valdivia", "1979-04-06")).grade >= MatchGrade.PROBABLE


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("12 Ferry Street, Apt 3", True),
        ("PO Box 12", False),
        ("P.O. Box 9", False),
        ("General Delivery", False),
        ("Northbank Shelter", False),
        ("", False),
    ],
)
def test_only_a_residence_tells_households_apart(address, expected):
    assert is_residence(address) is expected


def test_probability_grows_with_every_agreeing_field():
    for agree in product((True, False), repeat=3):
        assert 0 < probability(sum(agree)) < 1
    assert STANDARD.version != WORKED.version
