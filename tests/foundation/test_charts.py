"""Charts say the same thing in five ways, and hold back in all five."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from commonweal.foundation.ui.charts import (
    ENGLISH,
    Bar,
    BarChart,
    Chart,
    Drawing,
    LineChart,
    Locale,
    Mark,
    Note,
    Point,
    RangeChart,
    Seat,
    SeatRing,
    Spark,
    Stretch,
    Unit,
)
from commonweal.foundation.ui.charts.base import write_csv

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = [date(2025 + m // 12, m % 12 + 1, 1) for m in range(10, 24)]


def points() -> tuple[Point, ...]:
    values = [53, 51, 51, 54, 54, 53, 54, 57, 62, 58, 65, None, 66, 68]
    return tuple(
        Point(when, value, None if value is None else value * 2, 200)
        for when, value in zip(MONTHS, values, strict=True)
    )


LINE = LineChart(
    id="rc",
    title="Help that met the need",
    locale=ENGLISH,
    points=points(),
    target=70,
    median=53,
    median_to=date(2026, 5, 1),
    marks=(Mark(date(2026, 6, 10), "Decision 11: reply in 3 days", "Decision 11"),),
    notes=(Note(date(2026, 8, 1), "A", "The truck broke"),),
    numerator_words="Met",
    denominator_words="Asked",
)
BARS = BarChart(
    id="b",
    title="By partner",
    locale=ENGLISH,
    bars=(
        Bar("Ferry Street Pantry", 80, 82, 103, 71.0, 86.1),
        Bar("Hope Street Church", None),
        Bar("Millrace <Clinic> & co", 45.1, 41, 91, 35.2, 55.3),
    ),
    target=70,
)
SPARK = Spark(
    id="s", title="Millrace", locale=ENGLISH, labels=("Q1", "Q2", "Q3", "Q4"), values=(56, None, 70, 80),
    ghost=(51, 52, 54, 62), low=40, high=90, target=70,
)  # fmt: skip
RANGES = RangeChart(
    id="r",
    title="Power",
    locale=ENGLISH,
    at_words="Seats",
    stretches=(
        Stretch("Hospitals", 40, 50, "40 to 50 of 100", 25),
        Stretch("Residents", 5, 15, "5 to 15", resident=True),
    ),
)
RING = SeatRing(
    id="ring",
    title="The Table: 2 of 3 seats filled",
    locale=ENGLISH,
    seats=(
        Seat("Hospital", True, holder="Danielle Whitfield"),
        Seat("Justice", False),
        Seat("Resident of Northbank", True, resident=True),
    ),
)
ALL = [LINE, BARS, SPARK, RANGES, RING]


def drawn(chart: Chart, drawing: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(
        chart.svg(drawing).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    )


@pytest.mark.parametrize("drawing", list(Drawing))
@pytest.mark.parametrize("chart", ALL, ids=lambda c: type(c).__name__)
def test_each_drawing_has_an_accessible_name_and_description(chart: Chart, drawing: Drawing) -> None:
    svg = drawn(chart, drawing)
    assert svg.get("role") == "img"
    named = {child.get("id"): child.text for child in svg if child.tag in (f"{SVG}title", f"{SVG}desc")}
    title, desc = (svg.get("aria-labelledby") or "").split()
    assert named[title] == chart.title
    assert named[desc] == chart.desc(drawing)
    assert len(named[desc] or "") > 15


@pytest.mark.parametrize("chart", ALL, ids=lambda c: type(c).__name__)
def test_the_two_drawings_can_stand_on_one_page(chart: Chart) -> None:
    ids = re.findall(r' id="([^"]+)"', chart.svg(Drawing.WIDE) + chart.svg(Drawing.NARROW))
    assert len(ids) == len(set(ids)) == 4


@pytest.mark.parametrize("drawing", list(Drawing))
@pytest.mark.parametrize("chart", ALL, ids=lambda c: type(c).__name__)
def test_nothing_that_a_strict_content_policy_forbids_and_no_color_of_its_own(
    chart: Chart, drawing: Drawing
) -> None:
    svg = chart.svg(drawing)
    for forbidden in ("style", "<script", "onclick", "fill=", "stroke=", "#", "nan", "None", "inf"):
        assert forbidden not in svg, forbidden


@pytest.mark.parametrize("drawing", list(Drawing))
def test_every_shape_lies_inside_its_drawing(drawing: Drawing) -> None:
    svg = drawn(LINE, drawing)
    _, _, width, height = map(float, (svg.get("viewBox") or "").split())
    for shape in svg.iter():
        for name, limit in (("x", width), ("cx", width), ("x1", width), ("x2", width), ("y", height),
                            ("cy", height), ("y1", height), ("y2", height)):  # fmt: skip
            if (place := shape.get(name)) is not None:
                assert 0 <= float(place) <= limit, (shape.tag, name, place)


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def test_the_numbers_of_the_description_are_those_of_the_table() -> None:
    cells = {cell for row in LINE.table().rows for cell in row[1:]}
    said = re.findall(r"(\d+) in 100", LINE.desc())
    assert said
    assert set(said) - {"70", "53"} <= cells  # target and median are no month's figures
    shares = {row[3] for row in LINE.table().rows if row[3].isdigit()}
    assert {max(shares), min(shares)} <= set(said)


def test_the_csv_holds_the_figures_of_the_table() -> None:
    rows = list(csv.reader(io.StringIO(LINE.csv())))
    assert rows[0] == ["month", "numerator", "denominator", "in-hundred"]
    assert rows[1] == ["2025-11", "106", "200", "53"]
    table = LINE.table().rows
    assert [row[3] for row in rows[1:]] == [
        "" if row[3] == "Held back" else row[3] for row in reversed(table)
    ]


class TestHeldBack:
    """October's true value never reaches the chart; the chart says that it is held back."""

    def test_the_line_breaks(self) -> None:
        lines = drawn(LINE, Drawing.WIDE).findall(f"{SVG}polyline")
        assert [len((line.get("points") or "").split()) for line in lines] == [11, 2]

    def test_no_dot_is_drawn_there(self) -> None:
        dots = [
            c for c in drawn(LINE, Drawing.WIDE).iter(f"{SVG}circle") if "c-dot" in (c.get("class") or "")
        ]
        assert len(dots) == 13

    def test_the_description_names_the_month_and_no_figure(self) -> None:
        assert "Held back: October 2026." in LINE.desc()

    def test_table_and_csv_say_so(self) -> None:
        row = next(row for row in LINE.table().rows if row[0] == "Oct 2026")
        assert row == ("Oct 2026", "Held back", "200", "Held back")
        assert "2026-10,,200,\r\n" in LINE.csv()

    def test_a_held_bar_has_a_name_and_nothing_else(self) -> None:
        assert BARS.table().rows[1] == ("Hope Street Church", *["Held back"] * 5)
        assert "Hope Street Church,,,,,\r\n" in BARS.csv()
        assert "Held back: Hope Street Church." in BARS.desc()
        assert drawn(BARS, Drawing.WIDE).findall(f"{SVG}rect").__len__() == 2

    def test_a_multiple_of_held_points_draws_no_line(self) -> None:
        empty = replace(SPARK, values=(None, None, None, None), ghost=())
        assert not drawn(empty, Drawing.WIDE).findall(f"{SVG}polyline")
        assert empty.desc() == "Nothing can be shown."


def test_the_narrow_drawing_shows_the_last_year_and_says_so() -> None:
    assert LINE.desc(Drawing.WIDE).startswith("A line from 53 in 100 in November 2025")
    assert LINE.desc(Drawing.NARROW).startswith("A line from 51 in 100 in January 2026")
    assert "Decision 11</text>" in LINE.svg(Drawing.NARROW)
    assert "Decision 11: reply in 3 days</text>" in LINE.svg(Drawing.WIDE)


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (points(), "December 2026: 136 of 200, or 68 in 100."),
        ((Point(date(2026, 1, 1), None),), "There is nothing to show yet."),
        ((), "There is nothing to show yet."),
        ((Point(date(2026, 1, 1), 7.4),), "January 2026: 7 in 100."),
    ],
)
def test_the_sentence(points: tuple[Point, ...], sentence: str) -> None:
    chart = replace(LINE, points=points)
    assert chart.sentence == sentence
    for drawing in Drawing:
        drawn(chart, drawing)


def test_names_are_escaped_wherever_they_stand() -> None:
    assert "<Clinic>" not in BARS.svg()
    assert "Millrace &lt;Clinic&gt; &amp; co" in BARS.svg()
    nasty = replace(RING, title='"><script>alert(1)</script>')
    assert "<script" not in nasty.svg()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum(a1)", "\tx"])
def test_a_spreadsheet_runs_nothing(cell: str) -> None:
    assert write_csv(["a"], [[cell]]).splitlines()[1].strip('"').startswith("'")
    assert write_csv(["a"], [[-1]]) == "a\r\n-1\r\n"


def test_another_language_speaks_in_every_part() -> None:
    spanish = {
        "%(month)s %(year)s": "%(month)s de %(year)s",
        "December": "diciembre",
        "Held back": "No se muestra",
        "%(n)s in 100": "%(n)s de cada 100",
    }
    chart = replace(LINE, locale=Locale(say=lambda words: spanish.get(words, words)))
    assert "68 de cada 100 in diciembre de 2026" in chart.desc()
    assert "68 de cada 100" in chart.svg()
    assert any("No se muestra" in row for row in chart.table().rows)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234.5, 1, "1,234.5"),
        (0.5, 0, "1"),
        (-0.4, 0, "0"),
        (-2.5, 0, "−3"),
        (41.666, 2, "41.67"),
        (7, 0, "7"),
    ],
)
def test_numbers(value: float, digits: int, text: str) -> None:
    assert ENGLISH.number(value, digits) == text


def test_days_start_at_nothing_and_are_said_as_days() -> None:
    days = replace(LINE, points=tuple(replace(p, value=12.0) for p in points()), unit=Unit.DAYS, target=None)
    assert "12 days" in days.desc()
    assert ">0</text>" in days.svg()


def test_the_ring_counts_residents_apart() -> None:
    said = "For organizations: 2, of which 1 filled. For residents: 1, of which 1 filled."
    assert RING.desc() == f"3 seats around a table. {said}"
    kinds = [c.get("class") for c in drawn(RING, Drawing.WIDE).iter(f"{SVG}circle")]
    assert kinds == ["t-top", "s-org", "s-org s-empty", "s-res"]


def test_a_track_stands_alone_beside_its_words() -> None:
    track = RANGES.track(RANGES.stretches[0])
    assert 'aria-hidden="true"' in track
    assert "40" not in re.sub(r'="[^"]*"', "", track)


class TestQuarters:
    QUARTERS = replace(
        LINE,
        points=tuple(
            Point(date(2025 + q // 4, q % 4 * 3 + 1, 1), 50 + q, 100 + 2 * q, 200) for q in range(7)
        ),
        quarterly=True,
        notes=(),
        median=None,
    )

    def test_they_are_named_by_their_months(self) -> None:
        assert self.QUARTERS.desc().startswith("A line from 50 in 100 in January to March 2025")
        assert self.QUARTERS.table().rows[0][0] == "Jul–Sep 2026"
        assert self.QUARTERS.table().columns[0].words == "Quarter"
        assert "Jul–Sep 2026</text>" in self.QUARTERS.svg()
        assert self.QUARTERS.sentence == "July to September 2026: 112 of 200, or 56 in 100."

    def test_their_csv_has_a_key_of_its_own(self) -> None:
        assert self.QUARTERS.csv().startswith(
            "quarter,numerator,denominator,in-hundred\r\n2025-Q1,100,200,50\r\n"
        )

    def test_a_decision_in_the_middle_of_the_last_one_is_drawn(self) -> None:
        late = replace(self.QUARTERS, marks=(Mark(date(2026, 9, 10), "Decision 12", "D12"),))
        assert "Decision 12</text>" in late.svg()
        drawn(late, Drawing.NARROW)


def test_a_point_between_held_ones_is_not_lost_in_a_multiple() -> None:
    lone = replace(SPARK, values=(None, 56, None, 80))
    dots = [c.get("class") for c in drawn(lone, Drawing.WIDE).iter(f"{SVG}circle")]
    assert dots == ["c-dot", "c-dot c-last"]
