"""Loading instruments from files: what goes in, what is refused, what a newer file does."""

import json

import pytest

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.screening import actions
from commonweal.screening.models import Instrument
from commonweal.screening.queries.instruments import all_current, current, instrument
from commonweal.screening.vocabulary import CHECK_IN

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="setup")
ANSWERS = [{"valueCoding": {"system": "urn:t", "code": c, "display": c}} for c in ("yes", "no")]


@pytest.fixture
def setup(db):
    with acting(SETUP):
        yield SETUP


def write(folder, name="pets.json", **more):
    question = {"linkId": "pet", "type": "choice", "text": "A pet?", "answerOption": ANSWERS}
    form = {"resourceType": "Questionnaire", "id": "pets", "title": "Pets", "item": [question], **more}
    path = folder / name
    path.write_text(json.dumps(form), encoding="utf-8")
    return path


def test_our_own_check_in_is_there_after_the_migration(setup):
    assert all_current()[0].key == CHECK_IN
    assert current(CHECK_IN).languages == ("en", "es")


def test_a_file_of_the_installation_is_loaded_once(setup, tmp_path):
    first = actions.load_instrument(write(tmp_path), by=setup)
    again = actions.load_instrument(write(tmp_path, "copy.json"), by=setup)
    assert first.id == again.id
    assert current("pets").title.first == "Pets"


def test_a_newer_file_takes_its_place_and_the_old_one_stays_readable(setup, tmp_path):
    old = actions.load_instrument(write(tmp_path, version="1"), by=setup)
    new = actions.load_instrument(write(tmp_path, version="2", title="Pets and you"), by=setup)
    assert current("pets").id == new.id
    assert instrument(old.id).title.first == "Pets"
    back = actions.load_instrument(write(tmp_path, version="1"), by=setup)
    assert (back.id, current("pets").id) == (old.id, old.id)


def test_a_loaded_form_is_never_rewritten(setup, tmp_path):
    from django.db import DatabaseError, transaction

    loaded = actions.load_instrument(write(tmp_path), by=setup)
    with pytest.raises(DatabaseError, match="only retired"), transaction.atomic():
        Instrument.objects.filter(id=loaded.id).update(definition={})


BAD_FILES = [
    ("no.json", None, "cannot be read"),
    ("not.json", b"{", "is not JSON"),
    ("list.json", b"[]", "holds no FHIR Questionnaire"),
    (
        "twice.json",
        b'{"resourceType": "Questionnaire", "item": [{"linkId": "a", "type": "quantity"}]}',
        "quantity",
    ),
    ("latin.csv", "Qué".encode("latin-1"), "is not UTF-8"),
    ("empty.csv", b"a,b\n1,2\n", "row 2 has no SCREENING_CODE"),
    ("big.json", b" " * 5_000_001, "bytes"),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD_FILES)
def test_a_file_that_cannot_be_asked_says_why_and_changes_nothing(setup, tmp_path, name, content, words):
    before = Instrument.objects.count()
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput, match=words) as caught:
        actions.load_instrument(path, by=setup)
    assert caught.value.where.startswith(name)
    assert str(tmp_path) not in str(caught.value)
    assert Instrument.objects.count() == before


def test_only_the_one_who_runs_the_installation_loads(db, tmp_path):
    worker = Actor(Role.CASE_WORKER, Purpose.COORD, name="Inés Valdivia")
    with acting(worker), pytest.raises(Refused):
        actions.load_instrument(write(tmp_path), by=worker)


def test_an_unknown_key_is_not_found(setup):
    with pytest.raises(NotFound):
        current("prapare")
