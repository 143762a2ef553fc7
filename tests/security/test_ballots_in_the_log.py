"""B07, below the tables: what the server itself writes down (WAL, log, files) ties no ballot to a voter.

The server is ours, so its files can be read; of a server of somebody else's (``DATABASE_URL``) they can't.
"""

import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from tests.governance.voting import LAWS, World, ask, cast, gather, lay, open_vote
from tests.security.probe import administrator
from tests.security.test_ballots_secret import SECRET

from commonweal.foundation.access import acting
from commonweal.governance import sealing
from commonweal.governance.actions import certifying
from commonweal.governance.models import Ballot
from commonweal.governance.vocabulary import Matter

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        bool(os.environ.get("DATABASE_URL")), reason="the files of a server that is not ours can't be read"
    ),
]

VOTERS = 12
TABLES = ("envelope", "ballot", "turnout", "poll", "paperentry")
NEAR = 600
"""Bytes around a ballot's words in which an id would stand that belongs to the same row or the next."""


@dataclass
class Written:
    """Where the server writes, and from where on it wrote since the test began."""

    data: Path
    first: str

    def log(self) -> bytes:
        """The server's own log files, this run's and the one before."""
        return b"".join(found.read_bytes() for found in sorted(self.data.glob("server.log*")))

    def wal(self) -> bytes:
        """Every record since the test began, up to this moment."""
        with administrator() as admin:
            (last,) = admin.execute("select pg_walfile_name(pg_current_wal_flush_lsn())").fetchone() or ("",)
        names = sorted(f.name for f in (self.data / "pg_wal").iterdir() if len(f.name) == 24)
        wanted = [name for name in names if self.first <= name <= str(last)]
        assert wanted, "the log of this test is still there"
        return b"".join((self.data / "pg_wal" / name).read_bytes() for name in wanted)

    def files(self) -> bytes:
        """The tables that a ballot passes through, dead rows included, as they lie on the disk."""
        with administrator() as admin:
            admin.execute("checkpoint")
            paths = [
                admin.execute("select pg_relation_filepath(%s)", [f"governance_{table}"]).fetchone()
                for table in TABLES
            ]
        return b"".join((self.data / str(path[0])).read_bytes() for path in paths if path)


@pytest.fixture
def written() -> Written:
    with administrator() as admin:
        (data,) = admin.execute("show data_directory").fetchone() or ("",)
        (first,) = admin.execute("select pg_walfile_name(pg_current_wal_flush_lsn())").fetchone() or ("",)
    return Written(Path(str(data)), str(first))


def words_of(place: int) -> str:
    return f"reason-{place:02d}-of-one-voter"


def voted(world: World) -> tuple[UUID, dict[str, str]]:
    """A secret vote in a meeting; the poll, and each voter's receipt."""
    question = ask(world, Matter.ROLES)
    (poll,) = open_vote(world, question, meeting_id=gather(world, *world.voters))
    receipts = {}
    for place, voter in enumerate(world.voters):
        choice = {"position": "yes" if place % 2 else "no", "reason": words_of(place)}
        receipts[voter] = cast(world, poll, voter, choice).receipt
    return poll, receipts


def forms(secret: bytes) -> list[bytes]:
    """A secret as it could stand somewhere: raw, in hexadecimal, in base 64."""
    return [secret, secret.hex().encode(), base64.b64encode(secret), base64.b64encode(secret).rstrip(b"=")]


def test_what_the_server_writes_down_opens_no_ballot_and_names_no_voter(written: Written) -> None:
    world = lay(LAWS + SECRET, partners=VOTERS, chair=0)
    poll, receipts = voted(world)
    key = sealing._path(poll).read_bytes()
    plain = [words_of(n).encode() for n in range(VOTERS)] + [r.encode() for r in receipts.values()]
    while_open = written.wal() + written.log() + written.files()
    assert str(next(iter(world.voters))).encode() in while_open, "the search finds what is there"
    assert not [found for found in plain if found in while_open], "no ballot lies open before closing"
    chair = world.actor(world.voter(0))
    with acting(chair):
        certifying.close(poll, by=chair)
    assert not sealing._path(poll).exists()
    assert Ballot.objects.count() == VOTERS
    log, wal = written.log(), written.wal() + written.files()
    assert all(found in wal for found in plain), "the search finds what was laid open"
    assert not [found for found in plain if found in log], "a log quotes no ballot"
    for secret in (key, key[:32], key[32:]):
        assert not [form for form in forms(secret) if form in wal + log], "the key was never there"
    assert _guessed(world, wal) <= VOTERS // 4, "what stands beside a ballot tells no better than chance"


def _guessed(world: World, written: bytes) -> int:
    """How many ballots an attacker ties to their voter by taking the id that stands nearest to the words."""
    ids = {
        voter: [voter.encode(), str(actor.account_id).encode(), actor.account_id.bytes]
        for voter, actor in world.voters.items()
        if actor.account_id
    }
    right = 0
    for place, mine in enumerate(world.voters):
        nearest: list[tuple[int, str]] = []
        for at in _places(written, words_of(place).encode()):
            around = written[max(0, at - NEAR) : at + NEAR]
            middle = min(at, NEAR)
            for voter, marks in ids.items():
                nearest += [(abs(found - middle), voter) for mark in marks for found in _places(around, mark)]
        right += bool(nearest) and min(nearest)[1] == mine
    return right


def _places(where: bytes, what: bytes) -> Iterator[int]:
    at = where.find(what)
    while at >= 0:
        yield at
        at = where.find(what, at + 1)
