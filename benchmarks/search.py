"""The directory's search through HTTP on the public page, every facet in use, beside its floor.

    python -m benchmarks.search                                # 100,000 services, five rounds
    python -m benchmarks.search --sizes 1000,10000 --json out.json

Server, client and database share the machine. Ours and the floor take turns in the same run; figures are
medians of the rounds. Every question is asked once before measuring, so that cards are made and kept.
"""

import argparse
import json
import os
import random
import shutil
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.driving import Drive, ask, median, pgbench
from benchmarks.ground import installation, machine, postmaster, served
from benchmarks.search_data import LANGUAGES, NEEDS, fill, floor_script, make_floor, towns

HEADLINE = 100_000


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
        make_floor(admin)
        admin.execute("vacuum analyze")  # so that none of it happens while we measure
    return seconds


def floor_of(doors: Any, connections: int, seconds: float, roots: Sequence[int]) -> Drive:
    """The least that one statement with all facets costs here."""
    target = {"PGHOST": doors.host, "PGPORT": doors.port, "PGUSER": doors.admin, "PGDATABASE": doors.name}
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(floor_script())
        script.flush()
        if doors.admin_password:
            target["PGPASSWORD"] = doors.admin_password
        return pgbench(_pgbench(doors), Path(script.name), target, connections, seconds, roots)


def _pgbench(doors: Any) -> str:
    """The program beside the server that runs, else the machine's own."""
    with suppress(OSError):
        beside = Path(os.readlink(f"/proc/{postmaster(doors)}/exe")).parent / "pgbench"
        if beside.exists():
            return str(beside)
    found = shutil.which("pgbench")
    if not found:
        raise RuntimeError("the floor needs pgbench: install PostgreSQL's client programs")
    return found


def _ask_once(urls: Sequence[str]) -> None:
    with ThreadPoolExecutor(4) as pool:
        for status in pool.map(lambda url: urllib.request.urlopen(url, timeout=60).status, urls):
            assert status == 200


def measure(doors: Any, rounds: int, seconds: float, widths: Sequence[int] = (1, 8)) -> dict[str, Drive]:
    """Ours and the floor by turns, at each number of connections."""
    with served() as (base, server):
        asked = questions(base)
        _ask_once(asked)
        ask(asked, 8, seconds, [])  # plans, caches and connections warm
        database = postmaster(doors)
        seen: dict[str, list[Drive]] = {}
        for _ in range(rounds):
            for width in widths:
                seen.setdefault(f"search, {width}", []).append(ask(asked, width, seconds, [server, database]))
                seen.setdefault(f"floor, {width}", []).append(floor_of(doors, width, seconds, [database]))
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default=str(HEADLINE), help="numbers of services, with commas")
    parser.add_argument("--rounds", type=int, default=5, help="at the headline size; else two")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(arguments)
    kept = []
    with installation() as doors:
        for services in map(int, asked.sizes.split(",")):
            loaded = load(doors, services)
            rounds = asked.rounds if services == HEADLINE else min(2, asked.rounds)
            figures = measure(doors, rounds, asked.seconds)
            say(f"{services:,} services; " + ", ".join(f"{k} {v:.1f} s" for k, v in loaded.items()), figures)
            found = {n: asdict(d) for n, d in figures.items()}
            kept.append({"services": services, "rounds": rounds, "loaded": loaded, "figures": found})
            kept[-1]["machine"] = machine(doors)
            if asked.json:
                asked.json.write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()
