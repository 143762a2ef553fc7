"""What the table governs, cell by cell: whether an attempt wrote any of it, and by which rule it might."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import DatabaseError, connection, transaction

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import effects
from commonweal.kernel.errors import BadInput, CommonwealError, Conflict, NotFound, Refused

Row = dict[str, Any]
Snapshot = dict[str, dict[str, Row]]


def governed() -> dict[str, set[str]]:
    """Tables with their governed columns, as registered effects have it; ``*`` stands for whole rows."""
    found: dict[str, set[str]] = {}
    for effect in effects.effects():
        for name in effect.governs:
            table, _dot, column = name.partition(".")
            found.setdefault(table, set()).add(column or "*")
    return found


@dataclass(frozen=True)
class Change:
    """One governed cell that is not as it was; ``column`` ``*``: a row that is new or gone."""

    table: str
    column: str
    before: Row | None
    after: Row | None

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


# ── What may change without a mandate, and the rule that says so ───────────────────────────────────
def _role_is_its_own(change: Change, by: Actor | None) -> bool:
    rows = [row for row in (change.before, change.after) if row is not None]
    return all(row["role"] not in ("privacy_officer", "election_officer") for row in rows)


def _watcher_leaves(change: Change, by: Actor | None) -> bool:
    before, after = change.before, change.after
    return change.column == "until" and bool(before and after and after["until"] and not before["until"])


def _seat_is_the_partners(change: Change, by: Actor | None) -> bool:
    return _seat_of(change)["partner_id"] is not None


def _seat_of(change: Change) -> Row:
    row = change.after or change.before or {}
    return _rows("partners_seat")[row["seat_id"]]


def _leaves_by_itself(change: Change, by: Actor | None) -> bool:
    after = change.after
    return bool(
        after and by and str(by.partner_id) == after["id"] and change.column in ("left_on", "left_why")
    )


def _goes_with_its_partner(change: Change, by: Actor | None) -> bool:
    after = change.after or {}
    if by is None or change.column != "ends_on" or after.get("partner_id") != str(by.partner_id):
        return False
    return _rows("partners_partner")[str(by.partner_id)]["left_on"] is not None


def _stops_its_own_telling(change: Change, by: Actor | None) -> bool:
    after = change.after or {}
    return after.get("ground") == "party" and by is not None and after["partner_id"] == str(by.partner_id)


def _own_terms_end(change: Change, by: Actor | None) -> bool:
    after = change.after
    return bool(after and by and after["discloser_id"] == str(by.partner_id) and change.column == "ends_at")


def _nothing_names_it(change: Change, by: Actor | None) -> bool:
    agreement = (change.after or {}).get("agreement_id", (change.after or {}).get("id"))
    return not any(m["scope"] == f"agreement:{agreement}" for m in _rows("governance_mandate").values())


FREE: dict[str, tuple[str, Callable[[Change, Actor | None], bool]]] = {
    "a partner gives its own people their roles; those that watch others are governed": (
        "accounts_membership",
        _role_is_its_own,
    ),
    "a watcher's role may always end": ("accounts_membership", _watcher_leaves),
    "who fills a partner's seat is the partner's own affair": ("partners_holding", _seat_is_the_partners),
    "a partner may always leave by itself": ("partners_partner", _leaves_by_itself),
    "and with that its seats end": ("partners_seat", _goes_with_its_partner),
    "a partner may always stop what it tells itself": ("governance_stop", _stops_its_own_telling),
    "and with that the terms of its own telling end": ("access_terms", _own_terms_end),
    "what partners promised each other sleeps until a mandate names it": (
        "governance_term",
        _nothing_names_it,
    ),
}
"""Self-administration that is rightly free under bylaws."""


def rule_for(change: Change, by: Actor | None) -> str:
    """Why this change needs no mandate; empty where it does."""
    return next((why for why, (t, holds) in FREE.items() if t == change.table and holds(change, by)), "")


# ── Looking ────────────────────────────────────────────────────────────────────────────────────────
COUNTED = ("measures_analysisrun", "measures_analysisfigure")
"""What the counting program alone reads, beside those whom the database lets."""


def _rows(table: str) -> dict[str, Row]:
    """Every row of a table, read as the count, from whom nothing of the table is hidden."""
    reader = replace(THE_COUNT, purpose=Purpose.OPS) if table in COUNTED else THE_COUNT
    with acting(reader), connection.cursor() as cursor:
        cursor.execute(f"select to_jsonb(t)::text from {table} t")
        rows = [json.loads(text) for (text,) in cursor.fetchall()]
    return {str(row["id"]): row for row in rows}


def writes(tables: Mapping[str, object]) -> int:
    """How many rows of these tables this transaction wrote so far, undone ones included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_xact_user_tables"
            " where relname = any(%s)",
            [list(tables)],
        )
        return int(cursor.fetchone()[0])


@dataclass
class Outcome:
    """What came of an attempt: how it ended, and what changed that no mandate and no rule lets change."""

    ended: str
    unguarded: list[str]
    free: list[str]
    result: Any = None


REACHED = frozenset({"done", "refused", "conflict"})
"""An attempt that came past the checks of its form: it was done, or judged."""


class Watch:
    """Tries things one after another in one world; nothing of any stays."""

    def __init__(self) -> None:
        self.entries = governed()
        self.as_it_was: Snapshot = {table: _rows(table) for table in self.entries}
        self.wrote = 0

    def attempt(self, do: Callable[[], Any], by: Actor | None, *, always: bool = False) -> Outcome:
        """Do it, look, undo it. ``always``: look even where this connection wrote nothing."""
        outcome = Outcome("", [], [])
        with transaction.atomic():
            before = writes(self.entries)
            outcome.ended, outcome.result = _tried(do)
            if always or writes(self.entries) != before:
                self.wrote += 1
                for change in self._changes():
                    rule = rule_for(change, by)
                    (outcome.free if rule else outcome.unguarded).append(rule or str(change))
            connection.needs_rollback = False
            transaction.set_rollback(True)
        return outcome

    def _changes(self) -> list[Change]:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")  # what a commit would refuse did not happen
        except DatabaseError:
            return []
        return [c for table in self.entries for c in self._changes_in(table)]

    def _changes_in(self, table: str) -> Iterator[Change]:
        was, now = self.as_it_was[table], _rows(table)
        columns = self.entries[table]
        if "*" in columns:
            for key in was.keys() ^ now.keys():
                yield Change(table, "*", was.get(key), now.get(key))
        for key in was.keys() & now.keys():
            for column in columns - {"*"}:
                if was[key][column] != now[key][column]:
                    yield Change(table, column, was[key], now[key])


def _tried(do: Callable[[], Any]) -> tuple[str, Any]:
    try:
        with transaction.atomic():
            return "done", do()
    except Refused:
        return "refused", None
    except Conflict:
        return "conflict", None
    except NotFound:
        return "not-found", None
    except (BadInput, CommonwealError) as fault:
        return f"bad-input {fault}", None
    except DatabaseError as fault:
        state = getattr(fault.__cause__, "sqlstate", "")
        return "refused" if state == "42501" else f"database {state}", None
    except (
        Exception,
        SystemExit,
    ) as fault:  # a value that no caller would give; the list of what was not reached tells
        return f"{type(fault).__name__} {str(fault)[:80]}", None


class Findings:
    """What was tried, how it ended, what it changed."""

    def __init__(self) -> None:
        self.unguarded: dict[str, list[str]] = {}
        self.free: Counter[str] = Counter()
        self.ended: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, what: str, who: str, outcome: Outcome) -> None:
        self.ended[what][outcome.ended] += 1
        self.free.update(outcome.free)
        if outcome.unguarded:
            self.unguarded.setdefault(f"{what} as {who}", outcome.unguarded)

    def tried(self) -> int:
        return sum(sum(ended.values()) for ended in self.ended.values())

    def not_reached(self) -> dict[str, dict[str, int]]:
        """What never came past its checks, with how it ended."""
        return {what: dict(ended) for what, ended in self.ended.items() if not REACHED & ended.keys()}
