"""The demo's shared data: what holders say of their own rows, and one analysis that the table decided, that
three holders allowed and one has not answered."""

from datetime import timedelta

from commonweal.foundation.access import Actor, acting
from commonweal.governance import actions as governance
from commonweal.governance.actions import effects
from commonweal.governance.rules import Vote
from commonweal.governance.vocabulary import Assent
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.words import N_
from commonweal.measures import actions
from commonweal.measures.queries import analyses
from commonweal.measures.vocabulary_data import Population, Says, Told
from commonweal.partners import demo as partners_demo
from commonweal.partners import facade as partners

DECIDED = timedelta(days=44)
"""Ago: the last day before the bylaws took force, as the last of the old minutes."""
HOLDERS = ("alder-general", "millrace", "st-brigid", "alder-commons")
ANSWERS: tuple[tuple[str, bool, str], ...] = (
    (
        "Owen Pratt",
        True,
        N_("Together with others. We compete with St. Brigid, and our board asked for that."),
    ),
    ("Lucía Benítez", False, N_("Read it beside what we say about our answers.")),
    ("Mei Hsu", False, ""),
)
"""Of whom St. Brigid is not one: its delegate may not decide that alone, so it has not answered."""

WORDS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "Owen Pratt",
        "request-outcome",
        N_("What services told us about the requests that our care managers sent."),
        N_("Requests that a nurse made by telephone. We think it is one in ten, and we do not know."),
        N_("In the first three months we closed requests by hand at the end of the week, so days are late."),
    ),
    (
        "Owen Pratt",
        "need-met",
        N_("What people answered us, or told a care manager who wrote it down for them."),
        N_("People who left the county, and most of those without a telephone."),
        N_("People tell the hospital what it wants to hear. Ask the pantry too."),
    ),
    (
        "Lucía Benítez",
        "topics-asked",
        N_("Whom our health workers sat down with, in their own language."),
        N_("Evening clinics, where nobody asks yet."),
        "",
    ),
    (
        "Lucía Benítez",
        "need-met",
        N_("Answers that people gave us by text message or face to face."),
        N_("A yes in the first week can be a no in the third. We ask once."),
        "",
    ),
)


def say() -> None:
    """Let holders say what their rows show. Some keep silent, as in life."""
    for name, element, shows, not_shown, faults in WORDS:
        with acting(partners_demo.speaker(name)) as by:
            actions.say_of_data(element, by=by, shows=shows, not_shown=not_shown, faults=faults)


def ask(keeper: Actor) -> None:
    """Ask for an analysis, and enter the minutes of the evening that decided it."""
    body = partners.body_named("data-workgroup")
    ids = {p.slug: p.id for p in partners.all_partners()}
    if body is None:
        return
    moment = now() - DECIDED
    with at(moment), acting(partners_demo.speaker("Lucía Benítez")) as by:
        number = actions.ask_analysis(
            by=by,
            title=N_("Where help does not reach"),
            question=N_(
                "Of the requests that each of us sends, how many end with the need met, and do we know?"
            ),
            purpose=N_("To choose where the two new drivers begin. Nobody is paid or judged by it."),
            population=Population.REQUESTS,
            elements=["need-met", "request-outcome"],
            first_day=today() - timedelta(days=450),
            last_day=today() - timedelta(days=180),
            told=Told.BY_HOLDER,
            body_id=body.id,
            holders=[ids[slug] for slug in HOLDERS],
            expires_on=(now() + timedelta(days=150)).date(),
        )
    with at(moment), acting(keeper):
        decision = governance.record_decision(
            by=keeper,
            title=N_("Count where help does not reach"),
            question=N_(
                "May the data workgroup count, over the rows of those who say yes, where help does not reach?"
            ),
            body=N_("the Table"),
            decided_on=today(),
            method=N_("Two thirds of the votes cast, and the residents’ yes"),
            vote=Vote(15, 2, 1, Assent.YES, True),
            reasons=N_("Each holder says yes or no for itself, and can take it back on any day."),
            dissent=N_("Ask the people, not the rows."),
            undo=N_("Any partner, or five residents, can ask to undo it."),
        )
        shape = analyses.analysis(number)
        assert shape is not None
        effects.give(
            decision,
            "analysis.run",
            effects.read("analysis.run", {"analysis": str(shape.id)}),
            by=keeper,
            starts_at=moment,
            ends_at=moment + timedelta(days=300),
        )


def answer_and_run(program: Actor) -> None:
    """Three holders allow it; what may be told is told."""
    shape = analyses.analysis(1)
    if shape is None:
        return
    for name, only_together, words in ANSWERS:
        with acting(partners_demo.speaker(name)) as by:
            actions.answer_analysis(shape.id, by=by, says=Says.YES, only_together=only_together, words=words)
    actions.run_authorized(by=program)
