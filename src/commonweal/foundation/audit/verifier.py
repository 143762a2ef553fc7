"""Was the audit of a Commonweal installation tampered with? For outsiders: needs no part of the platform.

    python verifier.py DSN heads.jsonl public-key.pem

DSN: a PostgreSQL connection string whose role reads the tables of the audit (``options=-c
role=commonweal_auditor``). ``heads.jsonl`` holds the signed heads, ``public-key.pem`` the key as you noted it
when the installation began; an older copy of both finds what a newer one was made to hide.
Exit code 0: nothing found; 1: findings, one a line, each with its place. Needs psycopg 3 and cryptography.
"""

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

ENTRIES = """
select chain, number, id::text, (extract(epoch from recorded_at) * 1000000)::bigint, kind, verb,
  actor_account_id::text, actor_partner_id::text, actor_role, actor_name, purpose, person_id::text,
  subject_kind, subject_id, words, because, details::text, previous, hash,
  (extract(epoch from occurred_at) * 1000000)::bigint
from audit_entry order by chain, number, id
"""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was: what kind, where, in words."""

    kind: str
    place: str
    words: str


@dataclass
class Report:
    """What was looked at and what was found."""

    entries: int = 0
    chains: int = 0
    heads: int = 0
    signed_until: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """Of a command that prints this."""
        return 1 if self.findings else 0

    def add(self, kind: str, place: str, words: str) -> None:
        self.findings.append(Finding(kind, place, words))

    def as_json(self) -> dict[str, Any]:
        plain = {k: v for k, v in self.__dict__.items() if k != "findings"}
        return {**plain, "findings": [f.__dict__ for f in self.findings]}

    def lines(self) -> list[str]:
        looked = f"{self.entries:,} entries in {self.chains} chains, {self.heads} signed lines"
        until = f", the last of {self.signed_until}" if self.signed_until else ""
        lines = [f"{looked}{until}."]
        lines += [f"{f.kind}: {f.place}: {f.words}" for f in self.findings] or ["Nothing was changed."]
        if not self.heads:
            lines.append("No head was signed yet: entries cut from the end of a chain could not be seen.")
        return lines


@dataclass
class Heads:
    """The signed lines: by chain, the hash that stood at a number, and when it was signed."""

    log: str = ""
    last_line: int = 0
    line_hashes: dict[int, bytes] = field(default_factory=dict)
    signed: dict[str, dict[int, tuple[str, str]]] = field(default_factory=lambda: defaultdict(dict))


def signed_bytes(line: dict[str, Any]) -> bytes:
    """What the signature of a line of the heads file covers: everything else in it."""
    bare = {key: value for key, value in line.items() if key != "signature"}
    return json.dumps(bare, sort_keys=True, separators=(",", ":")).encode()


def read_heads(content: bytes, key: Ed25519PublicKey, report: Report) -> Heads:
    """Read and check the heads file; a last line without its end was never finished, and is left out."""
    heads, previous = Heads(log=hashlib.sha256(key.public_bytes_raw()).hexdigest()[:32]), b""
    for number, raw in enumerate(content.split(b"\n")[:-1], start=1):
        try:
            line = json.loads(raw)
            key.verify(bytes.fromhex(line["signature"]), signed_bytes(line))
        except (InvalidSignature, ValueError, KeyError, TypeError):
            report.add("heads file", f"line {number}", "not signed by this key, or changed after signing")
            return heads
        if (line["log"], line["line"], line["previous"]) != (heads.log, number, previous.hex()):
            report.add(
                "heads file", f"line {number}", "does not follow the line before it: lines are missing"
            )
            return heads
        previous = hashlib.sha256(raw).digest()
        heads.last_line, heads.line_hashes[number] = number, previous
        report.heads, report.signed_until = number, line["at"]
        for chain, (at, fingerprint) in line["heads"].items():
            heads.signed[chain][at] = (fingerprint, line["at"])
    return heads


def entry_text(fields: Iterable[object]) -> bytes:
    """The canonical text of an entry: each field with its length in bytes before it, a dash for none."""
    parts = (None if f is None else str(f).encode() for f in fields)
    return b",".join(b"-" if part is None else b"%d:%s" % (len(part), part) for part in parts)


def content_of(row: Any) -> bytes:
    """What the hash of a row of ``ENTRIES`` covers; when it happened is part of it where it is known."""
    return entry_text(row[:17] if row[19] is None else (*row[:17], row[19]))


def check_chain(chain: str, rows: Iterable[Any], signed: dict[int, tuple[str, str]], report: Report) -> Any:
    """Recompute one chain; gives back its last number and hash."""
    number, last, sure, moment = 0, b"", 0, 0
    for row in rows:
        at, previous, fingerprint = row[1], bytes(row[17]), bytes(row[18])
        place = f"chain {chain}, entry {at}"
        report.entries += 1
        if at > number + 1:
            report.add("deleted", place, f"entries {number + 1} to {at - 1} before it are missing")
        elif at <= number:
            report.add("inserted", place, "stands twice")
        elif previous != last:
            report.add("reordered", place, "does not follow the entry before it")
        if hashlib.sha256(previous + content_of(row)).digest() != fingerprint:
            report.add("edited", place, "its content is not what was written")
        if row[3] < moment:
            report.add("reordered", place, "is older than the entry before it")
        if at in signed and signed[at][0] != fingerprint.hex():
            words = f"entries {sure + 1} to {at} are not those signed on {signed[at][1]}"
            report.add("rewritten", place, words)
        elif at in signed:
            sure = at
        number, last, moment = at, fingerprint, row[3]
    return number, last


def verify(connection: psycopg.Connection[Any], heads: Heads, report: Report) -> Report:
    """Check every chain against itself, against its last entry on record and against the signed heads."""
    ends: dict[str, tuple[int, bytes]] = {}
    with connection.transaction(), connection.cursor("audit_verifier") as cursor:
        cursor.itersize = 5000
        cursor.execute(ENTRIES)
        for chain, rows in groupby(cursor, key=itemgetter(0)):
            ends[chain] = check_chain(chain, rows, heads.signed.get(chain, {}), report)
    report.chains = len(ends)
    for chain, number, fingerprint in connection.execute("select chain, number, hash from audit_head"):
        if ends.get(chain, (0, b"")) != (number, bytes(fingerprint)):
            at = ends.get(chain, (0, b""))[0]
            report.add("cut", f"chain {chain}, entry {at}", f"is the last, but {number} were written")
    for chain, signed in heads.signed.items():
        number, found = max(signed), ends.get(chain, (0, b""))[0]
        if found < number:
            words = f"is the last, but {number} were there on {signed[number][1]}: history shrank"
            report.add("cut", f"chain {chain}, entry {found}", words)
    _check_anchors(connection, heads, report)
    return report


def _check_anchors(connection: psycopg.Connection[Any], heads: Heads, report: Report) -> None:
    """The database noted each signed line: a heads file that lost lines, or that forked, is found by it."""
    if any(f.kind == "heads file" for f in report.findings):
        return  # said already, and at its place
    query = "select number, line_hash from audit_anchor where log = %s order by number"
    for number, line_hash in connection.execute(query, [heads.log]):
        if number > heads.last_line:
            report.add("heads file", f"line {number}", "was signed, and is missing from the file")
        elif heads.line_hashes[number] != bytes(line_hash):
            report.add("heads file", f"line {number}", "is not the line that was signed: two histories")


def main(dsn: str, heads_path: str, key_path: str) -> int:
    """Print what is found; the exit code of the process."""
    key = load_pem_public_key(Path(key_path).read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    report = Report()
    heads = read_heads(Path(heads_path).read_bytes(), key, report)
    with psycopg.connect(dsn) as connection:
        verify(connection, heads, report)
    print("\n".join(report.lines()))
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
