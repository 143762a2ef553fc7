"""Identifiers: random UUIDs from the operating system, so that no id tells how many there are."""

from uuid import UUID, uuid4, uuid5

NAMESPACE = UUID("6f6b7d2e-4b0b-5a53-9d0c-2f2a0f3a8e11")


def new_id() -> UUID:
    """A fresh random identifier (version 4)."""
    return uuid4()


def named_id(*parts: str) -> UUID:
    """The same identifier for the same words, for seeds and for sources that bring no UUID of their own.

    Guessable by design, so never used for a person.
    """
    return uuid5(NAMESPACE, "\x1f".join(parts))
