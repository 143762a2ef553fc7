"""What an analysis told, as tables: one for each piece of data, quarters across."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from commonweal.measures.queries import dictionary
from commonweal.measures.shapes import Place
from commonweal.measures.shapes_data import AnalysisShape, ResultShape
from commonweal.measures.vocabulary import Grain
from commonweal.measures.web import words

ALL = "all"


@dataclass(frozen=True)
class Line:
    """One row: whose and what; a cell is None where it is held back."""

    head: str
    cells: tuple[int | None, ...]


@dataclass(frozen=True)
class Told:
    """One table."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def quarter_said(first: date) -> str:
    return words.period_words(Place(Grain.QUARTER, first))


def period_said(shape: AnalysisShape) -> str:
    """``July 2025 to March 2026``, by its first and last quarter."""
    first, last = quarter_said(shape.first_quarter), quarter_said(shape.last_quarter)
    if first == last:
        return first
    return _("%(first)s, up to %(last)s") % {"first": first, "last": last}


def tables_of(shape: AnalysisShape, result: ResultShape) -> list[Told]:
    """The whole first, then each piece of data."""
    days = sorted({f.starts_on for f in result.figures})
    heads = tuple(quarter_said(day) for day in days)
    found = [Told(_("How many rows"), heads, tuple(_lines(result, days, ALL, _("All rows"))))]
    for one in dictionary.dictionary():
        if one.element.id not in shape.elements:
            continue
        named = {f"{one.element.id}.{code}": _(said) for code, said in one.element.values}
        whats = [what for what in named if any(f.what == what for f in result.figures)]
        lines = [line for what in whats for line in _lines(result, days, what, named[what])]
        found.append(Told(_(one.element.name), heads, tuple(lines)))
    return [told for told in found if told.lines]


def _lines(result: ResultShape, days: list[date], what: str, name: str) -> Iterator[Line]:
    by = {(f.starts_on, f.who): f.value for f in result.figures if f.what == what}
    for who in sorted({who for _day, who in by}):
        head = f"{name.capitalize() if not who else name}{f', {who}' if who else ''}"
        yield Line(head[:1].upper() + head[1:], tuple(by.get((day, who)) for day in days))
