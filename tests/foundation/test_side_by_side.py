"""Parts of something large are worked on by processes of their own; what goes wrong in one is told here."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection

from commonweal.foundation.side_by_side import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)


def _told(part: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid(), %s::int", [part])
        yield cursor.fetchone()[1]
        yield os.getpid()


def test_every_part_is_done_by_processes_with_doors_of_their_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        told = list(side_by_side(_told, [1, 2, 3], 2))
        cursor.execute("select 2")
        assert cursor.fetchone() == (2,)
    processes = {number for number in told if number > 3}
    assert sorted(number for number in told if number <= 3) == [1, 2, 3]
    assert len(processes) == 2
    assert os.getpid() not in processes


def test_one_process_needs_no_other() -> None:
    assert list(side_by_side(_told, [7], 2)) == [7, os.getpid()]


def test_what_fails_in_a_process_fails_here() -> None:
    def failing(part: int) -> Iterator[int]:
        yield part
        raise ValueError(f"part {part} is odd")

    with pytest.raises(RuntimeError, match=r"ValueError: part \d is odd"):
        list(side_by_side(failing, [1, 2], 2))


def test_a_process_that_dies_is_noticed() -> None:
    def dying(part: int) -> Iterator[int]:
        yield part
        os._exit(3)

    with pytest.raises(RuntimeError, match="ended early"):
        list(side_by_side(dying, [1, 2], 2))
