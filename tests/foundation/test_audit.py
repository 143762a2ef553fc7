"""The audit's writing: nothing shown or done without its entry, one line whatever was typed, under load."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from tests.security.probe import administrator, doors_of_run

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import public
from commonweal.foundation.audit import AuditError, person_log
from commonweal.foundation.audit.models import AuditEntry
from commonweal.foundation.audit.verify import run
from commonweal.kernel.clock import at
from commonweal.kernel.errors import NotFound, Refused
from commonweal.kernel.verdict import deny

TERESA = UUID("0a000000-0000-4000-8000-00000000cafe")
CANARY = "canary-9-Hidden-Lane"


def worker(partner: UUID | None = None, name: str = "Inés Valdivia") -> Actor:
    return Actor(Role.CASE_WORKER, Purpose.COORD, partner or uuid4(), uuid4(), name=name)


@public
def phi(request: HttpRequest) -> HttpResponse:
    """A page with a person on it."""
    by = worker()
    with acting(by):
        audit.note_read(by=by, person_id=TERESA, what="your referrals", because="test")
    return HttpResponse(CANARY)


@public
def cut(request: HttpRequest) -> HttpResponse:
    """A page whose connection to the database is cut while it works."""
    with connection.cursor() as cursor, doors_of_run().connect() as admin:
        cursor.execute("select pg_backend_pid()")
        admin.execute("select pg_terminate_backend(%s)", [cursor.fetchone()[0]])
        time.sleep(0.2)
        cursor.execute("select 1")
    return HttpResponse(CANARY)


urlpatterns = [path("phi/", phi), path("cut/", cut)]


@pytest.fixture
def site(settings: object) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def entries() -> int:
    with administrator() as admin:
        return admin.execute("select count(*) from audit_entry where person_id = %s", [TERESA]).fetchone()[0]


@pytest.fixture
def broken_audit() -> Iterator[None]:
    """The audit takes no entries: the function fails as on a full disk."""
    with doors_of_run().connect(as_owner=True) as owner:
        owner.execute(
            "create function public.no_room() returns trigger language plpgsql as"
            " $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$"
        )
        owner.execute("create trigger no_room before insert on audit_entry execute function no_room()")
        yield
        owner.execute("drop trigger no_room on audit_entry")
        owner.execute("drop function public.no_room()")


@pytest.mark.django_db(transaction=True)
def test_a_page_with_a_person_has_its_entry_before_it_leaves(site: Client) -> None:
    before = entries()
    assert site.get("/phi/").content.decode() == CANARY
    assert entries() == before + 1


@pytest.mark.django_db(transaction=True)
def test_without_an_entry_nothing_is_shown(site: Client, broken_audit: None) -> None:
    """P11, U01: 503, nothing of the person, and words that help."""
    before = entries()
    response = site.get("/phi/")
    assert response.status_code == 503
    assert CANARY not in response.content.decode()
    assert "One moment" in response.content.decode()
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    assert entries() == before


@pytest.mark.django_db(transaction=True)
def test_without_an_entry_nothing_is_done(broken_audit: None) -> None:
    by = worker()
    with pytest.raises(AuditError), acting(by):
        audit.record("probe.done", by=by, subject=("probe", "1"), words="did it")


@pytest.mark.django_db(transaction=True)
def test_a_cut_connection_shows_nothing_and_the_next_page_works(site: Client) -> None:
    response = site.get("/cut/")
    assert response.status_code == 503
    assert CANARY not in response.content.decode()
    assert site.get("/phi/").status_code == 200


def ask_and_fail(by: Actor, person: UUID, error: Exception) -> None:
    with acting(by):
        audit.record_refusal(by=by, person_id=person, what="asked for your records", because="test")
        audit.record("probe.done", by=by, subject=("probe", "1"), words="undone", person_id=person)
        raise error


@pytest.mark.django_db(transaction=True)
def test_a_refusal_stays_on_record_though_the_act_is_undone() -> None:
    by, person = worker(), uuid4()
    for error in (Refused(deny("test", "no")), NotFound("person")):
        with pytest.raises(type(error)):
            ask_and_fail(by, person, error)
    herself = Actor(Role.RESIDENT, Purpose.SELF, None, uuid4(), person)
    with acting(herself):
        assert [line.kind for line in person_log(person)] == ["refused", "refused"]


HOSTILE = [
    "line\r\nanother line\n",
    "\x1b[2J\x1b[31mred\x07",
    "\u202etxt.exe\u2066\u200f",
    "${jndi:ldap://127.0.0.1/x}",
    "<script>alert(1)</script>",
    "nul\x00byte and \ud800 half",
    "\u2028\u2029\u0085",
    "x" * 1_000_000,
    "'; drop table audit_entry; --",
    "%s %d {0} \\u0000 \\",
]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_what_was_typed_becomes_one_inert_line(typed: str) -> None:
    """U08: in every field that a caller fills."""
    by = worker(name=typed)
    person = uuid4()
    with acting(by):
        audit.record(
            "probe.done",
            by=by,
            subject=(typed, typed),
            words=typed,
            person_id=person,
            because=typed,
            details={typed: typed, "list": [typed, {"deep": typed}], "n": 3, "none": None},
        )
    with acting(Actor(Role.RESIDENT, Purpose.SELF, None, uuid4(), person)):
        entry = AuditEntry.objects.get(person_id=person)
    fields = [entry.actor_name, entry.words, entry.because, entry.subject_kind, entry.subject_id]
    for text in [*fields, str(entry.details)]:
        assert len(text) <= 16_500
        assert text.isprintable(), text[:80]


@pytest.mark.django_db(transaction=True)
def test_the_chain_of_such_entries_verifies() -> None:
    by = worker()
    for typed in HOSTILE:
        with acting(by):
            audit.record("probe.done", by=by, subject=("probe", typed), words=typed, details={"t": typed})
    assert not [f for f in run(doors_of_run()).findings if str(by.partner_id) in f.place]


@pytest.mark.django_db
def test_nobody_writes_the_audit_but_by_its_function() -> None:
    with acting(worker()):
        for statement in (
            "insert into audit_entry (id) values (gen_random_uuid())",
            "update audit_entry set words = ''",
            "delete from audit_entry",
            "update audit_head set number = 0",
            "select * from audit_head",
            "select * from audit_anchor",
            "select guard.audit_heads()",
            "select guard.anchor_audit('x', 1, '')",
            "select guard.append_audit('gossip', 'v', 'n', null, 's', '1', 'w', 'y', '{}')",
        ):
            with pytest.raises(Exception, match=r"denied|only|is an act"), transaction.atomic():
                connection.cursor().execute(statement)


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_leave_one_chain_without_a_gap(record_property: object) -> None:
    """U06, for a few seconds: every entry there, every chain whole, and the rate that it took."""
    partners = [uuid4() for _ in range(10)]
    seconds, written, failed = 3.0, [0] * 50, []
    until = time.monotonic() + seconds

    def write(me: int) -> None:
        by = worker(partners[me % 10])
        try:
            while time.monotonic() < until:
                with acting(by):
                    for _ in range(5):  # an act with what it did and what was read for it
                        audit.record("probe.done", by=by, subject=("probe", str(me)), words="did it")
                written[me] += 5
        except Exception as fault:
            failed.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(me,)) for me in range(50)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    chains = {str(p) for p in partners}
    with administrator() as admin:
        rows = admin.execute(
            "select chain, count(*), max(number) from audit_entry where chain = any(%s) group by chain",
            [list(chains)],
        ).fetchall()
    assert all(count == last for _, count, last in rows)
    assert sum(count for _, count, _ in rows) == sum(written)
    assert not [f for f in run(doors_of_run()).findings if f.place.split(",")[0].split()[-1] in chains]
    record_property("entries_per_second", round(sum(written) / seconds))
    print(f"{sum(written) / seconds:.0f} entries a second")


@pytest.mark.django_db(transaction=True)
def test_what_happened_earlier_says_when() -> None:
    """Told late, or brought in: both moments stand, and the hash holds both."""
    by, person = worker(), uuid4()
    happened = datetime.now(UTC) - timedelta(days=2)
    words = {"subject": ("probe", "1"), "words": "did it", "person_id": person}
    with acting(by):
        audit.record("probe.late", by=by, **words, occurred_at=happened)
        audit.record("probe.now", by=by, **words)
        audit.record("probe.claimed", by=by, **words, occurred_at=datetime.now(UTC) + timedelta(days=2))
        entry = audit.Entry("probe.many", ("probe", "1"), "did it", person, occurred_at=happened)
        audit.record_many([entry, replace(entry, occurred_at=None)], by=by)
        with at(happened):
            audit.record("probe.seed", by=by, **words)
            audit.record_many([replace(entry, occurred_at=None)], by=by)
    with acting(Actor(Role.RESIDENT, Purpose.SELF, person_id=person)):
        found = list(AuditEntry.objects.filter(person_id=person).order_by("number"))
        assert [e.occurred_at for e in found] == [happened, None, None, happened, None, happened, happened]
        assert [line.at > line.happened_at for line in person_log(person)] == [False] * 3 + [True] * 4
    assert run(doors_of_run()).findings == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["null", "occurred_at - interval '1 day'"])
def test_when_it_happened_cannot_be_changed_unseen(change: str) -> None:
    by = worker()
    with acting(by):
        audit.record(
            "probe.late", by=by, subject=("probe", "1"), words="did it",
            occurred_at=datetime.now(UTC) - timedelta(days=2),
        )  # fmt: skip
    with administrator() as admin:
        admin.execute("set session_replication_role = replica")
        admin.execute(
            f"update audit_entry set occurred_at = {change} where actor_account_id = %s", [by.account_id]
        )
    kinds = {f.kind for f in run(doors_of_run()).findings if str(by.partner_id) in f.place}
    assert kinds == {"edited"}
    with administrator() as admin:
        admin.execute("set session_replication_role = replica")
        admin.execute("delete from audit_entry where actor_account_id = %s", [by.account_id])
        admin.execute("delete from audit_head where chain = %s", [str(by.partner_id)])
