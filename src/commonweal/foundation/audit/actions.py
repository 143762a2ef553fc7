"""Appending to the audit: acts at once, readings at the end of the transaction.

An entry that cannot be written raises ``AuditError``, and the transaction with all that it did or showed is
undone: no act and no reading without its entry (SECURITY P11).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection

from commonweal.foundation.access.context import (
    Actor,
    acting,
    again_if_refused,
    at_end_of_acting,
    current_actor,
)
from commonweal.foundation.audit.errors import AuditError
from commonweal.kernel.clock import held

MOST_DETAILS = 16_000
"""Bytes of details that an entry keeps."""


def record(
    verb: str,
    *,
    by: Actor,
    subject: tuple[str, UUID | str],
    words: str,
    person_id: UUID | None = None,
    details: Mapping[str, object] | None = None,
    because: str = "",
    occurred_at: datetime | None = None,
) -> None:
    """Record an act in the actor's chain, in this transaction.

    ``verb`` is stable and past tense (``"referral.accepted"``); ``words`` an English sentence marked for
    translation, without names of persons; ``details`` hold no identities; ``because`` the rule that
    allowed it; ``occurred_at`` when it happened, where somebody writes it down later.
    """
    _append("act", verb, by, person_id, subject, words, because, details, occurred_at)


@dataclass(frozen=True, slots=True)
class Entry:
    """One act to record; the fields mean what they mean in ``record``."""

    verb: str
    subject: tuple[str, UUID | str]
    words: str
    person_id: UUID | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    because: str = ""
    occurred_at: datetime | None = None


def record_many(entries: Iterable[Entry], *, by: Actor) -> None:
    """``record`` for many acts of one actor in one statement: the same entries, in this order."""
    rows = [
        (
            *(e.verb, e.person_id, e.subject[0], str(e.subject[1]), e.words, e.because),
            *(_as_json(e.details), e.occurred_at or held()),
        )
        for e in entries
    ]
    if not rows:
        return
    columns = [[_plain(value) for value in column] for column in zip(*rows, strict=True)]
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(guard.append_audit('act', e.verb, %s, e.person, e.kind, e.subject, e.words,"
                " e.because, e.details::jsonb, e.happened)) from (select * from unnest("
                "%s::text[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],"
                " %s::timestamptz[]) with ordinality"
                " x(verb, person, kind, subject, words, because, details, happened, place) order by place) e",
                [_plain(by.name), *columns],
            )
    except DatabaseError as broken:
        raise AuditError("the audit takes no entry") from broken


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
    """Record that someone asked for a person's data and saw nothing; the person sees it in their log.

    Stays on record when the act around it is refused and undone.
    """

    def write() -> None:
        _append("refused", "refused", by, person_id, ("person", ""), what, because, None)

    write()
    again_if_refused(write)


def _append(
    kind: str,
    verb: str,
    by: Actor,
    person_id: UUID | None,
    subject: tuple[str, UUID | str],
    words: str,
    because: str,
    details: Mapping[str, object] | None,
    occurred_at: datetime | None = None,
) -> None:
    """One entry. Under a held clock (``kernel.clock.at``) it happened then, unless said otherwise."""
    values = [
        kind, verb, by.name, person_id, subject[0], str(subject[1]), words, because, _as_json(details),
        occurred_at or held(),
    ]  # fmt: skip
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select guard.append_audit(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [_plain(v) for v in values],
            )
    except DatabaseError as broken:
        raise AuditError("the audit takes no entry") from broken


def _plain(value: Any) -> Any:
    """Text as the database can keep it: no NUL, no half of a character. It makes one line of it (U08)."""
    if not isinstance(value, str):
        return value
    return value.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")


def _as_json(details: Mapping[str, object] | None) -> str:
    text = json.dumps(_clean(dict(details or {})), default=str, sort_keys=True)
    if len(text) > MOST_DETAILS:
        return json.dumps({"too_long_to_keep": sorted(str(_plain(name))[:80] for name in details or {})[:50]})
    return text


def _clean(value: object) -> object:
    if isinstance(value, dict):
        return {_plain(str(name)): _clean(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    return _plain(str(value))
