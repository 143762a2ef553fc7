"""Importing a directory, with validation, quarantine and index, beside the raw COPY of the same tables.

    python -m benchmarks.import_hsds                            # 100,000 services, three rounds
    python -m benchmarks.import_hsds --sizes 1000,10000 --json out.json

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
from benchmarks.driving import cpu_seconds
from benchmarks.ground import installation, machine, postmaster

HEADLINE = 100_000
FAULTY = 0.03


def floor(doors: Any, folder: Path) -> tuple[float, float]:
    """Seconds, and CPU seconds of the database, to copy the files as they are."""
    over = postmaster(doors)
    with doors.connect() as admin:
        admin.execute("drop schema if exists floor cascade")
        admin.execute("create schema floor")
        files = sorted(folder.glob("*.csv"))
        for file in files:
            with file.open(newline="", encoding="utf-8") as text:
                header = next(csv.reader(text))
            columns = ", ".join(f'"{name}" text' for name in header)
            admin.execute(f'create table floor."{file.stem}" ({columns})')
        before, began = cpu_seconds([over]), time.perf_counter()
        with admin.transaction():
            for file in files:
                statement = f'copy floor."{file.stem}" from stdin (format csv, header)'
                with admin.cursor() as cursor, cursor.copy(statement) as copy, file.open("rb") as content:
                    while block := content.read(1 << 20):
                        copy.write(block)
        took = time.perf_counter() - began
        spent = cpu_seconds([over]) - before
        admin.execute("drop schema floor cascade")
    return took, spent


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
        with doors.connect() as admin:
            admin.execute("checkpoint")  # what was emptied is not written while we measure
    index = {"seconds": 0.0}

    def told(event: object) -> None:
        began = time.perf_counter()
        bus.publish(event)
        index["seconds"] += time.perf_counter() - began

    importing.publish = told if bus.listeners_of(DirectoryImported) else bus.publish
    over = [postmaster(doors)]
    database, own = cpu_seconds(over), _own()
    report = command.run([folder], by=Actor(Role.OPERATOR, Purpose.ADMIN), source="bench", progress=silent)
    importing.publish = bus.publish
    return {
        "rows": report.read,
        "held": report.quarantined,
        "created": report.created,
        "seconds": report.seconds,
        "index": index["seconds"],
        "python_cpu": _own() - own,
        "database_cpu": cpu_seconds(over) - database,
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
            copied, spent = floor(doors, folder)
            first = one(doors, folder, fresh=True)
            again = one(doors, folder, fresh=False)
            assert again["created"] == 0
            seen.append({"copy": copied, "copy_cpu": spent, "again": again["seconds"], **first})
        middle = {name: round(median(s[name] for s in seen), 3) for name in seen[0]}
        return {"services": services, "tables_rows": rows, "rounds": rounds, **middle}
    finally:
        shutil.rmtree(folder.parent, ignore_errors=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default=str(HEADLINE), help="numbers of services, with commas")
    parser.add_argument("--rounds", type=int, default=3, help="at the headline size and below")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(arguments)
    found = []
    with installation() as doors:
        for size in map(int, asked.sizes.split(",")):
            rounds = asked.rounds if size <= HEADLINE else 1
            found.append(measure(doors, size, rounds) | {"machine": machine(doors)})
            print(json.dumps(found[-1]), flush=True)
            if asked.json:
                asked.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
