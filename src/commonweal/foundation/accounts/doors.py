"""Every way into an installation, and what one must show there. ``docs/doors.md`` is printed from this.

A test walks the URLs and fails when an entry is missing here (SECURITY N01).
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Door:
    """One entry: where, for whom, the factor it asks for, and what bounds it."""

    where: str
    whom: str
    factor: str
    bounds: str
    kind: Literal["session", "link", "open", "machine", "host"] = "session"


DOORS: tuple[Door, ...] = (
    Door(
        "/accounts/sign-in/",
        "Staff and residents",
        "Passkey, user verified (PIN or biometrics)",
        "Challenge dies with its first answer; origin compared exactly; 30 tries in 5 minutes an address",
    ),
    Door(
        "/accounts/again/",
        "Whoever is signed in and changes passkeys",
        "Passkey, shown again",
        "Good for 10 minutes, new session id",
    ),
    Door(
        "/accounts/invitation/<token>/",
        "Staff, and residents who want a passkey",
        "One-use invitation, then a new passkey",
        "7 days, one use, hash kept; earlier passkeys and sessions of the account end; told by e-mail",
    ),
    Door(
        "/accounts/link/<token>/",
        "Residents only",
        "One-time link",
        "10 minutes, one use, 5 tries; another browser must name the address; never for staff",
    ),
    Door(
        "/demo/",
        "Visitors of a demo",
        "None: one click",
        "Only where the setting DEMO is on and the installation is marked as a demo; else 404",
    ),
    Door(
        "/accounts/as/",
        "Whoever is signed in and has several seats",
        "The present session",
        "Own live seats only; new session id and form tokens",
    ),
)
"""Doors that begin or change a session. Other storeys add theirs with ``register``."""

_more: list[Door] = []


def register(door: Door) -> None:
    """Add a door of another storey: an expiring link, an interface for programs, a listener."""
    if door not in _more:
        _more.append(door)


def doors() -> tuple[Door, ...]:
    """All doors."""
    return DOORS + tuple(sorted(_more, key=lambda door: door.where))
