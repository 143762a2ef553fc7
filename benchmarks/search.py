"""The directory's search through HTTP on the public page, every facet in use, beside its floor.

    python -m benchmarks.search                    # 100,000 services, five rounds
    python -m benchmarks.search --plot             # 1,000 to 1,000,000 services, and the drawing

Server, client and database share the machine. Ours and the floor take turns in the same run; figures are
medians of the rounds. A scratch installation of its own is made and thrown away.
"""

import argparse
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.driving import Drive, ask, median, pgbench
from benchmarks.search_data import LANGUAGES, NEEDS, fill, floor_script, make_floor, towns

HEADLINE = 100_000
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
SEEN = Path(__file__).resolve().parent.parent / "docs" / "benchmarks"


def questions(base: str, count: int = 2000) -> list[str]:
    """Addresses that use every facet: need, place, language, open, stairs, papers, cost, age, room."""
    chance = random.Random(7)
    known = towns()
    found = []
    for _ in range(count):
        asked = {
            "q": chance.choice(NEEDS),
            "near": chance.choice(known).name,
            "speaks": chance.choice(LANGUAGES),
            "age": chance.randrange(20, 61),
        }
        wishes = dict.fromkeys(("open", "walk", "noid", "free", "room"), 1)
        found.append(f"{base}/directory/?{urlencode(asked | wishes)}")
    return found


@contextmanager
def installation() -> Iterator[Any]:
    """A scratch installation on an embedded server of its own."""
    home = tempfile.mkdtemp(prefix="bench-")
    os.environ |= {"COMMONWEAL_HOME": home, "COMMONWEAL_NAME": "Bench"}
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("COMMONWEAL_DEMO", None)
    from commonweal.site.cli import opening

    doors = opening.open_installation()
    from commonweal.site import install

    install.migrate(doors)
    try:
        yield doors
    finally:
        from django.db import connections

        connections.close_all()
        install.close_pool()
        from commonweal.foundation.database import launcher

        launcher.discard(Path(home))
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The product's own server on a free port: its address and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "commonweal", "serve", "--port", str(port)], stderr=subprocess.DEVNULL
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            time.sleep(0.2)
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=5).read()
                break
            except OSError:
                continue
        yield base, server.pid
    finally:
        server.terminate()
        server.wait(20)


def load(doors: Any, services: int) -> dict[str, float]:
    """Fill the directory and make it searchable; seconds of each step."""
    from commonweal.directory.actions import search_index

    seconds = {}
    with doors.connect() as admin:
        began = time.perf_counter()
        fill(admin, services)
        seconds["rows"] = time.perf_counter() - began
        began = time.perf_counter()
        search_index.refresh_all()
        seconds["search entries"] = time.perf_counter() - began
        began = time.perf_counter()
        search_index.fill_cards()
        seconds["cards"] = time.perf_counter() - began
        make_floor(admin)
        admin.execute("vacuum analyze")  # so that none of it happens while we measure
    return seconds


def postmaster(doors: Any) -> int:
    """The process of the database server, over all that serve its connections."""
    with doors.connect() as admin:
        backend = admin.execute("select pg_backend_pid()").fetchone()[0]
        return int(Path(f"/proc/{backend}/stat").read_text().rsplit(")", 1)[1].split()[1])


def floor_of(doors: Any, connections: int, seconds: float, roots: Sequence[int]) -> Drive:
    """The least that one statement with all facets costs here."""
    target = {"PGHOST": doors.host, "PGPORT": doors.port, "PGUSER": doors.admin, "PGDATABASE": doors.name}
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(floor_script())
        script.flush()
        program = Path(os.readlink(f"/proc/{postmaster(doors)}/exe")).parent / "pgbench"
        return pgbench(str(program), Path(script.name), target, connections, seconds, roots)


def measure(doors: Any, rounds: int, seconds: float, widths: Sequence[int] = (1, 8)) -> dict[str, Drive]:
    """Ours and the floor by turns, at each number of connections."""
    with served() as (base, server):
        asked = questions(base)
        ask(asked, 8, seconds, [])  # plans, caches and connections warm
        database = postmaster(doors)
        seen: dict[str, list[Drive]] = {}
        for _ in range(rounds):
            for width in widths:
                seen.setdefault(f"search, {width} connections", []).append(
                    ask(asked, width, seconds, [server, database])
                )
                seen.setdefault(f"floor, {width} connections", []).append(
                    floor_of(doors, width, seconds, [database])
                )
    return {name: median(drives) for name, drives in seen.items()}


def say(title: str, figures: dict[str, Drive]) -> None:
    """One line for each."""
    print(f"\n{title}")
    for name, drive in figures.items():
        print(
            f"  {name:26} {drive.rate:8.0f}/s  p50 {drive.p50:6.2f} ms  p95 {drive.p95:6.2f}"
            f"  p99 {drive.p99:6.2f}  CPU {drive.cpu:5.2f} ms  bad {drive.bad}"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and keep what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=HEADLINE)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--plot", action="store_true", help="all sizes, and the drawing")
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    asked = parser.parse_args(arguments)
    sizes = [s for s in SIZES if s <= asked.largest] if asked.plot else [asked.services]
    kept = []
    with installation() as doors:
        for services in sizes:
            loaded = load(doors, services)
            figures = measure(
                doors, 2 if asked.plot and services != HEADLINE else asked.rounds, asked.seconds
            )
            say(f"{services:,} services; " + ", ".join(f"{k} {v:.1f} s" for k, v in loaded.items()), figures)
            kept.append(
                {
                    "services": services,
                    "loaded": loaded,
                    "figures": {n: asdict(d) for n, d in figures.items()},
                }
            )
    if asked.plot:
        keep(kept)


def keep(kept: list[dict[str, Any]]) -> None:
    """What was seen, as data and as a drawing."""
    from benchmarks.drawing import draw

    SEEN.mkdir(parents=True, exist_ok=True)
    (SEEN / "search.json").write_text(json.dumps(kept, indent=1))
    lines = {
        "through HTTP, one connection (p50)": "search, 1 connections",
        "floor: one statement (p50)": "floor, 1 connections",
    }
    series = {
        words: [(row["services"], row["figures"][name]["p50"]) for row in kept]
        for words, name in lines.items()
    }
    (SEEN / "search.svg").write_text(
        draw("Search: milliseconds against services in the directory", "services", "milliseconds", series)
    )


if __name__ == "__main__":
    main()
