"""The figures in a plain table beside their targets, and two drawings of cost against size."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.drawing import draw

HEADLINE = 100_000
_HEADS = ("job", "target", "figure", "met", "CPU ms", "floor", "its CPU ms", "times the floor")
Found = Mapping[str, Any]


def table(found: Found) -> str:
    """One line for each target. CPU time is that of server and database together, for one request."""
    rows = [_HEADS, *_search(_at_headline(found["search"])), *_import(_at_headline(found["import"]))]
    rows += _referrals(found["referrals"])
    widths = [max(len(row[n]) for row in rows) for n in range(len(_HEADS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    lines += ["", *_machines(found)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _at_headline(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return next(row for row in rows if row["services"] == HEADLINE)


def _met(is_met: bool) -> str:
    return "yes" if is_met else "NO"


def _search(row: Mapping[str, Any]) -> list[tuple[str, ...]]:
    one, least = row["figures"]["search, 1"], row["figures"]["floor, 1"]
    many, least_many = row["figures"]["search, 8"], row["figures"]["floor, 8"]
    return [
        (
            "search, 1 connection", "p50 <= 6 ms", f"{one['p50']:.2f} ms", _met(one["p50"] <= 6),
            f"{one['cpu']:.2f}", f"{least['p50']:.2f} ms", f"{least['cpu']:.2f}",
            f"{one['p50'] / least['p50']:.1f}",
        ),
        (
            "search, 8 connections", ">= 500 a second", f"{many['rate']:.0f}", _met(many["rate"] >= 500),
            f"{many['cpu']:.2f}", f"{least_many['rate']:.0f}", f"{least_many['cpu']:.2f}",
            f"{least_many['rate'] / many['rate']:.1f}",
        ),
    ]  # fmt: skip


def _import(row: Mapping[str, Any]) -> list[tuple[str, ...]]:
    size, each = f"{row['services']:,}", (row["python_cpu"] + row["database_cpu"]) / row["services"] * 1000
    return [
        (
            f"import of {size}", "<= 15 s", f"{row['seconds']:.1f} s", _met(row["seconds"] <= 15),
            f"{each:.2f}", f"{row['copy']:.1f} s", f"{row['copy_cpu'] / row['services'] * 1000:.2f}",
            f"{row['seconds'] / row['copy']:.1f}",
        )
    ]  # fmt: skip


def _referrals(found: Mapping[str, Any]) -> list[tuple[str, ...]]:
    page, least = found["figures"]["page, 8"], found["figures"]["floor, 8"]
    return [
        (
            "referral list, 8 connections", "p95 <= 40 ms", f"{page['p95']:.1f} ms", _met(page["p95"] <= 40),
            f"{page['cpu']:.2f}", f"{least['p95']:.1f} ms", f"{least['cpu']:.2f}",
            f"{page['p95'] / least['p95']:.1f}",
        )
    ]  # fmt: skip


def _machines(found: Found) -> list[str]:
    """One line for each kind of machine and day, with the load while each job was measured."""
    told: dict[str, list[str]] = {}
    jobs = {"search": _at_headline(found["search"]), "import": _at_headline(found["import"])}
    for job, row in (jobs | {"referrals": found["referrals"]}).items():
        machine = row["machine"]
        line = (
            f"{machine['cores']} cores, Python {machine['python']}, PostgreSQL {machine['postgresql']}, "
            f"client {machine['client']} on the same cores, {machine['taken']}"
        )
        told.setdefault(line, []).append(f"{job} {machine['load']}")
    return [f"{line}; load average after {', '.join(loads)}" for line, loads in told.items()]


def draw_all(found: Found) -> dict[str, str]:
    """Both drawings by file name; one needs two sizes at least."""
    drawn = {}
    if len(found["search"]) > 1:
        drawn["search.svg"] = _drawn_search(found["search"])
    if len(found["import"]) > 1:
        drawn["import.svg"] = _drawn_import(found["import"])
    return drawn


def _drawn_search(rows: Sequence[Mapping[str, Any]]) -> str:
    def line(name: str, figure: str) -> list[tuple[float, float]]:
        return [(row["services"], row["figures"][name][figure]) for row in rows]

    series = {
        "through HTTP, p50": line("search, 1", "p50"),
        "CPU of a request": line("search, 1", "cpu"),
        "one statement, p50": line("floor, 1", "p50"),
        "CPU of a statement": line("floor, 1", "cpu"),
    }
    return draw("Cost of a search against size, one connection", "services", "milliseconds", series)


def _drawn_import(rows: Sequence[Mapping[str, Any]]) -> str:
    series = {
        "import, searchable": [(row["services"], row["seconds"]) for row in rows],
        "CPU of the import": [(row["services"], row["python_cpu"] + row["database_cpu"]) for row in rows],
        "again, nothing new": [(row["services"], row["again"]) for row in rows],
        "raw COPY of the files": [(row["services"], row["copy"]) for row in rows],
    }
    return draw("Cost of an import against size", "services", "seconds", series)
