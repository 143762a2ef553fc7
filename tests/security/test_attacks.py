"""A07, A08, A09, A13: any SQL as the application's role reads nothing foreign and gains nothing.

The prober is signed in at a partner that nobody's consent names. What it runs here is what an injection in a
page of its own could run.
"""

import hashlib
import hmac
from contextlib import nullcontext
from types import SimpleNamespace

import psycopg
import pytest
from django.db import Error, connection, transaction
from tests.security.county import FOREIGN, PROBER, VICTIMS, County
from tests.security.probe import administrator, doors_of_run

from commonweal.foundation.access import Actor, acting, context
from commonweal.foundation.access.keys import context_key
from commonweal.foundation.access.vocabulary import Purpose, Role

FACTS = (
    "access_relation",
    "access_consent",
    "access_restriction",
    "access_standing",
    "access_assignment",
    "access_case",
    "access_glass",
)
OTHERS_ABOUT_PERSONS = ("people_person", "outbound", "audit_entry")


def run(statement: str, *values: object) -> str:
    """What a statement gives back, as text; in a savepoint. Its refusal is text too."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return str(cursor.fetchall()) if cursor.description else f"{cursor.rowcount} rows"
    except Error as refusal:
        return f"refused: {refusal}"


def count(table: str, where: str = "true") -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table} where {where}")
        return cursor.fetchone()[0]


@pytest.fixture(scope="module")
def tables(county: County) -> list[str]:
    """Every table of rows about persons."""
    with doors_of_run().connect(as_owner=True) as owner:
        found = owner.execute("select table_name from guard.protected where table_name not like 'probe%'")
        return sorted({name for (name,) in found.fetchall()} | {*FACTS, *OTHERS_ABOUT_PERSONS})


@pytest.fixture(scope="module")
def prober(county: County) -> Actor:
    return county.actor(PROBER, Role.COORDINATOR, Purpose.COORD)


def test_the_victims_rows_are_there_to_be_stolen(county: County, tables: list[str]) -> None:
    """Each table holds something, or the attacks below prove nothing."""
    empty = []
    for table in tables:
        seen = 0
        for slug in (*VICTIMS, "ferry-street"):
            for role, purpose in (
                (Role.COORDINATOR, Purpose.COORD),
                (Role.CASE_WORKER, Purpose.TREAT),
                (Role.CLINICIAN, Purpose.TREAT),
                (Role.PRIVACY_OFFICER, Purpose.AUD),
            ):
                with acting(county.actor(slug, role, purpose)):
                    seen += count(table)
        if not seen:
            empty.append(table)
    assert empty in ([], ["access_case"], ["access_case", "access_standing"]), empty


def test_without_a_context_nothing_is_there(county: County, tables: list[str]) -> None:
    assert {table: count(table) for table in tables} == dict.fromkeys(tables, 0)
    assert count("accounts_account", "person_id is not null") == 0


def test_the_prober_sees_no_foreign_row(county: County, tables: list[str], prober: Actor) -> None:
    """As every role for every purpose under which anything about persons can be read."""
    for role in Role:
        for purpose in (Purpose.COORD, Purpose.TREAT, Purpose.PAY, Purpose.OPS, Purpose.EMERG, Purpose.AUD):
            with acting(Actor(role, purpose, prober.partner_id, prober.account_id)):
                for table in tables:
                    assert not _foreign(run(f"select * from {table}")), (role, purpose, table)


@pytest.mark.parametrize(
    "how", ["table {t}", "select count(*), max(t::text) from only {t} t", "select t from {t} t"]
)
def test_no_way_of_reading_shows_one(county: County, tables: list[str], prober: Actor, how: str) -> None:
    with acting(prober):
        for table in tables:
            assert not _foreign(run(how.format(t=table))), table


def _foreign(said: str) -> list[str]:
    return [canary for canary in FOREIGN if canary.casefold() in said.casefold()]


def test_no_way_of_writing_shows_or_changes_a_foreign_row(
    county: County, tables: list[str], prober: Actor
) -> None:
    """UPDATE, DELETE and MERGE with RETURNING, INSERT over what is there, COPY out."""
    mine = {p for slug, p in county.persons.items() if slug == PROBER}
    with acting(prober):
        for table in tables:
            who = "id" if table == "people_person" else "person_id"
            theirs = [str(p) for p in county.persons.values() if p not in mine]
            for statement in (
                f"update {table} set {who} = {who} where {who} = any(%s::uuid[]) returning *",
                f"delete from {table} where {who} = any(%s::uuid[]) returning *",
                f"merge into {table} t using (select unnest(%s::uuid[]) p) v on t.{who} = v.p"
                f" when matched then update set {who} = t.{who} returning *",
                f"select * from {table} where {who} = any(%s::uuid[]) for update",
            ):
                said = run(statement, theirs)
                assert said == "[]" or said.startswith("refused"), (table, said[:200])
                assert not _foreign(said)
            assert not _foreign(_copied(table))


def _copied(table: str) -> str:
    with connection.connection.cursor().copy(f"copy (select * from {table}) to stdout".encode()) as copy:
        return b"".join(bytes(block) for block in copy).decode()


def test_a_row_put_over_a_hidden_one_tells_nothing_of_it(county: County, prober: Actor) -> None:
    """ON CONFLICT on the key of a hidden row: refused, and not a word of what is in it."""
    victim = county.persons["alder-general"]
    with acting(prober):
        said = run(
            "insert into people_person (id, origin_id, occurred_at, recorded_at)"
            " values (%s, %s, now(), now()) on conflict (id) do update set occurred_at = now() returning *",
            victim,
            prober.partner_id,
        )
        assert said.startswith("refused: new row violates row-level security"), said
        assert not _foreign(said)


CONTEXTS = {
    "empty": lambda seal: "",
    "words": lambda seal: "let me in",
    "truncated": lambda seal: seal[:-8],
    "without its end": lambda seal: "|".join(seal.split("|")[:-1]),
    "another partner": lambda seal: "|".join([VICTIM_ID, *seal.split("|")[1:]]),
    "another role": lambda seal: seal.replace("|coordinator|", "|operator|"),
    "another time": lambda seal: "|".join([*seal.split("|")[:5], "9999999999", *seal.split("|")[6:]]),
    "more parts": lambda seal: seal + "|x",
    "another end": lambda seal: "|".join([*seal.split("|")[:-1], "0" * 64]),
    "null bytes of text": lambda seal: "|" * 7,
}
VICTIM_ID = "00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize("change", CONTEXTS, ids=list(CONTEXTS))
def test_a_context_that_was_tampered_with_is_none(
    county: County, tables: list[str], prober: Actor, change: str
) -> None:
    with acting(prober), connection.cursor() as cursor:
        cursor.execute("select current_setting('commonweal.ctx')")
        forged = CONTEXTS[change](cursor.fetchone()[0])
        cursor.execute("select set_config('commonweal.ctx', %s, true), guard.ctx()", [forged])
        cursor.execute("select guard.ctx() is null")
        assert cursor.fetchone() == (True,)
        assert {table: count(table) for table in tables} == dict.fromkeys(tables, 0)


def _app() -> psycopg.Connection:
    """A second connection with the application's own rights, as an injection has."""
    doors = doors_of_run()
    return psycopg.connect(
        host=doors.host,
        port=doors.port,
        dbname=doors.name,
        user=doors.app,
        password=doors.app_password or None,
        autocommit=True,
    )


def _sealed(app: psycopg.Connection, actor: Actor) -> str:
    line = "|".join(
        str(p or "") for p in (actor.partner_id, actor.account_id, actor.person_id, actor.role, actor.purpose)
    )
    signature = hmac.new(context_key(), line.encode(), hashlib.sha256).hexdigest()
    app.execute("select set_config('commonweal.ctx', guard.seal(%s, %s), true)", [line, signature])
    return app.execute("select current_setting('commonweal.ctx')").fetchone()[0]


def test_a_seal_is_good_in_its_own_transaction_alone(county: County, prober: Actor) -> None:
    """A09: replayed in the next transaction of the same session, and in another session at the same time."""
    with _app() as app, _app() as other:
        with app.transaction():
            seal = _sealed(app, prober)
            assert app.execute("select guard.ctx() is not null").fetchone() == (True,)
            with other.transaction():
                other.execute("select set_config('commonweal.ctx', %s, true)", [seal])
                assert other.execute("select guard.ctx()").fetchone() == (None,)
        with app.transaction():
            assert app.execute("select guard.ctx()").fetchone() == (None,), "it ended with its transaction"
            app.execute("select set_config('commonweal.ctx', %s, false)", [seal])
            assert app.execute("select guard.ctx()").fetchone() == (None,)


def test_a_line_that_is_not_signed_is_refused(county: County) -> None:
    forged = f"{VICTIM_ID}||||"
    for signature in ("", "0" * 64, hmac.new(b"", forged.encode(), hashlib.sha256).hexdigest()):
        assert "not signed" in run("select guard.seal(%s, %s)", forged, signature)


def test_reset_takes_the_context_away(county: County, tables: list[str], prober: Actor) -> None:
    for statement in ("reset all", "reset commonweal.ctx", "discard plans"):
        with acting(prober), connection.cursor() as cursor:
            cursor.execute(statement)
            for table in tables:
                assert not _foreign(run(f"table {table}"))


def test_the_signed_line_never_stands_in_a_statement(county: County, prober: Actor, monkeypatch) -> None:
    """A session's statements are seen by every session of its role; so is what they hold."""
    with administrator() as seen, administrator() as watching, seen.transaction():
        monkeypatch.setattr(
            context, "connection", SimpleNamespace(connection=seen, wrap_database_errors=nullcontext())
        )
        context._enter(prober)
        (statement,) = watching.execute(
            "select query from pg_stat_activity where pid = %s", [seen.info.backend_pid]
        ).fetchone()
    assert "guard.seal($1, $2)" in statement
    assert str(prober.partner_id) not in statement


def test_sessions_of_the_application_hide_their_statements(county: County, prober: Actor) -> None:
    with _app() as app:
        others = app.execute(
            "select query from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()"
        ).fetchall()
    assert others, "this very test runs in one"
    assert {query for (query,) in others} <= {"", None, "<insufficient privilege>"}


GAINS = [
    "set role {owner}",
    "set session authorization {owner}",
    "set local role postgres",
    "reset role",
    "set local row_security = off",
    "alter role {app} bypassrls",
    "alter role {app} superuser",
    "grant {owner} to {app}",
    "grant {auditor} to {app}",
    "alter table people_source_record disable row level security",
    "alter table people_source_record no force row level security",
    "alter table people_source_record owner to {app}",
    "create policy open on people_source_record using (true)",
    "drop policy reading on people_source_record",
    "drop trigger keep_consent on access_consent",
    "alter table access_consent disable trigger all",
    "set local session_replication_role = replica",
    "select * from guard.secret",
    "select * from guard.rule",
    "insert into guard.rule values ('coordinator','COORD','D7','shared','',2,true)",
    "delete from guard.protected",
    "select guard.mac('context', '{victim}|||operator|ADMIN')",
    "select guard.mac('seal', 'x')",
    "select guard.keep_secret('context', 'x')",
    "select guard.pad('x', 1)",
    "select guard.seal('{victim}|||operator|ADMIN', md5('x'))",
    "select set_config('commonweal.ctx', '{victim}||||', true)",
    "select set_config('role', '{owner}', true)",
    "create or replace function guard.ctx() returns text[] language sql as 'select array[''x'']'",
    "create function public.steal() returns text language sql security definer as 'select 1::text'",
    "create function pg_temp.partner() returns uuid language sql as 'select null::uuid'",
    "create temp table access_consent (person_id uuid)",
    "create temp view people_source_record as select 1 as id",
    "create type pg_temp.uuid as (x int)",
    "create view v as select * from people_source_record",
    "create materialized view v as select * from people_source_record",
    "create table t (x int)",
    "create schema s",
    "alter function guard.ctx() owner to {app}",
    "do $$ begin execute 'set role {owner}'; end $$",
    "do $$ begin execute 'alter table people_source_record disable row level security'; end $$",
    "copy (select 1) to program 'id'",
    "copy people_source_record from program 'id'",
    "copy (select 1) to '/tmp/commonweal-stolen'",
    "copy outbound from '/etc/passwd'",
    "select pg_read_file('/etc/passwd')",
    "select pg_read_binary_file('postgresql.conf')",
    "select pg_ls_dir('.')",
    "select pg_stat_file('postgresql.conf')",
    "select lo_import('/etc/passwd')",
    "select lo_export(1, '/tmp/commonweal-stolen')",
    "create extension dblink",
    "create extension postgres_fdw",
    "create extension file_fdw",
    "select dblink('dbname=postgres', 'select 1')",
    "load 'plpython3'",
    "create language plpython3u",
    "alter system set row_security = off",
    "alter database {name} set row_security = off",
    "create publication p for all tables",
    "create subscription s connection 'host=127.0.0.1' publication p",
    "create event trigger e on ddl_command_start execute function guard.keep_consent()",
    "create server s foreign data wrapper x",
    "select pg_reload_conf()",
    "security label on table people_source_record is 'x'",
    "comment on table people_source_record is 'x'",
    "update audit_entry set words = 'x'",
    "delete from audit_entry",
    "insert into audit_head values ('x', 1, '')",
    "select guard.anchor_audit('x', 1, '')",
    "select word from probe union select encode(inner_pad, 'hex') from guard.secret",
    "select query_to_xml('table guard.secret', true, true, '')",
    "select database_to_xml(true, true, '')",
    "table people_source_record; table people_safe_address",
    "select (people_source_record).* from people_source_record",
    "select ts_stat('select to_tsvector(given) from people_source_record')",
    "select * from pg_stats where tablename like 'people%'",
    "select * from pg_statistic",
    "select * from pg_authid",
    "select * from pg_largeobject",
    "explain (analyze, verbose) select * from people_source_record",
    "declare c cursor for select * from people_source_record; fetch all from c",
    "prepare p as select * from people_source_record; execute p",
    "listen x; notify x, 'y'",
    "select xmlagg(query_to_xml('select * from people_safe_address', true, true, '')) ",
]


@pytest.mark.parametrize("statement", GAINS, ids=range(len(GAINS)))
def test_an_injection_gains_nothing(
    county: County, tables: list[str], prober: Actor, statement: str, tmp_path_factory
) -> None:
    """A08, P02: nothing foreign comes back, and afterwards nothing more is open than before."""
    doors = doors_of_run()
    words = {
        "owner": doors.owner,
        "app": doors.app,
        "auditor": doors.auditor,
        "victim": county.table["alder-general"],
        "name": doors.name,
    }
    with acting(prober):
        before = _open_to_me()
        with transaction.atomic():  # one savepoint for the attack and the look around after it
            with connection.cursor() as cursor:
                try:
                    with transaction.atomic():
                        cursor.execute(statement.format(**words) if "{" in statement else statement)
                        said = str(cursor.fetchall()) if cursor.description else ""
                except Error as refusal:
                    said = f"refused: {refusal}"
            assert not _foreign(said), statement
            assert "inner_pad" not in said or said.startswith("refused")
            for table in tables:
                assert not _foreign(run(f"table {table}")), (statement, table)
            transaction.set_rollback(True)
        assert _open_to_me() == before


def _open_to_me() -> list[tuple[object, ...]]:
    """What stands between the application and everything: protection, rights, policies."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user::text, session_user::text, current_setting('row_security'),"
            " (select count(*) from pg_class where relrowsecurity and relforcerowsecurity),"
            " (select count(*) from pg_policy), (select count(*) from pg_trigger where tgenabled <> 'O'),"
            " (select rolsuper or rolbypassrls from pg_roles where rolname = current_user),"
            " pg_has_role(current_user, %s, 'member')",
            [doors_of_run().owner],
        )
        return cursor.fetchall()


def test_the_owner_itself_reads_nothing_without_a_context(county: County) -> None:
    """FORCE: committed rows of everyone, a connection of the owner, and no rows."""
    with doors_of_run().connect(as_owner=True) as owner, administrator() as admin:
        admin.execute(
            "insert into access_standing (id, person_id, kind) values (gen_random_uuid(), %s, 'disputed')",
            [VICTIM_ID],
        )
        try:
            for (table,) in owner.execute("select table_name from guard.protected").fetchall():
                assert owner.execute(f"select count(*) from {table}".encode()).fetchone() == (0,)
            for table in FACTS:
                assert owner.execute(f"select count(*) from {table}".encode()).fetchone() == (0,), table
        finally:
            admin.execute("delete from access_standing where person_id = %s", [VICTIM_ID])
