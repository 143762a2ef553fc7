"""Who acts: a value that knows no framework, so that shapes and rules may speak of it."""

from dataclasses import dataclass, replace
from uuid import UUID

from commonweal.foundation.access.vocabulary import Purpose, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which role, for which purpose, for which partner or as which person."""

    role: Role
    purpose: Purpose
    partner_id: UUID | None = None
    account_id: UUID | None = None
    person_id: UUID | None = None
    name: str = ""

    @classmethod
    def public(cls) -> "Actor":
        """Anyone, not signed in."""
        return cls(Role.PUBLIC, Purpose.SELF)

    def for_purpose(self, purpose: Purpose) -> "Actor":
        """The same actor, reading for another reason."""
        return replace(self, purpose=purpose)
