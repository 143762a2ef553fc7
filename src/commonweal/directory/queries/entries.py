"""What search entries and their cards are made from: PostgreSQL joins, Python only decides."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.db import connection

from commonweal.directory.rules.facts import CardFacts
from commonweal.directory.rules.judging import Judged


@lru_cache(maxsize=8)
def statement(name: str) -> str:
    """The SQL of a file beside this one."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")


def judged(service_ids: Sequence[UUID]) -> Iterator[Judged]:
    """What these services are found and judged by, one row for each place; none for what is not listed."""
    with connection.cursor() as cursor:
        cursor.execute(statement("judging"), {"ids": list(service_ids)})
        return map(Judged._make, cursor.fetchall())


def card_facts(entry_ids: Sequence[UUID]) -> Iterator[CardFacts]:
    """What the cards of these entries show."""
    with connection.cursor() as cursor:
        cursor.execute(statement("facts"), {"ids": list(entry_ids)})
        return map(CardFacts._make, cursor.fetchall())


def entries_without_card(service_ids: list[UUID] | None, most: int) -> list[UUID]:
    """Entries, of some services or of all, whose card is still to be made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from directory_searchentry where card is null"
            " and (%s::uuid[] is null or service_id = any(%s)) limit %s",
            [service_ids, service_ids, most],
        )
        return [row[0] for row in cursor]


def service_ids_after(last: UUID | None, count: int | None) -> list[UUID]:
    """The next ids of services in their order; all of them for ``None``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from directory_service where %s::uuid is null or id > %s order by id limit %s",
            [last, last, count],
        )
        return [row[0] for row in cursor]
