"""The sealed context against whoever runs statements as the application: forged, reused, changed midway.

Policies look at the seal lazily and each for itself; these attacks are for every shortcut that could be taken
there: a flag that says *checked already*, a value read without its check, an answer kept for too long.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import psycopg
import pytest
from tests.security.probe import administrator, doors_of_run, probe_table

from commonweal.foundation.access import Actor
from commonweal.foundation.access.keys import context_key
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Role

TABLE = "probe_seal"
OURS, THEIRS = uuid4(), uuid4()
KNOWN, RESTRICTED, MIXED_UP, FOREIGN = (uuid4() for _ in range(4))
PERSONS = {"known": KNOWN, "restricted": RESTRICTED, "mixed up": MIXED_UP, "foreign": FOREIGN}


def _worker(partner: UUID, role: Role = Role.CASE_WORKER) -> Actor:
    return Actor(role, Purpose.COORD, partner, uuid4(), name="Worker")


@pytest.fixture(scope="module", autouse=True)
def rows(django_db_setup: None) -> Iterator[None]:
    """Many rows of ours, so that something happens between two; some that are withheld; one of others."""
    probe_table(TABLE, DataClass.D4).close()
    with administrator() as admin, admin.transaction():
        admin.execute("set local session_replication_role = replica")
        for word, person in (("known", KNOWN), *((f"known {n}", KNOWN) for n in range(20)), *PERSONS.items()):
            holder = THEIRS if person == FOREIGN else OURS
            admin.execute(
                f"insert into {TABLE} (id, person_id, holder_id, data_class, topic, word)"
                " values (%s, %s, %s, 'D4', 'food', %s)",
                [uuid4(), person, holder, word],
            )
        admin.execute(
            "insert into access_restriction (id, person_id, partner_id, recorded_at)"
            " values (gen_random_uuid(), %s, %s, now())",
            [RESTRICTED, OURS],
        )
        admin.execute(
            "insert into access_standing (id, person_id, kind, recorded_at)"
            " values (gen_random_uuid(), %s, 'unreadable', now())",
            [MIXED_UP],
        )
    yield
    with administrator() as admin, admin.transaction():
        admin.execute("set local session_replication_role = replica")
        admin.execute(f"delete from {TABLE}")
        admin.execute("delete from access_restriction where person_id = %s", [RESTRICTED])
        admin.execute("delete from access_standing where person_id = %s", [MIXED_UP])


@contextmanager
def application() -> Iterator[psycopg.Connection]:
    """A connection as an injection has it: the application's role, and any statement it likes."""
    doors = doors_of_run()
    with psycopg.connect(
        host=doors.host,
        port=doors.port,
        dbname=doors.name,
        user=doors.app,
        password=doors.app_password or None,
        autocommit=True,
    ) as app:
        yield app


def _seal(app: psycopg.Connection, actor: Actor) -> str:
    line = "|".join(
        str(part or "")
        for part in (actor.partner_id, actor.account_id, actor.person_id, actor.role, actor.purpose)
    )
    signature = hmac.new(context_key(), line.encode(), hashlib.sha256).hexdigest()
    app.execute("select set_config('commonweal.ctx', guard.seal(%s, %s), true)", [line, signature])
    return app.execute("select current_setting('commonweal.ctx')").fetchone()[0]


def _as(seal: str, partner: UUID) -> str:
    return "|".join([str(partner), *seal.split("|")[1:]])


def _words(app: psycopg.Connection, query: str = f"select word from {TABLE}", *given: object) -> set[str]:
    return {row[0].split(" ")[0] for row in app.execute(query, given or None).fetchall()}


def test_what_is_ours_is_seen_and_what_is_withheld_is_not() -> None:
    with application() as app, app.transaction():
        _seal(app, _worker(OURS))
        assert _words(app) == {"known"}


FLAGS = ("verified", "checked", "ok", "proof", "partner", "seal", "ctx_verified", "trusted")


def test_no_flag_of_the_callers_stands_for_the_seal() -> None:
    with application() as app, app.transaction():
        seal = _seal(app, _worker(OURS))
        for flag in FLAGS:
            for value in ("yes", "true", "1", str(THEIRS), seal, seal.split("|")[-1]):
                app.execute(
                    "select set_config(%s, %s, true), set_config('commonweal.ctx', %s, true)",
                    [f"commonweal.{flag}", value, _as(seal, THEIRS)],
                )
                assert _words(app) == set(), (flag, value)
        app.execute("select set_config('commonweal.ctx', %s, true)", [seal])
        assert _words(app) == {"known"}


@pytest.mark.parametrize("kind", ["forged", "nothing", "words"])
def test_a_context_changed_between_two_rows_opens_nothing(kind: str) -> None:
    """One statement, one open cursor: what was checked for the first row must not carry what comes after."""
    with application() as app, app.transaction():
        seal = _seal(app, _worker(OURS))
        put = {"forged": _as(seal, THEIRS), "nothing": "", "words": "|||||||"}[kind]
        every = (
            f"select word, set_config('commonweal.ctx', %s, true) from {TABLE} order by word = 'known' desc"
        )
        lazily = f"select word, set_config('commonweal.ctx', %s, true) from {TABLE}"
        for query in (every, lazily):
            app.execute("select set_config('commonweal.ctx', %s, true)", [seal])
            assert _words(app, query, put) <= {"known"}
        for filtered in ("word like 'known%%'", "true"):
            app.execute("select set_config('commonweal.ctx', %s, true)", [seal])
            app.execute(f"declare midway no scroll cursor for select word from {TABLE} where {filtered}")
            first = {row[0].split(" ")[0] for row in app.execute("fetch 1 from midway").fetchall()}
            app.execute("select set_config('commonweal.ctx', %s, true)", [put])
            rest = {row[0].split(" ")[0] for row in app.execute("fetch all from midway").fetchall()}
            assert first | rest <= {"known"}
            app.execute("close midway")


def test_a_context_put_back_between_two_rows_opens_nothing() -> None:
    """The other way round: what is withheld is asked while there is no context, then it comes back."""
    with application() as app, app.transaction():
        seal = _seal(app, _worker(OURS))
        for blank in ("", _as(seal, THEIRS)):
            app.execute("select set_config('commonweal.ctx', %s, true)", [blank])
            app.execute(f"declare midway no scroll cursor for select word from {TABLE}")
            app.execute("fetch 1 from midway")
            app.execute("select set_config('commonweal.ctx', %s, true)", [seal])
            rest = {row[0].split(" ")[0] for row in app.execute("fetch all from midway").fetchall()}
            assert rest <= {"known"}
            app.execute("close midway")
            # Rows that another set brings in between, with the context coming and going with each.
            app.execute("select set_config('commonweal.ctx', %s, true)", [seal])
            mixed = (
                "select t.word from (select n, set_config('commonweal.ctx',"
                " case n %% 2 when 0 then %s else %s end, true) from generate_series(1, 6) n offset 0) x"
                f" cross join lateral (select word from {TABLE} where x.n > 0 offset 0) t"
            )
            assert _words(app, mixed, blank, seal) <= {"known"}
            assert _words(app, mixed, seal, blank) <= {"known"}


def test_a_seal_ends_with_its_transaction_on_a_pooled_connection() -> None:
    with application() as app:
        with app.transaction():
            seal = _seal(app, _worker(OURS))
            app.execute(
                "select set_config('commonweal.ctx', %s, false)", [seal]
            )  # to outlast the transaction
            assert _words(app) == {"known"}
        assert _words(app) == set()
        with app.transaction():
            assert _words(app) == set()
            app.execute("select set_config('commonweal.ctx', %s, true)", [seal])
            assert _words(app) == set()
            _seal(app, _worker(THEIRS))
            assert _words(app) == {"foreign"}, "whoever comes next is nobody else"


def test_a_savepoint_takes_its_context_back_with_it() -> None:
    with application() as app, app.transaction():
        _seal(app, _worker(OURS))
        app.execute("savepoint inner_acting")
        _seal(app, _worker(THEIRS))
        assert _words(app) == {"foreign"}
        app.execute("rollback to savepoint inner_acting")
        assert _words(app) == {"known"}
        app.execute("savepoint failed")
        with pytest.raises(psycopg.Error):
            app.execute("select guard.seal('||||', 'x')")
        app.execute("rollback to savepoint failed")
        assert _words(app) == {"known"}


def test_a_plan_that_is_kept_answers_each_who_asks_for_themselves() -> None:
    """Statements are planned once for a connection, whoever had it first."""
    with application() as app:
        app.execute("set plan_cache_mode = force_generic_plan")
        app.execute(f"prepare kept as select word from {TABLE}")
        app.execute("prepare who as select guard.partner()")
        for partner, seen in ((OURS, {"known"}), (THEIRS, {"foreign"}), (uuid4(), set()), (OURS, {"known"})):
            with app.transaction():
                _seal(app, _worker(partner))
                assert _words(app, "execute kept") == seen
                assert app.execute("execute who").fetchone() == (partner,)
            assert _words(app, "execute kept") == set()


@pytest.mark.parametrize(
    "statement",
    [
        "set role {owner}",
        "set session authorization {owner}",
        "set local role {owner}",
        "select set_config('role', '{owner}', true)",
        "select * from guard.secret",
        "select * from guard.rule",
        "select guard.mac('seal', 'x')",
        "select guard.keep_secret('seal', ''::bytea)",
        "create or replace function guard.ctx() returns text[] language sql as 'select null::text[]'",
        "create temporary table secret (name text)",
        "create function public.now() returns timestamptz language sql as 'select null::timestamptz'",
    ],
)
def test_the_guards_own_things_are_out_of_reach(statement: str) -> None:
    with application() as app, app.transaction(force_rollback=True):
        _seal(app, _worker(OURS))
        with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
            app.execute(statement.format(owner=doors_of_run().owner))
        assert _words(app) == {"known"}


def test_what_the_caller_sets_for_the_session_changes_no_answer() -> None:
    with application() as app:
        for setting, value in (
            ("search_path", "pg_temp, public, pg_catalog"),
            ("search_path", "guard, pg_catalog, public"),
            ("TimeZone", "Pacific/Kiritimati"),
            ("extra_float_digits", "-15"),
            ("DateStyle", "German"),
            ("bytea_output", "escape"),
            ("IntervalStyle", "sql_standard"),
            ("enable_hashjoin", "off"),
            ("work_mem", "64kB"),
        ):
            with app.transaction():
                seal = _seal(app, _worker(OURS))
                app.execute("select set_config(%s, %s, true)", [setting, value])
                assert _words(app, f"select word from public.{TABLE}") == {"known"}, setting
                app.execute("select set_config('commonweal.ctx', %s, true)", [_as(seal, THEIRS)])
                assert _words(app, f"select word from public.{TABLE}") == set(), setting


def test_helpers_of_a_parallel_query_see_what_their_leader_may_see() -> None:
    with application() as app:
        (version,) = app.execute("select current_setting('server_version_num')::int").fetchone()
        forcing = "debug_parallel_query" if version >= 160000 else "force_parallel_mode"
        with app.transaction():
            seal = _seal(app, _worker(OURS))
            for name, value in (
                (forcing, "on"),
                ("parallel_setup_cost", "0"),
                ("parallel_tuple_cost", "0"),
                ("min_parallel_table_scan_size", "0"),
            ):
                app.execute("select set_config(%s, %s, true)", [name, value])
            assert _words(app) == {"known"}
            assert app.execute(f"select count(*) from {TABLE}").fetchone() == (22,)
            app.execute("select set_config('commonweal.ctx', %s, true)", [_as(seal, THEIRS)])
            assert app.execute(f"select count(*) from {TABLE}").fetchone() == (0,)
