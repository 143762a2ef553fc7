"""Real questionnaires on our pages: each can be asked, printed, answered and reviewed."""

import pytest
from django.test import Client
from tests.corpus.test_screening_instruments import CROSSWALK, GRAVITY, LFORMS
from tests.foundation.accounts_tools import browser_of, staff
from tests.screening.cast import Stage, lay_stage

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.domains import NeedDomain
from commonweal.screening import actions
from commonweal.screening.queries import responses
from commonweal.screening.vocabulary import AHC, HUNGER_VITAL_SIGN, PRAPARE, Outcome, Result
from commonweal.screening.web.sheets import named

pytestmark = [pytest.mark.corpus, pytest.mark.django_db]

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="setup")
FILES = [
    (CROSSWALK, AHC),
    (LFORMS, PRAPARE),
    (f"{GRAVITY}/Questionnaire-SDOHCC-QuestionnairePRAPARE.json", PRAPARE),
    (f"{GRAVITY}/Questionnaire-SDOHCC-QuestionnaireHungerVitalSign.json", HUNGER_VITAL_SIGN),
    ("fhir/us-core-examples/Questionnaire-TAPS.json", "taps"),
]


@pytest.fixture
def stage() -> Stage:
    return lay_stage()


@pytest.fixture
def worker(stage) -> Client:
    return browser_of(staff("Inés Valdivia", Role.CASE_WORKER, partner_id=stage.ids["millrace"]))


@pytest.mark.parametrize(("file", "key"), FILES)
def test_first_and_last_answers_of_every_question_go_through(shared_data, stage, worker, file, key):
    with acting(SETUP):
        instrument = actions.load_instrument(shared_data / file, by=SETUP)
    assert instrument.key == key
    for place in (0, -1):
        with acting(stage.ines):
            screening = actions.start(stage.teresa, by=stage.ines, instrument_key=key)
        answers = {
            name: question.options[place].code if question.options else "3"
            for name, question in named(instrument)
            if question.is_asked and question.kind.value not in ("text", "date", "yes-no")
        }
        page = worker.get(f"/screenings/{screening}/answer/")
        assert all(
            f'name="{name}"' in page.content.decode() for name, q in named(instrument) if _may_be_asked(q)
        )
        went = worker.post(f"/screenings/{screening}/answer/", {"do": "finish"} | answers)
        assert went.status_code == 302, went.content.decode()[:2000]
        assert worker.get(went.url).status_code == 200
    assert worker.get(f"/screenings/paper/{key}/").status_code == 200


def _may_be_asked(question) -> bool:
    return question.is_asked and question.segment.value in ("general", "domestic-violence", "immigration")


def test_what_a_case_worker_may_not_keep_is_not_asked(shared_data, stage, worker):
    with acting(SETUP):
        instrument = actions.load_instrument(shared_data / CROSSWALK, by=SETUP)
    drugs = next(name for name, q in named(instrument) if q.code == "68524-8")
    with acting(stage.ines):
        screening = actions.start(stage.teresa, by=stage.ines, instrument_key=AHC)
    page = worker.get(f"/screenings/{screening}/answer/").content.decode()
    assert f'name="{drugs}"' not in page
    assert "your role may not keep" in page


def test_the_four_safety_questions_are_left_out_with_one_tick(shared_data, stage, worker):
    with acting(SETUP):
        instrument = actions.load_instrument(shared_data / CROSSWALK, by=SETUP)
    with acting(stage.ines):
        screening = actions.start(stage.teresa, by=stage.ines, instrument_key=AHC)
    page = worker.get(f"/screenings/{screening}/answer/").content.decode()
    assert page.count('name="skip"') == 1
    answers = {name: q.options[-1].code for name, q in named(instrument) if q.is_asked}
    worker.post(f"/screenings/{screening}/answer/", {"do": "finish", "skip": "not-alone"} | answers)
    with acting(stage.treating):
        found = {f.determination.domain: f.determination for f in responses.screening(screening).findings}
        assert found[NeedDomain.SAFETY].result is Result.NOT_ASSESSED
        assert found[NeedDomain.UTILITIES].urgent  # “already shut off” is the last answer
        assert responses.screening(screening).outcome is Outcome.COMPLETE
