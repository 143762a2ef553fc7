"""What was done and what was read: append-only, one hash chain an organization.

Owns: the entries, the chains, their signed heads outside the database.
Offers: ``record`` (an act), ``note_read`` (a reading), ``person_log``, ``verify`` (the outsider's check).
Leans on: access (who acts), PostgreSQL functions that alone may append.
Never: holds what was read, only that it was; never changes or drops an entry.
"""

from typing import TYPE_CHECKING

from commonweal.foundation.doors import lazily

if TYPE_CHECKING:
    from commonweal.foundation.audit.actions import note_read, record, record_refusal
    from commonweal.foundation.audit.queries import LogLine, person_log

__all__ = ["LogLine", "note_read", "person_log", "record", "record_refusal"]

__getattr__ = lazily(
    __name__,
    note_read="actions",
    record="actions",
    record_refusal="actions",
    LogLine="queries",
    person_log="queries",
)
