"""Seeding the demo: the table, its record, the directory, the people, two years of help, what is counted.

Runs once. A seed that was interrupted is thrown away and begun again, so that nobody meets half a county.
"""

import os
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TypeVar

from commonweal.directory import demo as directory_demo
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import installation
from commonweal.foundation.database.home import home
from commonweal.governance import charters
from commonweal.governance import demo as governance_demo
from commonweal.governance import facade as governance
from commonweal.governance.demo.activities import seed as share_work
from commonweal.governance.demo.obligations import seed as oblige_partners
from commonweal.governance.demo.promises import seed as make_promises
from commonweal.governance.demo.shared_charter import seed as share_charter
from commonweal.kernel import clock
from commonweal.measures import demo as measures_demo
from commonweal.measures import facade as measures
from commonweal.partners import demo as partners_demo
from commonweal.partners.demo.meetings import seed as hold_meetings
from commonweal.people import demo as people_demo
from commonweal.referrals.actions.notices import silence
from commonweal.site.demo import charter_table, history, today
from commonweal.site.demo.tables import TABLES
from commonweal.voice import demo as voice_demo

NAME = "Alder County Health Table"
SEED = 20_261_122
TARGETS = {"disposition-known": 75, "need-met": 40}
"""In 100, as the minutes have it."""

Say = Callable[[str], None]
T = TypeVar("T")


def is_done() -> bool:
    """Whether the whole seed went in."""
    return _marker().exists()


def is_broken() -> bool:
    """Whether a seed was begun and did not end."""
    return not is_done() and installation.kind() is not None


def ensure(say: Say, charter: str = "") -> None:
    """Seed unless that was done: the county, or the small table of a charter.

    Raises RuntimeError over a seed that was interrupted.
    """
    if is_done():
        installation.refuse_mixed()
        return
    if is_broken():
        raise RuntimeError("an earlier seed was interrupted; start with --fresh")
    if charter:
        with silence():
            _timed(say, "Laying the table", lambda: _small_table(charter))
        _marker().write_text("done\n", encoding="utf-8")
        return
    people = int(os.environ.get("COMMONWEAL_DEMO_PEOPLE", "2484"))
    lot = Random(SEED)  # noqa: S311  # not a secret: the demo must be the same each time
    with silence():
        for words, step in (
            ("Laying the table", _table),
            ("Filling the directory", _directory),
        ):
            _timed(say, words, step)
        seeded = _timed(say, "Writing people down", lambda: people_demo.seed(most=people))
        _timed(say, "Two years of asking and helping", lambda: history.tell(seeded, lot))
        _timed(say, "What waits today", lambda: today.lay(seeded))
        _timed(say, "Counting", _count)
    _marker().write_text("done\n", encoding="utf-8")


def _small_table(charter: str) -> None:
    """The invented small table of a charter, with its question open and a card for each of its people."""
    with acting(partners_demo.SETUP):
        installation.mark("demo", name=charters.charter(charter).name, time_zone="America/New_York")
    laid = charter_table.lay(TABLES[charter])
    charter_table.open_question(laid)
    charter_table.offer_cards(laid)


def _timed(say: Say, words: str, step: Callable[[], T]) -> T:
    began = time.monotonic()
    result = step()
    say(f"{words}: {time.monotonic() - began:.1f} s")
    return result


def _table() -> None:
    with acting(partners_demo.SETUP):
        installation.mark("demo", name=NAME, time_zone="America/New_York")
    partners_demo.seed()
    governance_demo.seed(partners_demo.keeper())
    measures_demo.ask(partners_demo.keeper())
    _targets()
    names = ("Priya Nair", "Edith Crane", "Loretta Hayes", "Marcus Odom", "Lucía Benítez", "Leo Brandt")
    keeper, officer, loretta, marcus, lucia, leo = (partners_demo.speaker(name) for name in names)
    share_charter(keeper, loretta, marcus)
    governance_demo.put_questions(keeper, officer, loretta, marcus, lucia)
    governance_demo.let_decide_alone(keeper, marcus, loretta)
    governance_demo.put_answers(keeper, officer, loretta, marcus, lucia, leo)
    hold_meetings(partners_demo.SETUP)
    make_promises(partners_demo.SETUP)
    oblige_partners(keeper)
    share_work(keeper)
    _voices(keeper)


def _voices(keeper: Actor) -> None:
    """What people said in two years, linked to the questions that answer them."""
    groups = voice_demo.seed(keeper, partners_demo.actor(voice_demo.HELPER, Purpose.GOV))
    numbered = ((1, "rides", 41), (2, "home", 15), (3, "formula", 2), (4, "words", 6))
    for number, key, days in numbered:
        question = governance.question_id(number)
        if question is not None:
            voice_demo.tie(keeper, groups[key], question, days)


def _targets() -> None:
    """The numbers of the decision about next summer, written down by the one who keeps the record."""
    keeper, day = partners_demo.keeper(), clock.today()
    due = date(day.year + (day.month > 3), 6, 30)
    with acting(keeper):
        for measure, value in TARGETS.items():
            mandate = governance.live_mandate("target", measure)
            if mandate is not None:
                measures.set_target(measure, Decimal(value), due, mandate_id=mandate.id, by=keeper)


def _directory() -> None:
    directory_demo.seed(partners_demo.actor("Tomás Reyes"))


def _count() -> None:
    program = Actor(Role.BACKEND_SERVICE, Purpose.OPS, name="Commonweal")
    measures.compute(by=program)
    measures.look_at_capture(by=program)
    measures_demo.say()
    measures_demo.answer_and_run(program)


def _marker() -> Path:
    return home() / "demo-seeded"
