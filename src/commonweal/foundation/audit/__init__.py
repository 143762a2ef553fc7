"""What was done and what was read: append-only, one hash chain an organization.

Owns: the entries, the chains, their signed heads outside the database.
Offers: ``record``, ``record_many`` (acts), ``note_read`` (a reading), ``person_log``, ``verify``.
Leans on: access (who acts), PostgreSQL functions that alone may append.
Never: holds what was read, only that it was; never changes or drops an entry.
"""

from typing import TYPE_CHECKING

from commonweal.foundation.doors import lazily

if TYPE_CHECKING:
    from commonweal.foundation.audit.actions import Entry, note_read, record, record_many, record_refusal
    from commonweal.foundation.audit.errors import AuditError
    from commonweal.foundation.audit.heads import sign_heads
    from commonweal.foundation.audit.queries import LogLine, person_log

__all__ = [
    "AuditError",
    "Entry",
    "LogLine",
    "note_read",
    "person_log",
    "record",
    "record_many",
    "record_refusal",
    "sign_heads",
]

__getattr__ = lazily(
    __name__,
    note_read="actions",
    record="actions",
    record_many="actions",
    Entry="actions",
    record_refusal="actions",
    AuditError="errors",
    sign_heads="heads",
    LogLine="queries",
    person_log="queries",
)
