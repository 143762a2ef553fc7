"""What can go wrong with the audit."""

from commonweal.kernel.errors import CommonwealError


class AuditError(CommonwealError):
    """An entry could not be written, so what it was about does not happen (SECURITY P11)."""
