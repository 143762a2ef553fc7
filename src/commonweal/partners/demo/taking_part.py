"""The demo's volunteers, invitations, notes in seats and county figures. All invented."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.kernel.clock import today
from commonweal.kernel.words import N_
from commonweal.partners import actions, queries
from commonweal.partners.shapes import PopulationShape, Sector
from commonweal.partners.vocabulary_seats import Answer

FIRST = ("Ada", "Ben", "Cora", "Dev", "Elsa", "Farid", "Gina", "Hugo", "Iris", "Jonas", "Kim", "Lena")
LAST = ("Abbott", "Brandeis", "Corrigan", "Dufour")

ASKED = (
    ("table", "Sheriff’s office of Alder County", False, Sector.JUSTICE, "", 47, None, ""),
    ("table", "Public defender of Alder County", False, Sector.JUSTICE, "", 47, None, ""),
    ("table", "A neighbor from Northbank", True, None, "Northbank", 40, Answer.THINKING, ""),
    ("table", "A father from Northbank", True, None, "Northbank", 33, Answer.THINKING, ""),
    (
        "table",
        "A night worker from Northbank",
        True,
        None,
        "Northbank",
        52,
        Answer.NO,
        N_("Six in the evening is when my shift begins."),
    ),
    ("food-workgroup", "A baker of Ferry Street", True, Sector.BUSINESS, "", 16, Answer.YES, ""),
    ("food-workgroup", "A school cook", True, Sector.EDUCATION, "", 15, Answer.YES, ""),
    ("food-workgroup", "A resident of Millrace", True, Sector.RESIDENTS, "", 12, Answer.YES, ""),
    ("food-workgroup", "A farmer from the valley", True, Sector.BUSINESS, "", 9, Answer.YES, ""),
)
"""Body, whom, a human?, sector, place, days ago, answer, reason."""

NOTES = (
    (
        "food-workgroup",
        "Marcus Odom",
        N_("The Saturday shelf is empty by eleven. Whoever plans a day should ask us first."),
    ),
    (
        "table",
        "Marcus Odom",
        N_("Our board meets the first Monday. Anything above a yes or no, bring it there before you vote."),
    ),
)

WORDS = (
    N_("Before Thursday: do we say yes to the day people go home if the wards are left out whole?"),
    N_("Rosa asks that the letter be read out in Spanish first, not last."),
)

FIGURES = (
    ("children", "21.4", "0.3"),
    ("older", "19.6", "0.2"),
    ("disabled", "15.1", "0.9"),
    ("poor", "22.8", "1.9"),
    ("uninsured", "8.2", "0.8"),
    ("limited-english", "5.7", "0.9"),
    ("hispanic", "14.9", "0.0"),
)


def seed(by: Actor) -> None:
    """Ask, enroll, leave notes, and load what the county counts."""
    bodies = {body.slug: body for body in queries.bodies()}
    for slug, whom, is_human, sector, place, days, answer, reason in ASKED:
        asked = actions.ask_to_sit(
            bodies[slug].id,
            by=by,
            whom=whom,
            is_human=is_human,
            sector=sector,
            place=place,
            asked_on=today() - timedelta(days=days),
            asked_by="Priya Nair",
        )
        if answer is not None:
            answered = today() - timedelta(days=days - 3)
            actions.answer_to_sitting(asked, by=by, answer=answer, reason=reason, answered_on=answered)
    names = [f"{first} {last}" for last in LAST for first in FIRST]
    actions.enroll(bodies["food-workgroup"].id, by=by, names=names, joined_on=today() - timedelta(days=200))
    actions.enroll(bodies["housing-workgroup"].id, by=by, names=names[:17])
    actions.load_figures(
        [
            PopulationShape(key, "", Decimal(percent), Decimal(margin), "Alder County", N_("Invented"), 2024)
            for key, percent, margin in FIGURES
        ],
        by=by,
    )


def speak(actor: Callable[[str], Actor]) -> None:
    """What those who sit there leave in a seat and say in a closed room: each under their own name."""
    for slug, name, words in NOTES:
        with acting(actor(name)) as one:
            actions.leave_note(_seat_of(slug, one), by=one, words=words)
    caucus = queries.body_named("residents-caucus")
    assert caucus is not None
    with acting(actor("Loretta Hayes")) as loretta:
        for words in WORDS:
            actions.say_in_body(caucus.id, by=loretta, words=words)


def _seat_of(slug: str, one: Actor) -> UUID:
    body = queries.body_named(slug)
    assert body is not None
    assert one.account_id is not None
    return next(s.id for s in queries.seats_with_account(one.account_id) if s.body_id == body.id)
