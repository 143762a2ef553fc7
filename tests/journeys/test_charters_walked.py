"""The rule of each partnership, walked to its end on the pages of its own demo, as each of its people.

``tests/scenarios`` play the same rules through the acts; here somebody opens pages and presses what is there.
One charter is walked each time, all of them under ``slow``. ``COMMONWEAL_WALK_SHOTS`` names a folder for a
picture of each step; ``COMMONWEAL_WALK_URL`` and ``COMMONWEAL_WALK_HOME`` a demo of it that is
served already.
"""

import importlib
import os
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from . import walks
from .conftest import Demo, served
from .walks.walker import Walk

EACH_TIME = "cottage-grove"
CHARTERS = sorted(
    one.name.replace("_", "-") for one in pkgutil.iter_modules(walks.__path__) if one.name != "walker"
)


@pytest.fixture
def walk(browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Walk]:
    """A walk at the table of a charter, in a demo that ends with it."""
    charter = request.param
    if url := os.environ.get("COMMONWEAL_WALK_URL"):
        table = Walk(browser, Demo(url.rstrip("/"), Path(os.environ["COMMONWEAL_WALK_HOME"])), charter)
        yield table
        table.close()
        return
    with served(tmp_path / "demo", charter=charter) as demo:
        table = Walk(browser, demo, charter)
        yield table
        table.close()


@pytest.mark.parametrize(
    "walk",
    [pytest.param(c, id=c, marks=() if c == EACH_TIME else (pytest.mark.slow,)) for c in CHARTERS],
    indirect=True,
)
def test_the_rule_is_walked_to_its_end(walk: Walk) -> None:
    module = importlib.import_module(f".walks.{walk.charter.replace('-', '_')}", __package__)
    module.walk(walk)
