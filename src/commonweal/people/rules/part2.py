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
    day: Callable[[date], str] = date.isoformat,
) -> str:
    """A clear explanation of a consent's scope, which §2.32(b) accepts in place of a copy.

    ``say`` translates, ``day`` writes a date; ``what`` and ``why`` come translated already.
    """
    return say(SCOPE) % {
        "name": name,
        "discloser": discloser,
        "recipients": ", ".join(recipients),
        "what": ", ".join(what),
        "why": ", ".join(why),
        "start": day(start),
        "end": day(end) if end else say(N_("they stop it")),
    }
