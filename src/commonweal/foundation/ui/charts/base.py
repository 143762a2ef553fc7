"""What every chart has: a name, a description, two drawings, a table, a CSV and a sentence."""

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonweal.foundation.ui.charts.locale import Locale
from commonweal.kernel.words import N_

HELD_BACK = N_("Held back")
"""What stands in a table where a figure may not be shown."""


class Drawing(StrEnum):
    """A chart is drawn twice, so that its words stay readable on a phone."""

    WIDE = "wide"
    NARROW = "narrow"

    @property
    def kind(self) -> str:
        """The class that shows it at the right width."""
        return f"{self}-only"


class Unit(StrEnum):
    """What a chart's values are."""

    IN_HUNDRED = "in-hundred"
    DAYS = "days"
    COUNT = "count"

    def say(self, value: float, locale: Locale) -> str:
        """``68 in 100``, ``12 days``, ``41``."""
        number = locale.number(value)
        if self is Unit.IN_HUNDRED:
            return locale.fill(N_("%(n)s in 100"), n=number)
        if self is Unit.DAYS:
            return locale.fill(N_("1 day") if number == "1" else N_("%(n)s days"), n=number)
        return number


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart's table: what it is called there, and in the CSV."""

    words: str
    key: str
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A chart's figures as words. The first cell of a row names it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Chart(ABC):
    """A chart. ``id`` is unique on its page; ``title`` says in words what is drawn."""

    id: str
    title: str
    locale: Locale

    @abstractmethod
    def svg(self, drawing: Drawing = Drawing.WIDE) -> str:
        """The drawing, with title and description."""

    @abstractmethod
    def table(self) -> Table:
        """The same figures as words."""

    @abstractmethod
    def records(self) -> list[tuple[object, ...]]:
        """The same figures as values, in the order of the table's columns; ``None`` where there is none."""

    @property
    @abstractmethod
    def sentence(self) -> str:
        """What it comes to, in one sentence."""

    @abstractmethod
    def desc(self, drawing: Drawing = Drawing.WIDE) -> str:
        """What someone who cannot see the drawing is told."""

    def csv(self) -> str:
        """The figures as CSV (RFC 4180), headed by stable English keys."""
        return write_csv([column.key for column in self.table().columns], self.records())


def write_csv(heads: Sequence[str], records: Sequence[Sequence[object]]) -> str:
    """CSV that a spreadsheet opens without running anything in it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    for record in records:
        writer.writerow(["" if value is None else _harmless(value) for value in record])
    return out.getvalue()


def _harmless(value: object) -> object:
    """Text that a spreadsheet would take for a formula is marked as text."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def scale(values: Sequence[float], unit: Unit) -> tuple[float, float, float]:
    """The lowest and highest line of a value axis and the step between lines."""
    top, bottom = max(values, default=1.0), min(values, default=0.0)
    if unit is Unit.IN_HUNDRED:
        low = max(0, 10 * int((bottom - 5) // 10))
        high = min(100, 10 * (-int(-(top + 5) // 10)))
        while high - low < 30:
            low, high = max(0, low - 10), min(100, high + 10)
        return low, high, 10 if high - low <= 60 else 20
    step = 1
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000):
        if top <= 5 * step:
            break
    return 0, max(step, step * -int(-top * 1.05 // step)), step  # room above the highest point
