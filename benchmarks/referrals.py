"""A referral list page of fifty rows, signed in, row-level security in force, beside a bare Django page.

    python -m benchmarks.referrals

The data are those of the demo: an invented county, about 2,500 people, two years of requests. Danielle of the
hospital reads what the hospital asked for: session, seat, sealed context, policies, audit of the reading and
the whole page are in the figure. Ours and the floor take turns in the same run.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from benchmarks.driving import Drive, ask, median
from benchmarks.ground import database, machine, postmaster, served

READER = "Danielle Whitfield"
PATH = "/referrals/?state="
ROWS = 50
_FLOOR = """
create schema if not exists bench;
create table bench.list as
select t.holder_id, t.occurred_at, r.given || ' ' || r.family as name, t.topic, t.owner_name as asked,
  t.service_name as service, t.sent_at, t.status
from referrals_task t
left join lateral (
  select given, family from people_source_record s where s.person_id = t.person_id limit 1
) r on true;
create index on bench.list (holder_id, occurred_at desc);
analyze bench.list;
"""


def seed() -> float:
    """The demo's data; returns the seconds that took."""
    began = time.perf_counter()
    os.environ["COMMONWEAL_DEMO"] = "1"
    subprocess.run(
        [sys.executable, "-m", "commonweal", "demo", "--no-serve"], check=True, stderr=subprocess.DEVNULL
    )
    return time.perf_counter() - began


def signed_in(base: str) -> str:
    """The cookies of a browser that signed in by one click; checks that the list is there and full."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    cards = browser.open(f"{base}/demo/").read().decode()
    form = next(part for part in cards.split("<form")[1:] if f"Be {READER}" in part)
    values = dict(re.findall(r'name="(csrfmiddlewaretoken|who)" value="([^"]+)"', form))
    browser.open(f"{base}/demo/", urlencode(values).encode()).read()
    page = browser.open(f"{base}{PATH}").read().decode()
    found = page.count('<tr role="row"><th scope="row"')
    if found != ROWS:
        raise RuntimeError(f"the list has {found} rows and should have {ROWS}")
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def lay_floor(doors: Any) -> tuple[str, int]:
    """The flat table; returns whose list is read, and how many requests there are in all."""
    with doors.connect() as admin:
        admin.execute(_FLOOR)
        admin.execute("vacuum analyze")
        holder, _ = admin.execute(
            "select holder_id, count(*) from bench.list group by 1 order by 2 desc"
        ).fetchone()
        return str(holder), int(admin.execute("select count(*) from bench.list").fetchone()[0])


def measure(doors: Any, rounds: int, seconds: float) -> dict[str, Any]:
    """Ours and the floor by turns at one connection and at eight; medians of the rounds."""
    seeded = seed()
    holder, requests = lay_floor(doors)
    over = postmaster(doors)
    seen: dict[str, list[Drive]] = {}
    with (
        served(environment={"COMMONWEAL_DEMO": "1"}) as (base, ours),
        served(("-m", "benchmarks.floor_pages")) as (bare, floor),
    ):
        cookie = {"Cookie": signed_in(base)}
        page, least = [base + PATH], [f"{bare}/?holder={holder}"]
        ask(page, 8, 2, [], cookie)
        ask(least, 8, 2, [])
        for _ in range(rounds):
            for width in (1, 8):
                seen.setdefault(f"page, {width}", []).append(ask(page, width, seconds, [ours, over], cookie))
                seen.setdefault(f"floor, {width}", []).append(ask(least, width, seconds, [floor, over]))
    figures = {name: asdict(median(drives)) for name, drives in seen.items()}
    return {"requests": requests, "seeded": round(seeded, 1), "rounds": rounds, "figures": figures}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(arguments)
    with database() as doors:
        found = measure(doors, asked.rounds, asked.seconds) | {"machine": machine(doors)}
    print(json.dumps(found), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
