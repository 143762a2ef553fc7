"""All figures beside their targets and their limits, in one run.

    make bench                                           # to 100,000 services: some ten minutes
    python -m benchmarks --sizes 1000000 --only import,search   # adds the million to what was kept before
    python -m benchmarks --only referrals --rounds 2     # one job, quickly

Each job has an installation of its own, made for it and thrown away. What was seen is kept in
``benchmarks/results``: figures of every size as JSON, the table as text, two drawings.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.telling import HEADLINE, draw_all, table

RESULTS = Path(__file__).resolve().parent / "results"
JOBS = ("import", "search", "referrals")
SIZES = "1000,10000,100000"
_ROUNDS = {"import": 3, "search": 5, "referrals": 5}
Rows = list[dict[str, Any]]


def run(job: str, sizes: str, rounds: int) -> Any:
    """One job in a process of its own; what it found."""
    module = {"import": "import_hsds"}.get(job, job)
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "found.json"
        command = [sys.executable, "-m", f"benchmarks.{module}", "--json", str(kept), "--rounds", str(rounds)]
        if job != "referrals":
            command += ["--sizes", sizes]
        subprocess.run(command, check=True, cwd=RESULTS.parent.parent)
        return json.loads(kept.read_text())


def together(before: Rows, found: Rows) -> Rows:
    """Figures by size; those of this run in place of older ones."""
    by_size = {row["services"]: row for row in (*before, *found)}
    return [by_size[size] for size in sorted(by_size)]


def kept(job: str) -> Any:
    """What is in the results of a job; nothing yet is an empty list."""
    file = RESULTS / f"{job}.json"
    return json.loads(file.read_text()) if file.exists() else []


def keep(job: str, found: Any) -> None:
    RESULTS.mkdir(exist_ok=True)
    whole = found if job == "referrals" else together(kept(job), found)
    (RESULTS / f"{job}.json").write_text(json.dumps(whole, indent=1) + "\n")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default=SIZES, help="numbers of services, with commas (%(default)s)")
    parser.add_argument("--only", default=",".join(JOBS), help="jobs, with commas (%(default)s)")
    parser.add_argument("--rounds", type=int, help="turns of ours and the floor (import 3, others 5)")
    asked = parser.parse_args(arguments)
    for job in asked.only.split(","):
        print(f"· {job}", file=sys.stderr, flush=True)
        keep(job, run(job, asked.sizes, asked.rounds or _ROUNDS[job]))
    found = {job: kept(job) for job in JOBS}
    if all(found.values()) and any(row["services"] == HEADLINE for row in found["search"]):
        told = table(found)
        (RESULTS / "table.txt").write_text(told)
        print(told)
    for name, drawing in draw_all(found).items():
        (RESULTS / name).write_text(drawing)


if __name__ == "__main__":
    main()
