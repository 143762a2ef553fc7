"""What search entries and their cards are made from: PostgreSQL joins, Python only decides."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from commonweal.directory.queries.prepared import array, numbered, run, statement
from commonweal.directory.rules.facts import CardFacts
from commonweal.directory.rules.judging import Judged


def judged(service_ids: Sequence[UUID]) -> Iterator[Judged]:
    """What these services are found and judged by, one row for each place; none for what is not listed."""
    return map(Judged._make, run(numbered(statement("judging")), {"ids": array(service_ids)}))


def card_facts(entry_ids: Sequence[UUID]) -> Iterator[CardFacts]:
    """What the cards of these entries show."""
    return map(CardFacts._make, run(numbered(statement("facts")), {"ids": array(entry_ids)}))


def entries_without_card(service_ids: list[UUID] | None, most: int) -> list[UUID]:
    """Entries, of some services or of all, whose card is still to be made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select e.id from directory_searchentry e left join directory_searchcard c on c.id = e.id"
            " where c.id is null and (%s::uuid[] is null or e.service_id = any(%s)) limit %s",
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


def service_ids_since(moment: datetime) -> list[UUID]:
    """Services of which something that the search shows was said since then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from directory_service"
            " where last_modified >= %(at)s or capacity_at >= %(at)s or verified_at >= %(at)s",
            {"at": moment},
        )
        return [row[0] for row in cursor]
