"""Signed heads of the chains, kept outside the database: what the database lost or changed, they still know.

``heads.jsonl`` lies in ``audit/`` of the installation's home, append-only, each line signed (Ed25519) and
bound to the line before it. Copy it, and ``public-key.pem`` beside it, to somebody else's machine: whoever
owns this one could write both anew. The format is what ``verifier.py`` reads.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.keys import key
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.audit.verifier import Report, read_heads, signed_bytes
from commonweal.foundation.database.home import home

SIGNER = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")


def heads_path() -> Path:
    """Where the signed heads are kept."""
    return home() / "audit" / "heads.jsonl"


def public_key_path() -> Path:
    """Where the public key is kept; give copies away."""
    return home() / "audit" / "public-key.pem"


def sign_heads() -> int:
    """Sign the heads of the chains that grew since the last time; returns how many.

    Raises RuntimeError when the file was tampered with: a new signature must not cover that up.
    """
    private = Ed25519PrivateKey.from_private_bytes(key("audit"))
    public = private.public_key()
    with _file_alone() as file:
        _export(private)
        content = _whole_lines(file)
        report = Report()
        heads = read_heads(content, public, report)
        if report.findings:
            raise RuntimeError(f"the heads file is damaged: {report.findings[0].words}; run audit verify")
        with acting(SIGNER):
            now, current = _current()
            known = {chain: max(numbers) for chain, numbers in heads.signed.items()}
            grown = {c: [n, h.hex()] for c, n, h in current if n > known.get(c, 0)}
            if not grown:
                return 0
            number = heads.last_line + 1
            line = {
                "log": heads.log,
                "line": number,
                "at": now,
                "heads": grown,
                "previous": heads.line_hashes.get(heads.last_line, b"").hex(),
            }
            raw = _signed(line, private)
            file.write(raw + b"\n")
            file.flush()
            os.fsync(file.fileno())
            _anchor(heads.log, number, hashlib.sha256(raw).digest())
    return len(grown)


def _signed(line: dict[str, Any], private: Ed25519PrivateKey) -> bytes:
    line["signature"] = private.sign(signed_bytes(line)).hex()
    return json.dumps(line, sort_keys=True, separators=(",", ":")).encode()


@contextmanager
def _file_alone() -> Iterator[Any]:
    """The heads file, held by one process at a time."""
    path = heads_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _whole_lines(file: Any) -> bytes:
    """What the file holds, without a last line that a killed process left unfinished."""
    content: bytes = file.read()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        file.truncate(len(whole))
    file.seek(0, os.SEEK_END)
    return whole


def _export(private: Ed25519PrivateKey) -> None:
    path = public_key_path()
    if not path.exists():
        path.write_bytes(private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def _current() -> tuple[str, list[tuple[str, int, bytes]]]:
    """The database's time, and each chain's last number and hash."""
    with connection.cursor() as cursor:
        cursor.execute("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
        now = cursor.fetchone()[0]
        cursor.execute("select chain, number, hash from guard.audit_heads()")
        return now, [(chain, number, bytes(fingerprint)) for chain, number, fingerprint in cursor.fetchall()]


def _anchor(log: str, line: int, line_hash: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select guard.anchor_audit(%s, %s, %s)", [log, line, line_hash])
