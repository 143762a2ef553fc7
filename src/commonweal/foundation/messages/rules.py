"""When a message is tried again, and what ends it. Pure."""

from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPResponseException

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=8),
    timedelta(hours=16),
)
"""How long to wait after each try: over a day in all, so that a server may be away for a night."""

LATE = timedelta(minutes=15)
"""From when on a waiting message is worth a look: the server, or the worker, may be away."""


class Undeliverable(Exception):
    """The message can never arrive where it is addressed; trying again is of no use."""


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after this many tries that failed; None when it was the last."""
    return WAITS[tries - 1] if 0 < tries <= len(WAITS) else None


def ends_it(error: Exception) -> bool:
    """Whether the other side refused for good (RFC 5321 §4.2.1: 5yz), or the address is none.

    A refused password is this installation's own fault: it is mended, and the message still leaves.
    """
    if isinstance(error, SMTPAuthenticationError):
        return False
    malformed = isinstance(error, ValueError) and not isinstance(error, OSError)
    return malformed or isinstance(error, Undeliverable) or 500 <= code_of(error) < 600


def code_of(error: Exception) -> int:
    """The number of the server's answer, 0 where there was none."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return min(codes, default=0)
    return error.smtp_code if isinstance(error, SMTPResponseException) else 0


def why(error: Exception) -> str:
    """What went wrong, without the server's words: they may name the address."""
    code = code_of(error)
    return f"refused: {code}" if code else type(error).__name__
