"""What 42 CFR Part 2 asks to travel with each disclosure of its records (§2.32, as amended in 2024)."""

from collections.abc import Callable, Sequence
from datetime import date

from commonweal.kernel.words import N_

SHORT_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""The short form of §2.32, word for word. It is law, so it is never translated; an explanation may follow."""

SCOPE = N_(
    "%(name)s allows %(discloser)s to give %(recipients)s: %(what)s. For: %(why)s. "
    "From %(start)s until %(end)s. They may stop this at any time."
)
NOT_IN_PROCEEDINGS = N_(
    "These records may not be used against this person in any civil, criminal, administrative or "
    "legislative proceeding, unless they consent to that separately or a court orders it under Part 2."
)
NO_REDISCLOSURE = N_("You may use these records only as the consent says. You may not pass them on.")


def scope_words(
    say: Callable[[str], str],
    *,
    name: str,
    discloser: str,
    recipients: Sequence[str],
    what: Sequence[str],
    why: Sequence[str],
    start: date,
    end: date | None,
) -> str:
    """A clear explanation of a consent's scope, which §2.32(b) accepts in place of a copy.

    ``say`` translates; ``what`` and ``why`` come translated already.
    """
    return say(SCOPE) % {
        "name": name,
        "discloser": discloser,
        "recipients": ", ".join(recipients),
        "what": ", ".join(what),
        "why": ", ".join(why),
        "start": start.isoformat(),
        "end": end.isoformat() if end else say(N_("they stop it")),
    }
