"""Reading the bylaws: the version in force at a moment, its rule for a matter, every version there was."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from uuid import UUID

from commonweal.governance.models import Bylaws
from commonweal.governance.rules import bylaws_file
from commonweal.governance.shapes_bylaws import BodyRule, BylawsShape, BylawsText, MatterRule
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import now
from commonweal.partners.shapes import OnLeaving, SeatRule


@dataclass(frozen=True, slots=True)
class Version:
    """One version, without its rules read. ``ended_at``: when a trial ended or its mandate was withdrawn."""

    id: UUID
    version: int
    starts_at: datetime
    trial_ends_at: datetime | None
    ended_at: datetime | None
    digest: str
    text: str
    words: str
    mandate_id: UUID | None
    decision_number: int | None

    def holds(self, at: datetime) -> bool:
        """Whether it holds at a moment, if no later version does."""
        return self.starts_at <= at and (self.ended_at is None or self.ended_at > at)


def in_force(at: datetime | None = None) -> BylawsShape | None:
    """The bylaws in force at a moment, by default now. None: the table is still being founded."""
    row = Bylaws.objects.in_force(at or now())
    return _shape(row) if row else None


def rule_for(matter: Matter, body: str = "", at: datetime | None = None) -> MatterRule | None:
    """How a matter is decided at a moment: by a body within itself where it has a rule of its own, else for
    all. None: no bylaws yet, or they say nothing about it."""
    found = in_force(at)
    return found.rule(matter, body) if found else None


def rules_for(matter: Matter) -> tuple[MatterRule, ...]:
    """Every rule of a matter now: the one for all first, then those of bodies within themselves."""
    found = in_force()
    return found.rules_of(matter) if found else ()


def body_rule(slug: str, at: datetime | None = None) -> BodyRule | None:
    """Who must sit on a body for it to bind. None: it binds as it is."""
    found = in_force(at)
    return found.bodies.get(slug) if found else None


def seat_rule(slug: str) -> SeatRule | None:
    """How terms in a body's seats are counted by the bylaws in force; None: as usual."""
    rule = body_rule(slug)
    if rule is None:
        return None
    share = rule.terms.partial_from
    return SeatRule(
        Fraction(share.numerator, share.denominator), rule.terms.break_months, OnLeaving(rule.terms.leaving)
    )


def version_numbered(version: int) -> BylawsShape | None:
    """One version with its rules, whether it holds or not."""
    row = Bylaws.objects.filter(version=version).first()
    return _shape(row) if row else None


def versions() -> list[Version]:
    """Every version, newest first."""
    return [_version(row) for row in Bylaws.objects.select_related("mandate__decision").order_by("-version")]


def next_version() -> int:
    """The number of the next version."""
    last = Bylaws.objects.order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1


def _version(row: Bylaws) -> Version:
    mandate = row.mandate
    ends = [m for m in (row.trial_ends_at, mandate.withdrawn_at if mandate else None) if m]
    return Version(
        id=row.id,
        version=row.version,
        starts_at=row.starts_at,
        trial_ends_at=row.trial_ends_at,
        ended_at=min(ends) if ends else None,
        digest=row.digest,
        text=row.text,
        words=row.words,
        mandate_id=row.mandate_id,
        decision_number=mandate.decision.number if mandate else None,
    )


def _shape(row: Bylaws) -> BylawsShape:
    said = _read(row.digest, row.text)
    return BylawsShape(
        id=row.id,
        version=row.version,
        name=said.name,
        starts_at=row.starts_at,
        trial_ends_at=row.trial_ends_at,
        digest=row.digest,
        text=row.text,
        matters=said.matters,
        bodies=said.bodies,
        is_register_public=said.is_register_public,
        residents_body=said.residents_body,
        otherwise=said.otherwise,
        within=said.within,
    )


@lru_cache(maxsize=32)
def _read(digest: str, text: str) -> BylawsText:
    """A text is read once: the digest is that of the text."""
    return bylaws_file.read(text)
