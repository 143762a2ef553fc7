"""Importing a directory, with validation, quarantine and index, beside the raw COPY of the same tables.

    python -m benchmarks.import_hsds                     # 100,000 services, three rounds
    python -m benchmarks.import_hsds --plot              # 1,000 to 1,000,000 services, and the drawing
    python -m benchmarks.import_hsds --json out.json

The tables are invented, HSDS 3.1 CSV, three rows in a hundred of the services faulty. The floor copies
the very files into tables of text, without keys, checks or indexes, in the same database and run.
"""

import argparse
import csv
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.directory_made import make
from benchmarks.drawing import draw
from benchmarks.search import SEEN, SIZES, installation, postmaster

HEADLINE = 100_000
FAULTY = 0.03


def floor(doors: Any, folder: Path) -> float:
    """Seconds to copy the files as they are."""
    with doors.connect() as admin:
        admin.execute("drop schema if exists floor cascade")
        admin.execute("create schema floor")
        files = sorted(folder.glob("*.csv"))
        for file in files:
            with file.open(newline="", encoding="utf-8") as text:
                header = next(csv.reader(text))
            columns = ", ".join(f'"{name}" text' for name in header)
            admin.execute(f'create table floor."{file.stem}" ({columns})')
        began = time.perf_counter()
        with admin.transaction():
            for file in files:
                statement = f'copy floor."{file.stem}" from stdin (format csv, header)'
                with admin.cursor() as cursor, cursor.copy(statement) as copy, file.open("rb") as content:
                    while block := content.read(1 << 20):
                        copy.write(block)
        took = time.perf_counter() - began
        admin.execute("drop schema floor cascade")
    return took


def processor_seconds(doors: Any) -> float:
    """Of all back ends of the server so far."""
    father = postmaster(doors)
    ended = Path(f"/proc/{father}/stat").read_text().rsplit(")", 1)[1].split()[13:15]
    whole = sum(int(ticks) for ticks in ended) / 100  # of back ends that are gone
    for process in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = process.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(told[1]) == father:
            whole += (int(told[11]) + int(told[12])) / 100
    whole += (
        sum(int(n) for n in Path(f"/proc/{father}/stat").read_text().rsplit(")", 1)[1].split()[13:15]) / 100
    )
    return whole


def empty(doors: Any) -> None:
    """An installation without a directory, as for a first import."""
    with doors.connect() as admin:
        tables = admin.execute(
            "select string_agg(quote_ident(tablename), ', ') from pg_tables where schemaname = 'public'"
            " and (tablename like 'directory\\_%' or tablename like 'intake\\_%')"
        ).fetchone()[0]
        admin.execute(f"truncate {tables} cascade")


def one(doors: Any, folder: Path, *, fresh: bool) -> dict[str, float]:
    """One import in this process; its seconds, of which index, and processor seconds by side."""
    from commonweal.directory.events import DirectoryImported
    from commonweal.exchange.hsds import command, importing
    from commonweal.foundation import bus
    from commonweal.foundation.access import Actor
    from commonweal.foundation.access.vocabulary import Purpose, Role
    from commonweal.foundation.intake.progress import silent

    if fresh:
        empty(doors)
    index = {"seconds": 0.0}

    def told(event: object) -> None:
        began = time.perf_counter()
        bus.publish(event)
        index["seconds"] += time.perf_counter() - began

    importing.publish = told if bus.listeners_of(DirectoryImported) else bus.publish
    database, own = processor_seconds(doors), _own()
    report = command.run([folder], by=Actor(Role.OPERATOR, Purpose.ADMIN), source="bench", progress=silent)
    importing.publish = bus.publish
    return {
        "rows": report.read,
        "held": report.quarantined,
        "created": report.created,
        "seconds": report.seconds,
        "index": index["seconds"],
        "python_cpu": _own() - own,
        "database_cpu": processor_seconds(doors) - database,
    }


def _own() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime + children.ru_utime + children.ru_stime


def measure(doors: Any, services: int, rounds: int) -> dict[str, Any]:
    """Floor, first import and unchanged second import by turns; medians of the rounds."""
    folder = Path(tempfile.mkdtemp(prefix="made-")) / "bench"
    try:
        rows = make(folder, services, faulty=FAULTY)
        seen: list[dict[str, float]] = []
        for _ in range(rounds):
            copied = floor(doors, folder)
            first = one(doors, folder, fresh=True)
            again = one(doors, folder, fresh=False)
            assert again["created"] == 0
            seen.append({"copy": copied, "again": again["seconds"], **first})
        middle = {name: round(median(s[name] for s in seen), 3) for name in seen[0]}
        return {"services": services, "tables_rows": rows, "rounds": rounds, **middle}
    finally:
        shutil.rmtree(folder.parent, ignore_errors=True)


def plot(found: Sequence[dict[str, Any]]) -> str:
    """Seconds against size."""
    lines = {
        "import, searchable": [(f["services"], f["seconds"]) for f in found],
        "of which merged": [(f["services"], max(f["seconds"] - f["index"], 0.01)) for f in found],
        "again, nothing new": [(f["services"], f["again"]) for f in found],
        "raw COPY": [(f["services"], f["copy"]) for f in found],
    }
    return draw("Importing a directory", "services", "seconds", lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--services", type=int, default=HEADLINE)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--plot", action="store_true")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="largest size of the plot")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(arguments)
    sizes = [size for size in SIZES if size <= asked.most] if asked.plot else [asked.services]
    found = []
    with installation() as doors:
        for size in sizes:
            rounds = asked.rounds if size <= HEADLINE else 1
            found.append(measure(doors, size, rounds))
            print(json.dumps(found[-1]), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=2) + "\n")
    if asked.plot:
        SEEN.mkdir(parents=True, exist_ok=True)
        (SEEN / "import.svg").write_text(plot(found))


if __name__ == "__main__":
    main(sys.argv[1:])
