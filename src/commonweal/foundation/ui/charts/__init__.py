"""Charts as SVG of our own: a title, a description, two drawings, a table and a CSV that say the same.

Plain Python, no framework: text goes in translated or is translated by the ``Locale`` that is passed in, and
a string of SVG comes out, escaped. Colors come from class names of the stylesheet alone. A point that is held
back is in none of the five.
"""

from commonweal.foundation.ui.charts.bars import Bar, BarChart
from commonweal.foundation.ui.charts.base import Chart, Column, Drawing, Table, Unit
from commonweal.foundation.ui.charts.line_drawing import Mark, Note, Point
from commonweal.foundation.ui.charts.lines import LineChart
from commonweal.foundation.ui.charts.locale import ENGLISH, Locale
from commonweal.foundation.ui.charts.ranges import RangeChart, Stretch
from commonweal.foundation.ui.charts.rings import Seat, SeatRing
from commonweal.foundation.ui.charts.sparks import Spark

__all__ = [
    "ENGLISH", "Bar", "BarChart", "Chart", "Column", "Drawing", "LineChart", "Locale", "Mark", "Note",
    "Point", "RangeChart", "Seat", "SeatRing", "Spark", "Stretch", "Table", "Unit",
]  # fmt: skip
