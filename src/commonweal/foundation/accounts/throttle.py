"""How often something may be tried. Slows guessing; never locks anyone out of a passkey."""

import hashlib
from datetime import datetime, timedelta

from django.db import connection
from django.http import HttpRequest

from commonweal.kernel.clock import now

_COUNT = """
INSERT INTO accounts_attempt (key, window_start, count) VALUES (%(key)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN accounts_attempt.window_start <= %(old)s THEN 1 ELSE accounts_attempt.count + 1 END,
  window_start = CASE WHEN accounts_attempt.window_start <= %(old)s THEN %(now)s
                      ELSE accounts_attempt.window_start END
RETURNING count
"""


def allowed(what: str, whom: str, *, times: int, within: timedelta) -> bool:
    """Count one try of ``what`` by ``whom``; False once it was tried more than ``times`` in the window.

    Counts in the database, so that it holds over all processes; ``whom`` is kept as a hash only.
    """
    moment: datetime = now()
    key = hashlib.sha256(f"{what}\x1f{whom}".encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "now": moment, "old": moment - within})
        row = cursor.fetchone()
    return bool(row and row[0] <= times)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the server saw it; headers that a client can write are ignored."""
    return str(request.META.get("REMOTE_ADDR") or "unknown")
