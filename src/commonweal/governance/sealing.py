"""Sealing secret ballots. The half of a key that opens them lies in a file outside the database until
closing.

A sealed ballot has the same length whatever it says: X25519 with a fresh key each, HKDF-SHA256, and
ChaCha20-Poly1305 over a padded text. When voting closes the file is deleted, and with it the way from what is
left of an envelope (dead rows, the log of the database, backups) to what it said. Until then whoever holds
both the database and this file can open envelopes: keep them apart in backups.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from commonweal.foundation.database.home import home

LENGTH = 4096
"""Bytes of a padded ballot."""

_NONCE = bytes(12)  # every message has a key of its own


class Unreadable(RuntimeError):
    """The key of a poll is gone, or an envelope is not what was sealed."""


@dataclass(frozen=True, slots=True)
class PollKey:
    """The secret half: what opens envelopes, and what makes each voter's receipt while voting is open."""

    opening: X25519PrivateKey
    receipts: bytes

    @property
    def public(self) -> str:
        """The half that is published."""
        return base64.b64encode(self.opening.public_key().public_bytes_raw()).decode()

    def receipt(self, poll_id: UUID, unit: str, hand: UUID | None) -> str:
        """The receipt of a unit's ballot: the same each time that the one who cast it asks (``hand``; None:
        paper), another for each other hand, so that nobody who cast for a voter before finds the ballot that
        took its place. Nobody's once the key is gone."""
        said = f"{poll_id}|{unit}|{hand or 'paper'}"
        made = hmac.new(self.receipts, said.encode(), hashlib.sha256).digest()
        return _readable(made)


def new_receipt() -> str:
    """A fresh receipt: 20 characters that are easy to read aloud (100 bits)."""
    return _readable(secrets.token_bytes(13))


def _readable(raw: bytes) -> str:
    """Base 32 in small letters without those that look alike."""
    return base64.b32encode(raw).decode().lower().translate(str.maketrans("ilou", "0189"))[:20]


def _path(poll_id: UUID) -> Path:
    return home() / "keys" / "polls" / f"{poll_id}.key"


def make_key(poll_id: UUID) -> PollKey:
    """A fresh key for a poll, kept in a file of mode 0600."""
    path = _path(poll_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(64))
        file.flush()
        os.fsync(file.fileno())
    return key_of(poll_id)


def key_of(poll_id: UUID) -> PollKey:
    """The key of an open secret poll. Raises Unreadable when it is gone."""
    try:
        raw = _path(poll_id).read_bytes()
    except OSError as gone:
        raise Unreadable("the key of this poll is gone") from gone
    if len(raw) != 64:
        raise Unreadable("the key of this poll is not whole")
    return PollKey(X25519PrivateKey.from_private_bytes(raw[:32]), raw[32:])


def destroy_key(poll_id: UUID) -> None:
    """Overwrite and delete the key; again changes nothing."""
    path = _path(poll_id)
    with contextlib.suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(64))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def kept_keys() -> list[UUID]:
    """The polls whose keys lie here, so that those of closed polls can be swept."""
    folder = _path(UUID(int=0)).parent
    return [UUID(path.stem) for path in folder.glob("*.key")] if folder.is_dir() else []


def seal(public: str, content: Mapping[str, Any]) -> bytes:
    """Seal a ballot to a poll's public key. Raises ValueError for one that is too long."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    if len(text) > LENGTH:
        raise ValueError("a ballot is too long to be sealed")
    ours = X25519PrivateKey.generate()
    theirs = X25519PublicKey.from_public_bytes(base64.b64decode(public))
    mine = ours.public_key().public_bytes_raw()
    box = ChaCha20Poly1305(_shared(ours, theirs, mine + theirs.public_bytes_raw()))
    return mine + box.encrypt(_NONCE, text.ljust(LENGTH), None)


def unseal(key: PollKey, sealed: bytes) -> dict[str, Any]:
    """What was sealed. Raises Unreadable for anything else."""
    theirs = X25519PublicKey.from_public_bytes(sealed[:32])
    mine = key.opening.public_key().public_bytes_raw()
    box = ChaCha20Poly1305(_shared(key.opening, theirs, sealed[:32] + mine))
    try:
        found: dict[str, Any] = json.loads(box.decrypt(_NONCE, sealed[32:], None))
    except Exception as broken:
        raise Unreadable("an envelope is not what was sealed") from broken
    return found


def _shared(ours: X25519PrivateKey, theirs: X25519PublicKey, both: bytes) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"commonweal ballot 1" + both)
    return derive.derive(ours.exchange(theirs))
