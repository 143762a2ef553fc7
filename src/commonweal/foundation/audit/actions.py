"""Appending to the audit: acts at once, readings at the end of the transaction."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.db import connection

from commonweal.foundation.access.context import Actor, acting, at_end_of_acting, current_actor


def record(
    verb: str,
    *,
    by: Actor,
    subject: tuple[str, UUID | str],
    words: str,
    person_id: UUID | None = None,
    details: Mapping[str, object] | None = None,
    because: str = "",
) -> None:
    """Record an act in the actor's chain, in this transaction.

    ``verb`` is stable and past tense (``"referral.accepted"``); ``words`` an English sentence marked for
    translation, without names of persons; ``details`` hold no identities; ``because`` the rule that
    allowed it.
    """
    _append("act", verb, by, person_id, subject, words, because, details)


def note_read(
    *,
    by: Actor,
    person_id: UUID,
    what: str,
    because: str = "",
    subject: tuple[str, UUID | str] = ("person", ""),
) -> None:
    """Record that ``by`` read ``what`` about a person; once a transaction for each, before it commits.

    If the entry cannot be written the reading does not happen: the transaction fails (SECURITY P11).
    """

    def write() -> None:
        if by == current_actor():
            _append("read", "read", by, person_id, subject, what, because, None)
        else:
            with acting(by):
                _append("read", "read", by, person_id, subject, what, because, None)

    at_end_of_acting(write, once=("read", by, person_id, what))


def record_refusal(*, by: Actor, person_id: UUID, what: str, because: str) -> None:
    """Record that someone asked for a person's data and saw nothing; the person sees it in their log."""
    _append("refused", "refused", by, person_id, ("person", ""), what, because, None)


def _append(
    kind: str,
    verb: str,
    by: Actor,
    person_id: UUID | None,
    subject: tuple[str, UUID | str],
    words: str,
    because: str,
    details: Mapping[str, object] | None,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select guard.append_audit(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                kind,
                verb,
                by.name,
                person_id,
                subject[0],
                str(subject[1]),
                words,
                because,
                json.dumps(dict(details or {}), default=str, sort_keys=True),
            ],
        )
