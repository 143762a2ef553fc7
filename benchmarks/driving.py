"""Asking a server over and over: requests a second, percentiles, and the CPU time that each one cost."""

import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

SETTLE = 0.5
"""Seconds until the server has counted what its ended connections spent."""


@dataclass(frozen=True, slots=True)
class Drive:
    """One run. Times in milliseconds; ``cpu`` is what server and database spent on each request."""

    rate: float
    p50: float
    p95: float
    p99: float
    cpu: float
    bad: int = 0
    count: int = 0


def median(drives: Sequence[Drive]) -> Drive:
    """The medians of several runs, each figure by itself."""
    fields = ("rate", "p50", "p95", "p99", "cpu")
    middle = {name: statistics.median(getattr(drive, name) for drive in drives) for name in fields}
    return Drive(**middle, bad=sum(drive.bad for drive in drives), count=sum(d.count for d in drives))


def cpu_seconds(roots: Sequence[int]) -> float:
    """CPU time spent so far by these processes and all below them, also by those that ended.

    0 where there is no ``/proc``.
    """
    parents: dict[int, int] = {}
    spent: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        number = int(entry.parent.name)
        parents[number], spent[number] = int(parts[1]), sum(map(int, parts[11:15]))
    total = 0
    for number in spent:
        above = number
        while above and above not in roots:
            above = parents.get(above, 0)
        total += spent[number] if above else 0
    return total / os.sysconf("SC_CLK_TCK")


def ask(
    urls: Sequence[str],
    connections: int,
    seconds: float,
    roots: Sequence[int],
    headers: Mapping[str, str] | None = None,
) -> Drive:
    """Ask these addresses by turns, with ``wrk`` where it is installed, else with a process of our own."""
    before = cpu_seconds(roots)
    asked = _wrk if shutil.which("wrk") else _process
    drive = asked(urls, connections, seconds, headers or {})
    return replace(drive, cpu=(cpu_seconds(roots) - before) / max(1, drive.count) * 1000)


_SCRIPT = """
local asked = {%s}
local number = 0
%s
request = function() number = number + 1 return wrk.format("GET", asked[number %% #asked + 1]) end
done = function(summary, latency, requests)
  io.write(string.format("RESULT %%d %%.6f %%.3f %%.3f %%.3f %%d\\n",
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    summary.errors.status + summary.errors.timeout + summary.errors.connect + summary.errors.read))
end
"""


def _wrk(urls: Sequence[str], connections: int, seconds: float, headers: Mapping[str, str]) -> Drive:
    parts = urlsplit(urls[0])
    paths = ",".join(json.dumps(url[len(f"{parts.scheme}://{parts.netloc}") :]) for url in urls)
    more = "\n".join(f"wrk.headers[{json.dumps(k)}] = {json.dumps(v)}" for k, v in headers.items())
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT % (paths, more))
        script.flush()
        told = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "--timeout", "30s", "-s", script.name,
             f"{parts.scheme}://{parts.netloc}"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    found = re.search(r"RESULT (\d+) ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) (\d+)", told)
    assert found, told
    count, took, p50, p95, p99, bad = found.groups()
    return Drive(int(count) / float(took), float(p50), float(p95), float(p99), 0.0, int(bad), int(count))


def _process(urls: Sequence[str], connections: int, seconds: float, headers: Mapping[str, str]) -> Drive:
    """Threads in a process of their own, so that they share their lock with nobody else."""
    asked = json.dumps([list(urls), connections, seconds, dict(headers)])
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.driving"],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parent.parent,
    ).stdout
    return Drive(**json.loads(told))


def _threads(urls: Sequence[str], connections: int, seconds: float, headers: Mapping[str, str]) -> Drive:
    parts = urlsplit(urls[0])
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    start = len(f"{parts.scheme}://{parts.netloc}")
    wanted = [f"GET {url[start:]} HTTP/1.1\r\nHost: {parts.netloc}\r\n{lines}\r\n".encode() for url in urls]
    times: list[float] = []
    bad: list[bytes] = []
    ends = time.perf_counter() + seconds

    def drive(number: int) -> None:
        with socket.create_connection((parts.hostname or "", parts.port or 80)) as line:
            while (began := time.perf_counter()) < ends:
                line.sendall(wanted[number % len(wanted)])
                status = _answer(line)
                times.append((time.perf_counter() - began) * 1000)
                if status != b"200":
                    bad.append(status)
                number += connections

    drivers = [threading.Thread(target=drive, args=(n,)) for n in range(connections)]
    for driver in drivers:
        driver.start()
    for driver in drivers:
        driver.join()
    times.sort()
    middle = (_at(times, share) for share in (0.5, 0.95, 0.99))
    return Drive(len(times) / seconds, *middle, 0.0, len(bad), len(times))


_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def _answer(line: socket.socket) -> bytes:
    """Read one whole answer; returns its status."""
    got = b""
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += line.recv(65536)
    length = _LENGTH.search(got, 0, end)
    assert length, "an answer without its length"
    left = int(length[1]) - (len(got) - end - 4)
    while left > 0:
        left -= len(line.recv(65536))
    return got[9:12]


def _at(times: Sequence[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0


def pgbench(
    program: str, script: Path, target: dict[str, str], connections: int, seconds: float, roots: Sequence[int]
) -> Drive:
    """Run one statement over and over, prepared, straight against PostgreSQL."""
    before = cpu_seconds(roots)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [program, "-n", "-M", "prepared", "-f", str(script), "-c", str(connections), "-j", "1",
             "-T", f"{seconds:.0f}", "-l", "--log-prefix", f"{folder}/log"],
            env={**os.environ, **target}, capture_output=True, check=True,
        )  # fmt: skip
        times = sorted(
            int(line.split()[2]) / 1000
            for file in Path(folder).glob("log*")
            for line in file.read_text().splitlines()
        )
    time.sleep(SETTLE)
    rate = len(times) / seconds
    cpu = (cpu_seconds(roots) - before) / max(1, len(times)) * 1000
    return Drive(rate, _at(times, 0.5), _at(times, 0.95), _at(times, 0.99), cpu, 0, len(times))


if __name__ == "__main__":
    from dataclasses import asdict

    print(json.dumps(asdict(_threads(*json.load(sys.stdin)))))
