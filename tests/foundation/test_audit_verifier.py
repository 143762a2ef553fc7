"""U03, U04, U05, P12: whoever owns the database cannot change the audit unseen."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from tests.security.probe import administrator, doors_of_run

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.audit import heads, verifier
from commonweal.foundation.audit.verify import run

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Chain:
    """A partner's chain of forty entries, signed at twenty and at forty, and its files."""

    partner: UUID
    home: Path

    def found(self) -> list[verifier.Finding]:
        return [f for f in run(doors_of_run()).findings if str(self.partner) in f.place or "file" in f.kind]


def append(partner: UUID, count: int, words: str = "looked at your referrals") -> None:
    worker = Actor(Role.CASE_WORKER, Purpose.COORD, partner, uuid4(), name="Marcus Odom")
    for number in range(count):
        with acting(worker):
            audit.record(
                "probe.done", by=worker, subject=("probe", str(number)), words=words, details={"n": number}
            )


@pytest.fixture
def chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    monkeypatch.setattr(heads, "home", lambda: tmp_path)
    partner = uuid4()
    append(partner, 20)
    heads.sign_heads()
    append(partner, 20)
    heads.sign_heads()
    yield Chain(partner, tmp_path)
    with administrator() as admin:
        admin.execute("set session_replication_role = replica")
        for table in ("audit_entry", "audit_head"):
            admin.execute(f"delete from {table} where chain = %s".encode(), [str(partner)])
        admin.execute("delete from audit_anchor")


def tamper(statement: str, *values: object) -> None:
    """As a superuser, past policies and triggers."""
    with administrator() as admin, admin.transaction():
        admin.execute("set local session_replication_role = replica")
        admin.execute("alter table audit_entry drop constraint if exists audit_entry_place")
        admin.execute(statement.encode(), values)


def test_an_untouched_audit_passes(chain: Chain) -> None:
    report = run(doors_of_run())
    assert report.findings == []
    assert report.entries >= 40
    assert report.heads == 2
    assert report.exit_code == 0
    assert report.lines()[-1] == "Nothing was changed."


def edit(chain: Chain) -> None:
    tamper("update audit_entry set words = 'nothing' where chain = %s and number = 7", str(chain.partner))


def delete(chain: Chain) -> None:
    tamper("delete from audit_entry where chain = %s and number = 7", str(chain.partner))


def insert(chain: Chain) -> None:
    """A forged entry between two, the later ones numbered on."""
    tamper("update audit_entry set number = number + 1 where chain = %s and number >= 7", str(chain.partner))
    tamper(
        "insert into audit_entry select gen_random_uuid(), chain, 7, recorded_at, kind, verb,"
        " actor_account_id, actor_partner_id, actor_role, actor_name, purpose, person_id, subject_kind,"
        " subject_id, 'forged', because, details, previous, hash from audit_entry"
        " where chain = %s and number = 8",
        str(chain.partner),
    )


def reorder(chain: Chain) -> None:
    """Two entries change places, numbers and all."""
    tamper(
        "update audit_entry set number = case number when 7 then 8 else 7 end"
        " where chain = %s and number in (7, 8)",
        str(chain.partner),
    )


def swap(chain: Chain) -> None:
    """Two entries far apart change their contents, each keeping its place and hashes."""
    tamper(
        "update audit_entry e set subject_id = o.subject_id, details = o.details, recorded_at = o.recorded_at"
        " from audit_entry o where e.chain = %s and o.chain = e.chain"
        " and (e.number, o.number) in ((7, 30), (30, 7))",
        str(chain.partner),
    )


def cut_the_tail(chain: Chain) -> None:
    """The last ten are gone, and the row of the chain's head says so too."""
    tamper("delete from audit_entry where chain = %s and number > 30", str(chain.partner))
    tamper(
        "update audit_head h set number = 30, hash = e.hash from audit_entry e"
        " where h.chain = %s and e.chain = h.chain and e.number = 30",
        str(chain.partner),
    )


def rehash(chain: Chain) -> None:
    """An entry changed and every hash after it made anew: the chain is whole again, and another one."""
    edit(chain)
    with administrator() as admin:
        rows = admin.execute(verifier.ENTRIES.encode()).fetchall()
        last = b""
        for row in (r for r in rows if r[0] == str(chain.partner)):
            fresh = hashlib.sha256(last + verifier.content_of(row)).digest()
            tamper("update audit_entry set previous = %s, hash = %s where id = %s", last, fresh, row[2])
            last = fresh
        tamper("update audit_head set hash = %s where chain = %s", last, str(chain.partner))


@pytest.mark.parametrize(
    ("attack", "kind", "place"),
    [
        (edit, "edited", "entry 7"),
        (delete, "deleted", "entry 8"),
        (insert, "edited", "entry 7"),
        (reorder, "reordered", "entry 7"),
        (swap, "edited", "entry 7"),
        (cut_the_tail, "cut", "entry 30"),
        (rehash, "rewritten", "entry 20"),
    ],
)
def test_each_kind_of_tampering_is_found_at_its_place(
    chain: Chain, attack: Callable[[Chain], None], kind: str, place: str
) -> None:
    attack(chain)
    found = chain.found()
    assert found, "nothing was found"
    assert (found[0].kind, place in found[0].place) == (kind, True), found[:3]


def test_a_whole_rewrite_is_seen_by_the_signed_heads_alone(chain: Chain) -> None:
    rehash(chain)
    assert {f.kind for f in chain.found()} == {"rewritten"}


def test_a_head_put_back_without_its_file_is_found(chain: Chain) -> None:
    """U04: the file replaced by an older copy of itself."""
    lines = heads.heads_path().read_bytes().splitlines(keepends=True)
    heads.heads_path().write_bytes(lines[0])
    assert [(f.kind, f.place) for f in chain.found()] == [("heads file", "line 2")]


def test_the_file_and_its_key_gone_is_found(chain: Chain) -> None:
    heads.heads_path().unlink()
    heads.public_key_path().unlink()
    assert [f.kind for f in chain.found()] == ["heads file"]


def test_a_line_of_the_file_changed_is_found(chain: Chain) -> None:
    first, second = heads.heads_path().read_bytes().splitlines(keepends=True)
    changed = json.loads(first)
    changed["heads"][str(chain.partner)][0] = 19
    heads.heads_path().write_bytes(json.dumps(changed).encode() + b"\n" + second)
    assert ("heads file", "line 1") in [(f.kind, f.place) for f in chain.found()]


def test_a_line_of_the_file_dropped_is_found(chain: Chain) -> None:
    heads.heads_path().write_bytes(heads.heads_path().read_bytes().splitlines(keepends=True)[1])
    assert [(f.kind, f.place) for f in chain.found()] == [("heads file", "line 1")]


def test_a_file_forged_with_another_key_is_found(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    """The outsider holds the public key; the forger signs everything anew with one of their own."""
    ours = heads.public_key_path().read_bytes()
    heads.heads_path().unlink()
    heads.public_key_path().unlink()
    monkeypatch.setattr(heads, "key", lambda name: b"x" * 32)
    heads.sign_heads()
    kept = chain.home / "noted.pem"
    kept.write_bytes(ours)
    report = run(doors_of_run(), public_key=kept)
    assert ("heads file", "line 1") in [(f.kind, f.place) for f in report.findings]


def test_two_histories_are_told_apart(chain: Chain) -> None:
    """A second file that goes on from the first line, signed with the real key, about a restored database."""
    lines = heads.heads_path().read_bytes().splitlines(keepends=True)
    heads.heads_path().write_bytes(lines[0])
    append(chain.partner, 1)
    with pytest.raises(Exception, match="audit_anchor_once"):
        heads.sign_heads()
    forked = heads.heads_path().read_bytes()
    assert forked.count(b"\n") == 2
    assert [(f.kind, f.place) for f in chain.found()] == [("heads file", "line 2")]


def test_an_old_backup_is_seen_to_have_shrunk(chain: Chain) -> None:
    """U05: everything in the database as it was after twenty entries, the file as it is."""
    tamper("delete from audit_entry where chain = %s and number > 20", str(chain.partner))
    tamper(
        "update audit_head h set number = 20, hash = e.hash from audit_entry e"
        " where h.chain = %s and e.chain = h.chain and e.number = 20",
        str(chain.partner),
    )
    tamper("delete from audit_anchor where number = 2")
    assert ["history shrank" in f.words for f in chain.found()] == [True]


def test_a_line_that_a_killed_process_left_unfinished_is_dropped(chain: Chain) -> None:
    whole = heads.heads_path().read_bytes()
    heads.heads_path().write_bytes(whole + b'{"at": "2026-')
    assert chain.found() == []
    append(chain.partner, 1)
    assert heads.sign_heads() == 1
    assert heads.heads_path().read_bytes().startswith(whole)
    assert chain.found() == []


def test_nothing_new_signs_nothing(chain: Chain) -> None:
    assert heads.sign_heads() == 0


def test_a_damaged_file_is_not_signed_over(chain: Chain) -> None:
    heads.heads_path().write_bytes(b"{}\n")
    with pytest.raises(RuntimeError, match="damaged"):
        heads.sign_heads()


def test_the_verifier_stands_alone(chain: Chain) -> None:
    """One file, one command, none of our code: what an outsider runs."""
    source = Path(verifier.__file__)
    assert len(source.read_text().splitlines()) <= 200
    assert "commonweal" not in source.read_text().split('"""', 2)[2]
    edit(chain)
    doors = doors_of_run()
    parts = {"host": doors.host, "port": doors.port, "dbname": doors.name, "user": doors.admin}
    if doors.admin_password:
        parts["password"] = doors.admin_password
    dsn = psycopg.conninfo.make_conninfo(**parts, options=f"-c role={doors.auditor}")
    files = [str(heads.heads_path()), str(heads.public_key_path())]
    done = subprocess.run(
        [sys.executable, "-I", str(source), dsn, *files], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1, done.stderr
    assert f"edited: chain {chain.partner}, entry 7" in done.stdout


def test_the_auditor_reads_the_audit_and_nothing_else(chain: Chain) -> None:
    with doors_of_run().connect(as_auditor=True) as auditor:
        assert auditor.execute("select count(*) from audit_entry").fetchone()[0] >= 40
        for statement in (
            "select * from people_person",
            "select * from guard.secret",
            "delete from audit_entry",
            "update audit_head set number = 0",
            "insert into audit_anchor (id) values (gen_random_uuid())",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                auditor.execute(statement.encode())
