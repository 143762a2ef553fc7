"""Browser stories: a real demo served by the real command, driven through Chromium.

The demo is seeded once a run with fewer persons. Without Chromium the stories are skipped, and say so.
``COMMONWEAL_JOURNEY_URL`` and ``COMMONWEAL_JOURNEY_HOME`` name a demo that is served already.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from commonweal.foundation.database import launcher

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)


@dataclass(frozen=True)
class Demo:
    """A served demo: its address without a closing slash, and the home where its letters lie in ``mail/``."""

    url: str
    home: Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium on this machine; install the package chromium")
                )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A served demo; everything it started ends with the session."""
    if url := os.environ.get("COMMONWEAL_JOURNEY_URL"):
        yield Demo(url.rstrip("/"), Path(os.environ["COMMONWEAL_JOURNEY_HOME"]))
        return
    with served(tmp_path_factory.mktemp("demo")) as one:
        yield one


@contextmanager
def served(home: Path, charter: str = "") -> Iterator[Demo]:
    """A demo served by the real command: the county, or the small table of a charter, beside ``home``."""
    home.mkdir(exist_ok=True)
    port = _free_port()
    environment = {k: v for k, v in os.environ.items() if k not in ("COMMONWEAL_DB", "DATABASE_URL")}
    environment |= {
        "COMMONWEAL_HOME": str(home),
        "COMMONWEAL_DEMO_PEOPLE": "160",
        "PORT": str(port),
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    log = home / "demo.log"
    command = [sys.executable, "-m", "commonweal", "demo", "--port", str(port)]
    if charter:
        command += ["--charter", charter]
    with log.open("w") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
    address = f"http://localhost:{port}"
    lies_in = home.with_name(f"{home.name}-{charter}") if charter else home
    try:
        _wait(address, process, log)
        yield Demo(address, lies_in)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        launcher.discard(lies_in)


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the demo ended:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2) as reply:
                if reply.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the demo did not answer:\n{log.read_text()[-3000:]}")
