"""Reading the shared charter: the version in force, those before, the draft, and who signed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from commonweal.governance.models import CharterRemark, CharterWord, CharterWriting, SharedCharter
from commonweal.governance.rules import comparing_words
from commonweal.governance.rules.shared_charter import stands
from commonweal.governance.shapes_shared_charter import (
    CharterShape,
    DraftPart,
    RemarkShape,
    SaidOfPartner,
    SignatoryShape,
    WritingShape,
)
from commonweal.governance.vocabulary_shared_charter import Part, Signs, Word
from commonweal.kernel.clock import now
from commonweal.partners import facade as partners

ORDER = tuple(Signs)
SCOPE = "charter"


def _rows() -> QuerySet[SharedCharter]:
    return SharedCharter.objects.select_related("mandate__decision").order_by("-version")


def versions(at: datetime | None = None) -> list[CharterShape]:
    """Every version, newest first. In force: the newest whose mandate lives, and only that one."""
    moment, found, held = at or now(), [], False
    for row in _rows():
        shape = _shape(row, moment, may_hold=not held)
        held = held or shape.is_in_force
        found.append(shape)
    return found


def in_force(at: datetime | None = None) -> CharterShape | None:
    """The version that stands; None: none does."""
    return next((one for one in versions(at) if one.is_in_force), None)


def _shape(row: SharedCharter, moment: datetime, *, may_hold: bool) -> CharterShape:
    mandate = row.mandate
    over = mandate.ended_at if mandate.ended_at and mandate.ended_at <= moment else None
    lives = over is None and mandate.starts_at <= moment
    return CharterShape(
        id=row.id,
        version=row.version,
        parts={part: getattr(row, part.value) for part in Part},
        words=row.words,
        mandate_id=mandate.id,
        decision_number=mandate.decision.number,
        starts_at=mandate.starts_at,
        ends_at=mandate.ends_at,
        ended_at=over,
        ended_why=mandate.withdrawn_why if over else "",
        is_in_force=lives and may_hold,
    )


def draft() -> list[DraftPart]:
    """Each part of the draft with its history, what was said of it, and how it differs from what stands."""
    standing = in_force()
    by_part: dict[str, list[CharterWriting]] = defaultdict(list)
    for row in CharterWriting.objects.order_by("recorded_at", "id"):
        by_part[row.part].append(row)
    remarks: dict[str, list[CharterRemark]] = defaultdict(list)
    for said in CharterRemark.objects.select_related("writing").order_by("recorded_at", "id"):
        remarks[said.writing.part].append(said)
    return [
        _part(part, by_part[part.value], remarks[part.value], standing.parts[part] if standing else "")
        for part in Part
    ]


def _part(part: Part, writings: list[CharterWriting], said: list[CharterRemark], standing: str) -> DraftPart:
    shapes = [WritingShape(r.id, part, r.words, r.author_name, r.recorded_at) for r in writings]
    latest = shapes[-1] if shapes else None
    return DraftPart(
        part=part,
        latest=latest,
        earlier=tuple(reversed(shapes[:-1])),
        remarks=tuple(
            RemarkShape(r.words, r.author_name, r.recorded_at, bool(latest and r.writing_id == latest.id))
            for r in said
        ),
        pieces=comparing_words.pieces(_read(standing), _read(latest.words)) if latest else (),
    )


def _read(words: str) -> str:
    """A wording in the reader's language, where it is known in it."""
    return _(words) if words else ""


def words_about(charter_id: UUID, partner_ids: Iterable[UUID] = ()) -> dict[UUID, list[SaidOfPartner]]:
    """What was said about partners and a version, in the order in which it was said."""
    rows = CharterWord.objects.filter(charter_id=charter_id)
    only = set(partner_ids)
    found: dict[UUID, list[SaidOfPartner]] = defaultdict(list)
    for row in rows.filter(partner_id__in=only) if only else rows:
        found[row.partner_id].append(SaidOfPartner(Word(row.word), row.why, row.author_name, row.said_on))
    return found


def signatories(charter_id: UUID) -> list[SignatoryShape]:
    """Every partner at the table, and who signed and left since; those who signed first, then by name."""
    said = words_about(charter_id)
    known = {p.id: p for p in (*partners.all_partners(), *partners.partners(said).values())}
    found = [
        SignatoryShape(p.id, p.slug, p.name, stands([one.word for one in said[p.id]]), tuple(said[p.id]))
        for p in known.values()
        if p.is_here or said[p.id]
    ]
    return sorted(found, key=lambda one: (ORDER.index(one.stands), one.name))
