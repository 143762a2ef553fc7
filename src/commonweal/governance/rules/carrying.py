"""Whether a decision is carried: somebody owns something with a day that came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commonweal.kernel.words import N_


class Carried(StrEnum):
    """How far a decision that was adopted is carried."""

    NOT_ASKED = "not-asked"
    NOT_YET = "not-yet"
    CARRIED = "carried"


CARRIED_NAMES: dict[Carried, str] = {
    Carried.NOT_ASKED: "",
    Carried.NOT_YET: N_("Not yet carried: nobody owns an action with a day"),
    Carried.CARRIED: N_("Carried"),
}


@dataclass(frozen=True, slots=True)
class Came:
    """Something that came of it: whether somebody owns it, its day, whether it was given up."""

    has_owner: bool
    due_on: date | None
    is_given_up: bool = False


def carried(is_asked: bool, came: Iterable[Came]) -> Carried:
    """A decision is carried by one action or promise that somebody owns, with a day, and that was not given
    up. Where the bylaws do not ask for it, what came of it is shown and nothing is lacking."""
    if any(one.has_owner and one.due_on is not None and not one.is_given_up for one in came):
        return Carried.CARRIED
    return Carried.NOT_YET if is_asked else Carried.NOT_ASKED
