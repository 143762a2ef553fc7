"""What can go wrong, in words that can be shown."""

from commonweal.kernel.verdict import Verdict


class CommonwealError(Exception):
    """Base of all errors that we raise on purpose."""


class Refused(CommonwealError):
    """An act that the rules do not allow. Carries the verdict that says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.words)
        self.verdict = verdict


class BadInput(CommonwealError):
    """Input that cannot be used: ``where`` names the file, row or field, ``what`` the fault."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


class Conflict(CommonwealError):
    """Someone else changed it first; look again and repeat."""


class NotFound(CommonwealError):
    """Absent, hidden or malformed: the three look alike, so that none can be told from another."""
