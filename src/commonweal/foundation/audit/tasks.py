"""The job that signs the heads of the audit."""

from commonweal.foundation.audit.heads import sign_heads
from commonweal.foundation.jobs import job


@job(name="audit.sign_heads", cron="*/5 * * * *")
def sign_grown_heads(timestamp: int) -> None:
    """Every five minutes: entries older than that cannot be cut or rewritten unseen (SECURITY P12)."""
    sign_heads()
