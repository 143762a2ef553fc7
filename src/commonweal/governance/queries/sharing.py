"""What sharing would open: which reads, for whom, about how many. From consents and terms as they are.

Nobody is named and no small number leaves the database: it answers in tens, and below eleven with "fewer than
11" (DOMAIN §6.9). Which words of the access matrix open is asked of the matrix itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundation.access.rules import policy
from commonweal.foundation.access.vocabulary import (
    CARE_ROLES,
    PURPOSE_NAMES,
    SEGMENT_NAMES,
    DataClass,
    Purpose,
    Relation,
    Segment,
    class_of,
)
from commonweal.governance.shapes import TermShape
from commonweal.governance.shapes_effects import Preview, PreviewRow
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape

SMALLEST = 11

CLASS_WORDS: dict[DataClass, str] = {
    DataClass.D2: N_("who they are and how to reach them"),
    DataClass.D3: N_("where they can safely be reached"),
    DataClass.D4: N_("what they need, and what was asked and done"),
    DataClass.D5: N_("their health record"),
    DataClass.D6: N_("treatment for alcohol or drugs"),
    DataClass.D8: N_("what the law protects specially"),
}
"""What stands in the rows of a class, in plain words."""

_BASES = (DataClass.D2, DataClass.D4, DataClass.D5)
_CARE = tuple(role.value for role in CARE_ROLES)


@dataclass(frozen=True, slots=True)
class Opened:
    """About how many persons (tens; None: fewer than eleven) match, are open today, and are known at all."""

    matching: int | None
    today: int | None
    known: int | None


def preview_of(lines: Sequence[TermShape], at: datetime) -> Preview:
    """What these lines of an agreement would open, for the reader's language."""
    known = partners.partners(i for t in lines for i in (t.discloser_id, t.recipient_id))
    counted = _counted(lines)
    rows = [_row(who, known, lines, counted) for who in _recipients(lines, known)]
    return Preview(
        says=_says(lines, counted),
        rows=tuple(rows),
        stays_closed=tuple(_stays_closed(lines)),
        if_undone=_(
            "The next read is refused, within a second. What each wrote down itself, it keeps; what people "
            "said yes to stays on record and opens nothing by itself."
        ),
    )


def _recipients(lines: Iterable[TermShape], known: dict[UUID, PartnerShape]) -> list[UUID]:
    return sorted({t.recipient_id for t in lines if t.recipient_id in known}, key=lambda i: known[i].name)


def _says(lines: Sequence[TermShape], counted: dict[UUID | None, Opened]) -> str:
    whole = counted[None]
    workers = sum(_workers(i) for i in {t.recipient_id for t in lines})
    words = (
        _(
            "%(workers)s could read %(what)s of %(people)s, out of %(known)s whom those who would tell know: "
            "only the people who said yes to just this, and only %(purpose)s."
        )
        if workers
        else _(
            "Nobody at the organizations told works with people here yet. Whoever does from then on could "
            "read %(what)s of %(people)s, out of %(known)s whom those who would tell know: "
            "only the people who said yes to just this, and only %(purpose)s."
        )
    )
    return words % {
        "what": _what(lines),
        "workers": _some_workers(workers),
        "people": about(whole.matching),
        "known": about(whole.known),
        "purpose": _listed(_(PURPOSE_NAMES[p]) for p in _purposes(lines)),
    }


def _row(
    recipient: UUID,
    known: dict[UUID, PartnerShape],
    lines: Sequence[TermShape],
    counted: dict[UUID | None, Opened],
) -> PreviewRow:
    own = [t for t in lines if t.recipient_id == recipient]
    tellers = sorted({known[t.discloser_id].name for t in own if t.discloser_id in known})
    opened, workers = counted[recipient], _workers(recipient)
    return PreviewRow(
        _("%(who)s reads what %(tellers)s wrote")
        % {"who": known[recipient].name, "tellers": _listed(tellers)},
        _("open about %(people)s") % {"people": about(opened.today)} if _is_open(own) else _("closed"),
        _("open about %(people)s of %(known)s, to %(workers)s")
        % {
            "people": about(opened.matching),
            "known": about(opened.known),
            "workers": _some_workers(workers),
        }
        if workers
        else _("open about %(people)s; nobody there reads it yet") % {"people": about(opened.matching)},
    )


def _what(lines: Sequence[TermShape]) -> str:
    """What would be read: the data of general segments with what they are about, and the days of a stay."""
    open_ones = [t for t in lines if t.segment != Segment.HOSPITAL.value]
    words = []
    if open_ones:
        segments = _listed(_(SEGMENT_NAMES[s]) for s in _segments(open_ones))
        data = _listed(_data(open_ones))
        words.append(_("%(data)s (about %(segments)s)") % {"data": data, "segments": segments})
    if len(open_ones) < len(lines):
        words.append(_(SEGMENT_NAMES[Segment.HOSPITAL]))
    return _listed(words)


def _listed(words: Iterable[str]) -> str:
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return _("%(some)s and %(last)s") % {"some": ", ".join(found[:-1]), "last": found[-1]}


def about(number: int | None) -> str:
    """A number of persons as a page may say it."""
    if number is None:
        return _("fewer than 11 people")
    return _("some %(n)s people") % {"n": f"{number:,}"}


def _workers(partner_id: UUID) -> int:
    return len({m.account_id for m in partners.workers_of(partner_id) if m.role in _CARE})


def _some_workers(number: int) -> str:
    return ngettext("%(n)s care worker", "%(n)s care workers", number) % {"n": number}


def _segments(lines: Iterable[TermShape]) -> list[Segment]:
    named = {t.segment for t in lines}
    return [s for s in Segment if s.value in named]


def _purposes(lines: Iterable[TermShape]) -> list[Purpose]:
    named = {t.purpose for t in lines}
    return [p for p in Purpose if p.value in named]


def _data(lines: Sequence[TermShape]) -> list[str]:
    """Classes of data that a care role reads of another partner's rows for these purposes and segments."""
    purposes = {t.purpose for t in lines}
    open_classes = {
        r.data_class
        for r in policy()
        if r.relation is Relation.SHARED and r.purpose.value in purposes and r.role in CARE_ROLES and r.level
    }
    wanted = {class_of(base, segment) for base in _BASES for segment in _segments(lines)}
    return [_(CLASS_WORDS[c]) for c in DataClass if c in open_classes & wanted & CLASS_WORDS.keys()]


def _stays_closed(lines: Sequence[TermShape]) -> Iterable[str]:
    kept = [s for s in Segment if s not in _segments(lines)]
    if kept:
        yield _("Everything about %(segments)s.") % {"segments": _listed(_(SEGMENT_NAMES[s]) for s in kept)}
    yield _("Everyone who has not said yes to it, whatever the table decides.")
    yield _("Whoever asked not to be seen by one of these organizations.")
    yield _("What a victim service provider wrote: it tells nobody, under no agreement.")


def _is_open(lines: Iterable[TermShape]) -> bool:
    """Whether any of these lines is in force today, under whatever agreement."""
    wanted = [(t.discloser_id, t.recipient_id, t.segment, t.purpose) for t in lines]
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select 1 from access_terms t join unnest(%s::uuid[], %s::uuid[], %s::text[],"
            " %s::text[]) l(d, r, s, p) on t.discloser_id = l.d and t.recipient_id = l.r and t.segment = l.s"
            " and t.purpose = l.p where t.ended_at is null and t.starts_at <= clock_timestamp()"
            " and (t.ends_at is null or clock_timestamp() < t.ends_at))",
            _columns(wanted),
        )
        return bool(cursor.fetchone()[0])


def _columns(lines: list[tuple[UUID, UUID, str, str]]) -> list[list[object]]:
    return [[line[i] for line in lines] for i in range(4)]


def _counted(lines: Sequence[TermShape]) -> dict[UUID | None, Opened]:
    """By recipient, and for all of them together (None)."""
    found: dict[UUID | None, Opened] = {None: _ask(lines)}
    for recipient in {t.recipient_id for t in lines}:
        found[recipient] = _ask([t for t in lines if t.recipient_id == recipient])
    return found


def _ask(lines: Sequence[TermShape]) -> Opened:
    wanted = [(t.discloser_id, t.recipient_id, t.segment, t.purpose) for t in lines]
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.would_open(%s, %s, %s, %s)", _columns(wanted))
        return Opened(*cursor.fetchone())
