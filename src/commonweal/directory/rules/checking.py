"""The facts of an entry that are checked one by one, and when an entry counts as checked."""

from commonweal.kernel.words import N_

FACTS: dict[str, str] = {
    "offer": N_("What you offer"),
    "hours": N_("When you are open"),
    "place": N_("Where you are"),
    "phone": N_("Your phone number"),
    "who": N_("Who can come"),
    "documents": N_("Papers that people must bring"),
    "cost": N_("What it costs"),
    "languages": N_("Languages you speak"),
}
"""The facts by their names on the wire, and as the organization is asked for them."""

FACT_NAMES: dict[str, str] = {
    "offer": N_("What they offer"),
    "hours": N_("When they are open"),
    "place": N_("Where they are"),
    "phone": N_("Their phone number"),
    "who": N_("Who can come"),
    "documents": N_("Papers to bring"),
    "cost": N_("What it costs"),
    "languages": N_("Languages spoken"),
    "closed": N_("They have closed for good"),
    "other": N_("Something else"),
}
"""The same facts as a visitor speaks of them, and two that only a visitor names."""

MOST_SAID = 1000
"""Characters of a suggestion."""


def may_count_as_checked(confirmed: frozenset[str], changed: frozenset[str]) -> bool:
    """An entry is checked when its organization answered for what people rely on most.

    Whatever is to be changed waits for a steward and is shown as published until then, so an entry with an
    open change in hours, place or phone does not count as checked.
    """
    relied_on = {"offer", "hours", "phone"}
    return relied_on <= confirmed and not changed & {"offer", "hours", "place", "phone"}
