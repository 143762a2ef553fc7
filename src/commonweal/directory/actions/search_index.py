"""Keeping search entries true: written in the transaction of the change that they show.

For other rooms and the import: :func:`refresh_search` after a few services changed, :func:`refresh_changed`
after a delivery, :func:`refresh_all` to build everything anew. All may be repeated, and stopped at any
moment. Large refreshes leave the cards to a job (:func:`fill_cards`), or to the first search that shows them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from commonweal.directory.queries import places
from commonweal.directory.queries.entries import (
    card_facts,
    entries_without_card,
    judged,
    service_ids_after,
    service_ids_since,
)
from commonweal.directory.queries.lexicon import lexicon
from commonweal.directory.queries.prepared import statement
from commonweal.directory.rules.card import write_card
from commonweal.directory.rules.card_making import card_of
from commonweal.directory.rules.fit import Known
from commonweal.directory.rules.judging import Draft, Judged, drafts_of
from commonweal.directory.rules.schedule import Week
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.side_by_side import side_by_side
from commonweal.kernel.clock import today
from commonweal.kernel.ids import named_id

KEEPER = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
"""Entries are made from every row, by whomever the change was; the statements leave out what is hidden."""
BATCH = 4000
"""Services written at a time: enough to spare round trips, few enough that nobody waits long for a lock."""
PART, PARTS = 50_000, 16
"""Services read at a time in a large refresh, and into how many parts the largest is cut: each table is then
read once for a part, and a part still fits a small machine."""
FEW = 500
"""Up to this many services their cards are made at once."""
_WAITING, _WAITING_IN_BULK = "256kB", "64MB"
"""How much may wait beside the inverted indexes: little in daily use, since each search reads it; much in a
large refresh, which is quicker so and settles it at its end."""
_BUILDING = "256MB"
"""Memory in which the inverted indexes are built: enough for a hundred thousand entries."""
SIDE_BY_SIDE = 2
"""Processes in a large refresh: while one waits for PostgreSQL, another computes."""

_COLUMNS = (
    "id", "service_id", "location_id", "partner_id", "visibility", "keys", "words", "topics", "more_topics",
    "latitude", "longitude", "languages", "interpreter", "free", "step_free", "no_documents", "minimum_age",
    "maximum_age", "zone", "week", "hours_known", "remote", "check_from", "capacity", "capacity_at",
    "capacity_until", "verified_at", "helped", "asked",
)  # fmt: skip
_KNOWN = {Known.YES: "1", Known.NO: "0", Known.UNKNOWN: None}
Progress = Callable[[int], None]


def refresh_search(service_ids: Iterable[UUID], progress: Progress | None = None) -> int:
    """Make the entries of these services what their rows say now; returns how many entries there are.

    In a transaction it is part of it. A large refresh outside of one works on several batches at a time.
    """
    ids = list(dict.fromkeys(service_ids))
    if _are_many(ids):
        return _refresh_many(ids, progress, nullcontext())
    written = done = 0
    if len(ids) > FEW:
        _measure()
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with acting(KEEPER):
            _plan_for(len(batch))
            written += _write(batch, _drafted(judged(batch)))
        done += len(batch)
        if progress:
            progress(done)
    if len(ids) <= FEW:
        fill_cards(ids)
    return written


def refresh_changed(since: datetime, progress: Progress | None = None) -> int:
    """Refresh every service that changed, or vanished from its source, since then; and the places."""
    with acting(KEEPER), connection.cursor() as cursor:
        cursor.execute(
            "select id from directory_service where last_modified >= %s or not_seen_since >= %s",
            [since, since],
        )
        ids = [row[0] for row in cursor]
    return _refresh_with_places(ids, progress) if ids else 0


def refresh_due() -> int:
    """Refresh the services whose hours must be looked at again by tomorrow; for the nightly job."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct service_id from directory_searchentry where check_from <= %s::date + 1",
            [_today()],
        )
        ids = [row[0] for row in cursor]
    return refresh_search(ids)


def refresh_all(progress: Progress | None = None) -> int:
    """Build every entry and the names of places anew. ``progress`` hears how many services are done."""
    with acting(KEEPER):
        ids = service_ids_after(None, None)
    return _refresh_with_places(ids, progress)


def _refresh_with_places(ids: Sequence[UUID], progress: Progress | None) -> int:
    """The places too: in a large refresh while the index is settled, which leaves a processor idle."""
    beside = _beside(refresh_places)
    if _are_many(ids):
        return _refresh_many(ids, progress, beside)
    with beside:
        return refresh_search(ids, progress)


def _are_many(ids: Sequence[UUID]) -> bool:
    return len(ids) > 2 * BATCH and not connection.in_atomic_block


@contextmanager
def _beside(work: Callable[[], object]) -> Iterator[None]:
    """Do ``work`` too: at the same time in a thread of its own, or after, where all is one transaction."""
    if connection.in_atomic_block:
        yield
        work()
        return
    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(_and_leave, work)
        yield
        beside.result()


def _and_leave(work: Callable[[], object]) -> None:
    try:
        work()
    finally:
        connection.close()


def _refresh_many(
    ids: Sequence[UUID], progress: Progress | None, at_last: AbstractContextManager[None]
) -> int:
    """A large refresh, each batch in a transaction of its own; then again what changed meanwhile."""
    with acting(KEEPER), connection.cursor() as cursor:
        cursor.execute("select guard.measure_directory(), guard.begin_search(), now()")
        _, empty, began = cursor.fetchone()
    lexicon()  # read once, for all processes
    count = max(SIDE_BY_SIDE, min(PARTS, -(-len(ids) // PART)))
    parts = [ids[len(ids) * nth // count : len(ids) * (nth + 1) // count] for nth in range(count)]
    written = done = 0
    for told in side_by_side(partial(_refresh_part, empty=empty), parts, SIDE_BY_SIDE):
        written, done = written + told, min(done + BATCH, len(ids))
        if progress:
            progress(done)
    with at_last:
        _settle()
    refresh_search(service_ids_since(began))
    return written


def _refresh_part(ids: Sequence[UUID], *, empty: bool) -> Iterator[int]:
    """Tells of each batch how many entries it wrote. ``empty``: nothing is to be cleared."""
    with acting(KEEPER), connection.cursor() as cursor:
        cursor.execute("set local work_mem = '64MB'")
        _plan_for(len(ids))
        rows = list(judged(ids))
    of_service: dict[str, list[Judged]] = {str(id_): [] for id_ in ids}
    for row in rows:
        of_service[row.service_id].append(row)
    del rows
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with acting(KEEPER):
            lines = _drafted(chain.from_iterable(of_service.pop(str(id_)) for id_ in batch))
            yield _write(batch, lines, clear=not empty)


def _measure() -> None:
    """Tables just filled by a delivery seem empty to the planner: it would compare each row with each."""
    with acting(KEEPER), connection.cursor() as cursor:
        cursor.execute("select guard.measure_directory()")


def _plan_for(services: int) -> None:
    """How entries are best made depends on how many at once: many are worth a plan of their own."""
    if services > FEW:
        with connection.cursor() as cursor:
            cursor.execute("set local plan_cache_mode = force_custom_plan")


def _drafted(rows: Iterable[Judged]) -> list[str]:
    return [_line(draft) for draft in drafts_of(rows, lexicon(), settings.TIME_ZONE, _today())]


def _write(service_ids: Sequence[UUID], lines: Sequence[str], *, clear: bool = True) -> int:
    """Put these lines in place of the entries of the services.

    Another refresh of the same services may have been quicker: then once more on top of it.
    """
    for attempt in (1, 2, 3):
        try:
            with transaction.atomic():
                _put(service_ids, lines, clear=clear or attempt > 1)
            break
        except IntegrityError:
            if attempt == 3:
                raise
    return len(lines)


def _put(service_ids: Sequence[UUID], lines: Sequence[str], *, clear: bool) -> None:
    with connection.cursor() as cursor:
        waiting = _WAITING_IN_BULK if len(service_ids) > FEW else _WAITING
        cursor.execute("select set_config('gin_pending_list_limit', %s, true)", [waiting])
        if len(service_ids) > FEW:  # it is safe with the next commit that waits, which ends the refresh
            cursor.execute("set local synchronous_commit = off")
        if clear:
            cursor.execute(
                "with gone as (delete from directory_searchentry where service_id = any(%s) returning id)"
                " delete from directory_searchcard where id in (select id from gone)",
                [list(service_ids)],
            )
        if lines:
            # Python writes None for what is not known, and no cell of text says just that.
            copying = f"copy directory_searchentry ({', '.join(_COLUMNS)}) from stdin (null 'None')"
            with cursor.copy(copying) as copy:
                copy.write("\n".join(lines) + "\n")


def _line(draft: Draft) -> str:
    """The entry's line for ``copy``. No cell holds a tab, a line break or a backslash: all are made by us."""
    row = draft.row
    cells = (
        row.id, row.service_id, row.location_id, row.partner_id, row.visibility,
        f"{{{str(draft.keys)[1:-1]}}}", draft.words, _codes(draft.topics), _codes(draft.more_topics),
        row.latitude, row.longitude, _codes(draft.languages), row.interpreter,
        _KNOWN[draft.free], _KNOWN[draft.step_free], _KNOWN[draft.no_documents],
        row.minimum_age, row.maximum_age, draft.zone, _minutes(draft.week), draft.week.known, row.remote,
        draft.check_from, row.capacity, row.capacity_at, row.capacity_until, row.verified_at,
        row.helped or 0, row.asked or 0,
    )  # fmt: skip
    return "\t".join(map(str, cells))


@lru_cache(maxsize=8192)
def _minutes(week: Week) -> str:
    return "{" + ",".join([f"[{start},{end})" for start, end in week.minutes]) + "}"


@lru_cache(maxsize=8192)
def _codes(codes: tuple[str, ...]) -> str:
    return f"{{{','.join(codes)}}}"


def _today() -> date:
    return today()


def _settle() -> None:
    """After a large refresh: what waits beside the indexes goes in, and the planner learns the new sizes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('maintenance_work_mem', %s, true), guard.settle_search()", [_BUILDING]
        )


def fill_cards(service_ids: Iterable[UUID] | None = None, progress: Progress | None = None) -> int:
    """Make the cards that are missing, of some services or of all; returns how many."""
    ids = None if service_ids is None else list(service_ids)
    filled = 0
    while True:
        with acting(KEEPER):
            missing = entries_without_card(ids, BATCH)
            cards_for(missing)
        filled += len(missing)
        if progress:
            progress(filled)
        if len(missing) < BATCH:
            return filled


def cards_for(entry_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Make and keep the cards of these entries; returns their JSON."""
    if not entry_ids:
        return {}
    with acting(KEEPER):
        words = lexicon()
        cards = {
            facts.entry_id: write_card(card_of(facts, words)).decode() for facts in card_facts(entry_ids)
        }
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into directory_searchcard (id, card) select * from unnest(%s::uuid[], %s::text[])"
                " on conflict (id) do update set card = excluded.card",
                [list(cards), list(cards.values())],
            )
    return cards


def refresh_places() -> int:
    """Work out anew which place names are known and where they are, from public addresses alone."""
    found: dict[tuple[str, str, str], list[object]] = {}
    with acting(KEEPER), connection.cursor() as cursor:
        cursor.execute(statement("places"))
        for kind, name, within, latitude, longitude, count in cursor.fetchall():
            key = (places.place_key(name), places.place_key(within), kind)
            held = found.get(key)
            if key[0] and (held is None or held[-1] < count):
                found[key] = [name, within, latitude, longitude, count]
        cursor.execute("delete from directory_place")
        with cursor.copy(
            "copy directory_place (id, key, kind, name, within, latitude, longitude, locations) from stdin"
        ) as copy:
            for (key_, within_key, kind_), row in found.items():
                copy.write_row((named_id("place", key_, within_key, kind_), key_, kind_, *row))
    places.forget()
    return len(found)
