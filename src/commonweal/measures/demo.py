"""The demo's shared data: what holders say of their own rows, in their own words."""

from commonweal.foundation.access import acting
from commonweal.kernel.words import N_
from commonweal.measures import actions
from commonweal.partners import demo as partners_demo

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
