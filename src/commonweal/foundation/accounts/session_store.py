"""Django's session in the database, read by one statement that is planned once for a connection."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from commonweal.foundation.database.prepared import ask

_LIVE = "select session_data from django_session where session_key = %s and expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's own in all but the reading, which every page of someone signed in begins with."""

    def load(self) -> dict[str, Any]:
        """What the session holds; empty, and without its key, where it is unknown or over."""
        found = ask(_LIVE, [self.session_key, timezone.now()])
        if found:
            return self.decode(found[0][0])
        self._session_key = None
        return {}
