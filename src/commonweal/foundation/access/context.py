"""The signed context of a transaction: who reads, for whom, why, until when.

``acting`` opens a transaction and presents a line signed with the installation's key. The
database checks it, seals it to this very transaction with a key of its own and keeps it as a
transaction-local setting; every policy asks for that seal (schema ``guard``). A copied seal
reads nothing in another transaction, and only the database's clock counts (SECURITY A09, P02, P07).
The signed line travels as a bound parameter and never as text of a statement, where sessions of the
same role could read it in the server's list of activity.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import psycopg
from django.db import connection, transaction

from commonweal.foundation.access.actor import Actor
from commonweal.foundation.access.keys import context_key
from commonweal.kernel.errors import NotFound, Refused

__all__ = ["Actor", "acting", "again_if_refused", "at_end_of_acting", "current_actor"]

_Work = Callable[[], None]

_current: ContextVar[Actor | None] = ContextVar("current_actor", default=None)
_at_end: ContextVar[dict[object, _Work] | None] = ContextVar("at_end_of_acting", default=None)
_if_refused: ContextVar[list[_Work] | None] = ContextVar("if_acting_is_refused", default=None)


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


def again_if_refused(work: Callable[[], None]) -> None:
    """Run ``work`` in a transaction of its own if the outermost ``acting`` ends in a refusal and is undone.

    For what must stay on record although nothing else of the act does.
    """
    waiting = _if_refused.get()
    if waiting is None:
        raise RuntimeError("no one is acting: enter `with acting(actor):` first")
    waiting.append(work)


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Do everything inside as ``actor``: one transaction, row-level security in force.

    Nested, it switches to another actor inside the same transaction (a savepoint) and back. After the
    outermost one nobody acts, also where it stood inside a longer transaction.
    """
    if _current.get() is None:
        with _outermost(actor):
            yield actor
    else:
        with _nested(actor):
            yield actor


@contextmanager
def _outermost(actor: Actor) -> Iterator[None]:
    collected: dict[object, _Work] = {}
    refused: list[_Work] = []
    tokens = _current.set(actor), _at_end.set(collected), _if_refused.set(refused)
    try:
        with _sealed(actor):
            yield
            while collected:
                collected.pop(next(iter(collected)))()
    except (Refused, NotFound):
        kept, refused[:] = tuple(refused), []
        if kept:
            with _sealed(actor):
                for work in kept:
                    work()
        raise
    finally:
        _current.reset(tokens[0])
        _at_end.reset(tokens[1])
        _if_refused.reset(tokens[2])


@contextmanager
def _sealed(actor: Actor) -> Iterator[None]:
    with transaction.atomic():
        _enter(actor)
        yield
        if len(connection.savepoint_ids) > 0:  # inside a longer transaction: what comes after is nobody's
            _leave()


@contextmanager
def _nested(actor: Actor) -> Iterator[None]:
    outer = current_actor()
    token = _current.set(actor)
    try:
        with transaction.atomic():
            _enter(actor)
            yield
            _enter(outer)
    finally:
        _current.reset(token)


def _enter(actor: Actor) -> None:
    line = "|".join(
        str(part or "")
        for part in (actor.partner_id, actor.account_id, actor.person_id, actor.role, actor.purpose)
    )
    signature = hmac.new(context_key(), line.encode(), hashlib.sha256).hexdigest()
    # A cursor that binds on the server's side, whatever Django's own does: see the module's words. Its errors
    # are told as Django's, so that who tries again after a broken line need not know of it.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute("select set_config('commonweal.ctx', guard.seal(%s, %s), true)", [line, signature])


def _leave() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('commonweal.ctx', '', true)")
