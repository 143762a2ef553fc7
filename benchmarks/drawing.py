"""A plot on two logarithmic axes as a small SVG with title, description and the figures in words."""

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 760, 420, 70, 50, 50, 230
COLORS = ("#56264f", "#867888", "#1b6642", "#94330f", "#2d5284")
Series = Mapping[str, Sequence[tuple[float, float]]]


def draw(title: str, across: str, up: str, series: Series) -> str:
    """The drawing; each series is a line with its name at its end."""
    points = [point for line in series.values() for point in line]
    x_low, x_high = _decades([x for x, _ in points])
    y_low, y_high = _decades([y for _, y in points])

    def place(x: float, y: float) -> tuple[float, float]:
        right = LEFT + (math.log10(x) - x_low) / (x_high - x_low) * (WIDTH - LEFT - RIGHT)
        down = HEIGHT - BOTTOM - (math.log10(y) - y_low) / (y_high - y_low) * (HEIGHT - BOTTOM - TOP)
        return right, down

    parts = [
        f'<text x="{LEFT}" y="28" font-size="17" font-weight="600" fill="#231a24">{escape(title)}</text>'
    ]
    for power in range(x_low, x_high + 1):
        x, _ = place(10**power, 10**y_low)
        parts.append(_line(x, TOP, x, HEIGHT - BOTTOM, "#ddd5dd"))
        parts.append(_text(x, HEIGHT - BOTTOM + 20, f"{10**power:,}", "middle"))
    for power in range(y_low, y_high + 1):
        _, y = place(10**x_low, 10**power)
        parts.append(_line(LEFT, y, WIDTH - RIGHT, y, "#ddd5dd"))
        parts.append(_text(LEFT - 8, y + 4, f"{10.0**power:g}", "end"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, across, "middle"))
    parts.append(_text(LEFT - 8, TOP - 8, up, "start"))
    for color, (name, line) in zip(COLORS, series.items(), strict=False):
        placed = [place(x, y) for x, y in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{color}"/>' for x, y in placed]
        parts.append(_text(placed[-1][0] + 8, placed[-1][1] + 4, name, "start", color))
    told = "; ".join(
        f"{name}: " + ", ".join(f"{x:,.0f}: {y:.2f}" for x, y in line) for name, line in series.items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="system-ui, sans-serif"><title>{escape(title)}</title><desc>{escape(told)}</desc>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _line(x1: float, y1: float, x2: float, y2: float, color: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{color}"/>'


def _text(x: float, y: float, words: str, anchor: str, color: str = "#5a4e5c") -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}"'
    return f'<text {where} font-size="13">{escape(words)}</text>'
