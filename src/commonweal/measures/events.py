"""What happened in measures."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MeasuresReleased:
    """New figures may be read; the periods are named as on the page (``2026-07``, ``2026-Q3``)."""

    measures: tuple[str, ...]
    periods: tuple[str, ...]
    at: datetime
