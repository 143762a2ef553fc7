"""The page of a body tells what it decides, what needs its yes, what is before it and what it decided."""

import pytest
from django.test import Client
from django.utils import translation
from tests.governance.test_register_pages import page, shared
from tests.governance.voting import LAWS, PLAIN, ask, lay

from commonweal.governance.models import Decision
from commonweal.governance.queries.decisions import decision_shape

pytestmark = pytest.mark.django_db


def test_a_body_says_what_it_decides_and_what_is_before_it() -> None:
    world, decision = shared()
    ask(world)
    shown = page(Client(), "/table/bodies/table/")
    for words in ("What it decides", "Two thirds, and the residents.", "Before it now", "Decided last"):
        assert words in shown
    assert f"/decisions/{decision.number}/" in shown


def test_what_one_article_says_of_several_matters_is_said_once() -> None:
    more = '[otherwise]\narticle = "2.1"\ntext.en = "By a majority."\nbody = "table"\n'
    lay(LAWS + PLAIN + more, partners=3, residents=2)
    decides = page(Client(), "/table/bodies/table/").split("What it decides")[1]
    assert decides.count("By a majority.") == 1
    assert "Measures, targets" in decides


def test_the_residents_see_what_needs_their_yes() -> None:
    lay(partners=3, residents=2)
    shown = page(Client(), "/table/bodies/residents/")
    assert "What needs its yes" in shown
    assert "Article 6.2" in shown


def test_a_register_kept_to_the_table_names_no_question_to_strangers() -> None:
    _world, decision = shared('register = "partners"\n' + LAWS + PLAIN)
    shown = page(Client(), "/table/bodies/table/")
    assert "What it decides" in shown
    assert f"/decisions/{decision.number}/" not in shown


def test_the_register_names_a_body_in_the_readers_language() -> None:
    _world, decision = shared()
    row = Decision.objects.select_related("proposal__body").get(number=decision.number)
    row.proposal.body.translations = {"name": {"es": "La mesa de todos"}}
    with translation.override("es"):
        assert decision_shape(row).body == "La mesa de todos"
    assert decision_shape(row).body == row.body
    row.body = "The Board"
    with translation.override("es"):
        assert decision_shape(row).body == "The Board", "the name that it had then"
