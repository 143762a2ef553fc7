"""The choices by which the register and the list of questions are searched, and what fits them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from commonweal.governance.rules import finding
from commonweal.governance.rules.finding import Asked, Facts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a field."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A field with the choices that the list has; ``every`` is the one that asks nothing."""

    name: str
    label: str
    every: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked, the fields that ask it, and how much fits of how much."""

    words: str
    asked: Asked
    fields: tuple[Field, ...]
    fits: int
    of: int

    @property
    def is_on(self) -> bool:
        """Whether only a part is shown."""
        return not self.asked.is_empty


Names = Mapping[str, Mapping[str, str]]
"""By field: the names of its values, translated, in their order."""


def search(
    request: HttpRequest, entries: Sequence[T], facts: Callable[[T], Facts], names: Names
) -> tuple[list[T], Search]:
    """The entries that fit what the address asks, and the fields to ask otherwise.

    Only what occurs in ``entries``, which are those that the reader may read, can be chosen and is found.
    """
    held = _held(facts(entry) for entry in entries)
    years = {year: year for year in sorted(held.get("year", ()), reverse=True)}
    shown = {
        **{n: {v: w for v, w in w.items() if v in held.get(n, ())} for n, w in names.items()},
        "year": years,
    }
    said = {name: request.GET.get(name, "") for name in ("q", *finding.NAMES)}
    if request.GET.get("show") == "live":
        said["state"] = said["state"] or "live"
    if said["state"] in names["state"]:  # asked for and found nowhere: nothing is shown, and not everything
        shown["state"] = {v: w for v, w in names["state"].items() if v in {*shown["state"], said["state"]}}
    what = finding.asked(said, shown)
    kept = finding.found(entries, facts, what)
    labels = {
        "body": (_("Who decides"), _("Every body")),
        "matter": (_("About what"), _("Everything")),
        "state": (_("How it stands"), _("However it stands")),
        "year": (_("Year"), _("Every year")),
    }
    fields = tuple(
        Field(
            name, *labels[name], tuple(Choice(v, w, what.kept.get(name) == v) for v, w in shown[name].items())
        )
        for name in finding.NAMES
        if len(shown.get(name, ())) > 1 or name in what.kept
    )
    return kept, Search(request.GET.get("q", "")[:100], what, fields, len(kept), len(entries))


def _held(facts: Iterable[Facts]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in facts:
        for name, values in one.values.items():
            found.setdefault(name, set()).update(values)
    return found
