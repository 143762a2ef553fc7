"""A probe table under ``protect.policy_sql``, for tests of what row-level security really lets through."""

import psycopg

from commonweal.foundation.access.protect import policy_sql
from commonweal.foundation.access.vocabulary import DataClass
from commonweal.foundation.database.opening import Doors, doors_from_environment

TABLE = """
create table {name} (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null,
  holder_id uuid not null,
  segment text not null default 'general',
  data_class text not null,
  topic text not null default '',
  word text not null default ''
);
create index on {name} (holder_id, word);
create index on {name} (person_id);
"""


def doors_of_run() -> Doors:
    """The database of this run."""
    doors = doors_from_environment()
    assert doors is not None
    return doors


def probe_table(
    name: str, base: DataClass, *, shared_writes: bool = False
) -> psycopg.Connection[tuple[object, ...]]:
    """See to a protected table ``name`` with the application's grants; returns a connection of the owner.

    It stays until the run's database is dropped: a test's own transaction still holds it.
    """
    doors = doors_of_run()
    owner = doors.connect(as_owner=True)
    if owner.execute("select to_regclass(%s)", [f"public.{name}"]).fetchone() == (None,):
        owner.execute(TABLE.format(name=name).encode())
        owner.execute(policy_sql(name, base, shared_writes=shared_writes).encode())
        owner.execute(f"grant select, insert, update, delete on {name} to {doors.app}".encode())
    return owner


def administrator() -> psycopg.Connection[tuple[object, ...]]:
    """A connection past row-level security, to lay out what a test needs and to look at what is there."""
    return doors_of_run().connect()
