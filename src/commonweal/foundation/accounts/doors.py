"""Every way into an installation, and what one must show there. ``docs/doors.md`` is printed from this.

A test walks the addresses and fails when an entry is missing here (SECURITY N01). Other storeys add theirs
with ``register`` in their app's ``ready``.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Door:
    """One entry: where, for whom, the factor it asks for, and what bounds it. English, for the operator."""

    where: str
    whom: str
    factor: str
    bounds: str


_doors: dict[str, Door] = {}


def register(door: Door) -> None:
    """Add a door; the same place again replaces it."""
    _doors[door.where] = door


def doors() -> tuple[Door, ...]:
    """All doors, by place."""
    return tuple(sorted(_doors.values(), key=lambda door: door.where))


def as_markdown() -> str:
    """The inventory as a page of the documentation."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# Doors"
    yield ""
    yield "Every way into an installation, and what one must show there. Printed by `scripts/doors.py`; a"
    yield "test walks the addresses and fails when one is missing. There are no passwords, and no factor of"
    yield "staff travels by e-mail or text message. A link opens one thing and begins no session."
    yield ""
    yield "| Where | Whom | What one shows | What bounds it |"
    yield "|---|---|---|---|"
    for door in doors():
        yield f"| `{door.where}` | {door.whom} | {door.factor} | {door.bounds} |"
    yield ""


for _door in (
    Door(
        "/accounts/sign-in/",
        "Staff and residents",
        "Passkey, user verified (PIN or biometrics)",
        "A challenge dies with its first answer; the origin is compared exactly; a signature counter that "
        "steps back is refused; 30 failures in 5 minutes from one address, which never stop a good passkey",
    ),
    Door(
        "/accounts/again/",
        "Whoever is signed in and changes passkeys",
        "Passkey, shown again",
        "Good for 10 minutes; new session id",
    ),
    Door(
        "/accounts/passkeys/",
        "Whoever is signed in",
        "The present session, proven within 10 minutes",
        "Adds or removes own passkeys; the last one stays; told by e-mail; not in a demo",
    ),
    Door(
        "/accounts/invitation/<token>/",
        "Staff",
        "One-use invitation, and a passkey made with it",
        "7 days, one use, only its hash is kept. The way back for staff who lost theirs: an administrator of "
        "their own partner invites anew, and earlier passkeys and sessions end. An invitation from another "
        "partner asks for the passkey that the account has, and touches nothing else",
    ),
    Door(
        "/accounts/link/<token>/",
        "Residents only",
        "One-time link by e-mail or text message",
        "10 minutes, one use, 5 tries, only its hash is kept; another browser must name the address; the "
        "request for it is answered alike for known and unknown addresses; 3 links in 15 minutes",
    ),
    Door(
        "/accounts/as/",
        "Whoever is signed in and has several roles",
        "The present session",
        "Own live roles only; new session id and form tokens",
    ),
    Door(
        "/demo/",
        "Visitors of a demo",
        "Nothing: one press",
        "404 unless the setting DEMO is on and the installation was marked as a demo when it was made; with "
        "real people in the database the program refuses to start in demo mode",
    ),
    Door(
        "/r/<token>/",
        "A partner who was asked for help, without an account",
        "A link sent to the partner's address",
        "One referral only, the least that is needed; ends with its term, when access ends, or when closed",
    ),
    Door(
        "/directory/room/<token>/",
        "An organization that is asked whether a service has room, without an account",
        "A link sent to the organization's address",
        "One service only: open, waiting list, full, or ask again; no person is named; ends after 7 days",
    ),
    Door(
        "/r/said/<token>/",
        "A person who was helped, without an account",
        "A link sent or handed to that person",
        "One question only: did it help? Shows neither name nor service",
    ),
    Door(
        "/screenings/alone/<token>/",
        "A person who answers questions alone",
        "A link sent or handed to that person",
        "One screening only; writes answers, shows none that were given before",
    ),
    Door(
        "/directory/v/<token>/",
        "An organization that confirms its own entry",
        "A link sent to the organization's address",
        "One public entry only",
    ),
    Door(
        "database",
        "The program, and whoever runs the machine",
        "Embedded: a socket in a directory of mode 0700; server: the password in DATABASE_URL",
        "The program's own role owns nothing and reads persons only under a signed context",
    ),
    Door(
        "command line",
        "Whoever runs the machine",
        "An account of the operating system",
        "Acts are on record under the operator; there is no command that signs in as someone",
    ),
):
    register(_door)
