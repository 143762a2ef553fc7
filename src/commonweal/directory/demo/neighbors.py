"""The rest of the county's list: ``neighbors.toml``."""

import tomllib
from dataclasses import dataclass
from importlib import resources

from commonweal.kernel.domains import NeedDomain

Hours = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of organization and one thing it offers; of each list one entry is drawn for a service."""

    kind: str
    name: str
    description: str
    needs: tuple[NeedDomain, ...]
    share: int
    hours: tuple[Hours, ...]
    fees: tuple[str, ...] = ("Free",)
    documents: tuple[str, ...] = ("None", "", "Photo ID")
    apply: tuple[str, ...] = ("Walk in during open hours.", "Call for an appointment.", "")
    ages: tuple[tuple[object, object], ...] = (("", ""),)


def _patterns() -> tuple[Pattern, ...]:
    text = resources.files(__package__).joinpath("neighbors.toml").read_text(encoding="utf-8")
    patterns = []
    for raw in tomllib.loads(text)["pattern"]:
        lists = {name: tuple(value) for name, value in raw.items() if isinstance(value, list)}
        lists["needs"] = tuple(NeedDomain(code) for code in raw["needs"])
        lists["hours"] = tuple(tuple(tuple(line) for line in lines) for lines in raw["hours"])
        patterns.append(Pattern(**{**raw, **lists}))
    return tuple(patterns)


PATTERNS = _patterns()
