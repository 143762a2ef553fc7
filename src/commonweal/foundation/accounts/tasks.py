"""The job that sweeps up behind signing in."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from commonweal.foundation.accounts.models import Attempt, SignInLink
from commonweal.foundation.jobs import job
from commonweal.kernel.clock import now

KEPT = timedelta(days=30)


@job(name="accounts.sweep", cron="17 3 * * *")
def sweep(timestamp: int = 0) -> None:
    """Drop sessions that are over, counts of old tries and links of a month ago."""
    moment = now()
    Session.objects.filter(expire_date__lt=moment).delete()
    Attempt.objects.filter(window_start__lt=moment - timedelta(days=1)).delete()
    SignInLink.objects.filter(expires_at__lt=moment - KEPT).delete()
