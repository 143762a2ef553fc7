"""The signed context of a transaction: who reads, for whom, why, until when.

``acting`` opens a transaction and presents a line signed with the installation's key. The
database checks it, seals it to this very transaction with a key of its own and keeps it as a
transaction-local setting; every policy asks for that seal (schema ``guard``). A copied line
reads nothing in another transaction, and only the database's clock counts (SECURITY A09, P02, P07).
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection, transaction

from commonweal.foundation.access.keys import context_key
from commonweal.foundation.access.vocabulary import Purpose, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which role, for which purpose, for which partner or as which person."""

    role: Role
    purpose: Purpose
    partner_id: UUID | None = None
    account_id: UUID | None = None
    person_id: UUID | None = None
    name: str = ""

    @classmethod
    def public(cls) -> "Actor":
        """Anyone, not signed in."""
        return cls(Role.PUBLIC, Purpose.SELF)

    def for_purpose(self, purpose: Purpose) -> "Actor":
        """The same actor, reading for another reason."""
        return replace(self, purpose=purpose)


_current: ContextVar[Actor | None] = ContextVar("current_actor", default=None)
_at_end: ContextVar[dict[object, Callable[[], None]] | None] = ContextVar("at_end_of_acting", default=None)


def current_actor() -> Actor:
    """The actor of this transaction. Raises RuntimeError outside of ``acting``."""
    actor = _current.get()
    if actor is None:
        raise RuntimeError("no one is acting: enter `with acting(actor):` first")
    return actor


def at_end_of_acting(work: Callable[[], None], *, once: object) -> None:
    """Run ``work`` in this transaction just before the outermost ``acting`` ends well; once for each key."""
    waiting = _at_end.get()
    if waiting is None:
        raise RuntimeError("no one is acting: enter `with acting(actor):` first")
    waiting.setdefault(once, work)


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Do everything inside as ``actor``: one transaction, row-level security in force.

    Nested, it switches to another actor inside the same transaction (a savepoint) and back.
    """
    outer, waiting = _current.get(), _at_end.get()
    collected: dict[object, Callable[[], None]] = {}
    current_token = _current.set(actor)
    end_token = _at_end.set(collected) if waiting is None else None
    try:
        with transaction.atomic():
            _enter(actor)
            yield actor
            if end_token is not None:
                for work in tuple(collected.values()):
                    work()
            if outer is not None:
                _enter(outer)
    finally:
        if end_token is not None:
            _at_end.reset(end_token)
        _current.reset(current_token)


def _enter(actor: Actor) -> None:
    line = "|".join(
        str(part or "")
        for part in (actor.partner_id, actor.account_id, actor.person_id, actor.role, actor.purpose)
    )
    signature = hmac.new(context_key(), line.encode(), hashlib.sha256).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('commonweal.ctx', guard.seal(%s, %s), true)", [line, signature])
