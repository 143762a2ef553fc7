"""Whether an analysis may run, what it counts, and which of it may be told. No second disclosure control:
its table goes through the one that releases go through, with two bars of its own for organizations."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.measures.rules.disclosure.lattice import Key
from commonweal.measures.rules.disclosure.suppress import CannotProtectError, protect
from commonweal.measures.rules.disclosure.tables import DEFAULT, Cell, Sum, Table, Tie
from commonweal.measures.shapes_data import OccasionRow, RequestRow
from commonweal.measures.vocabulary import WHOLE
from commonweal.measures.vocabulary_data import FEWEST_HOLDERS, Population

ALL, REST, PUBLIC = "all", "rest", "public"

Row = RequestRow | OccasionRow
Counts = Mapping[str, Mapping[str, int]]
"""Holder, what, how many."""

COUNTABLE: dict[Population, tuple[str, ...]] = {
    Population.REQUESTS: ("need-domain", "request-accepted", "request-outcome", "need-met"),
    Population.OCCASIONS: ("topics-asked", "screening-outcome"),
}
"""The elements by which rows can be parted. Each row falls into exactly one value of each."""

_OF_REQUEST: dict[str, Callable[[RequestRow], str]] = {
    "need-domain": lambda row: row.domain.value,
    "request-accepted": lambda row: "accepted" if row.accepted else "not-accepted",
    "request-outcome": lambda row: "known" if row.known else "unknown",
    "need-met": lambda row: "met" if row.met else "not-met",
}
_OF_OCCASION: dict[str, Callable[[OccasionRow], str]] = {
    "topics-asked": lambda row: "all-core" if row.all_core else "not-all",
    "screening-outcome": lambda row: "complete" if row.complete else "not-complete",
}
PUBLISHED = {
    "sent": ALL,
    "known": "request-outcome.known",
    "accepted": "request-accepted.accepted",
    "met": "need-met.met",
}
"""Counts of the public pages, and what they are called here: the same rows of everyone."""


def may_run(*, decided: bool, expired: bool, undefined: Sequence[str], yes: int, fewest: int) -> Verdict:
    """May an analysis run, and may what it told be read?"""
    if expired:
        return deny(
            "analysis.expired",
            N_("Its time is over, so it is read no more."),
            N_("Ask anew, with a new end."),
        )
    if not decided:
        return deny(
            "analysis.not-decided",
            N_("No decision of the table lets it run."),
            N_("Put it to the table as a question."),
        )
    if undefined:
        return deny(
            "analysis.undefined",
            N_("It uses data that is not defined together."),
            N_("Let the table define it first."),
        )
    if yes < fewest:
        return deny(
            "analysis.blind",
            N_("Too few of those who hold the data have said yes. Until then it stays blind."),
            N_("Each holder answers for its own rows. Silence is no yes."),
        )
    return allow(
        "analysis.authorized", N_("The table decided it, and enough holders said yes to their rows.")
    )


def count(rows: Iterable[Row], elements: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many rows of each holder fall into each value of each element."""
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        own = found.setdefault(row.holder, {})
        for what in (ALL, *(f"{one}.{_value(row, one)}" for one in elements)):
            own[what] = own.get(what, 0) + 1
    return found


def _value(row: Row, element: str) -> str:
    if isinstance(row, RequestRow):
        return _OF_REQUEST[element](row)
    return _OF_OCCASION[element](row)


@dataclass(frozen=True)
class Earlier:
    """What was told before of the same quarter: by which name, over whose rows, and what of it was shown."""

    name: str
    holders: frozenset[str]
    shown: frozenset[tuple[str, str]]
    held: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Asked:
    """One quarter of an analysis: whose rows, by which elements, and who may be told alone."""

    holders: frozenset[str]
    elements: tuple[str, ...]
    alone: frozenset[str] = frozenset()
    fewest: int = FEWEST_HOLDERS


@dataclass(frozen=True)
class Answer:
    """What may be told: ``cells`` by who and what, None where it is held back; empty where none may."""

    cells: Mapping[tuple[str, str], int | None] = field(default_factory=dict)
    why_not: str = ""


TOO_FEW = N_("too few organizations had rows")
TOO_NEAR = N_("beside what was told before, it would give one organization away")
CANNOT = N_("what was told before leaves no way to protect it")


def tells_on_one(counts: Iterable[int], fewest: int) -> bool:
    """Whether a figure tells on one organization: too few have a part in it, or one has three quarters.

    >>> tells_on_one([30, 12, 11], 3), tells_on_one([60, 12, 0], 3), tells_on_one([90, 12, 11], 3)
    (False, True, True)
    """
    there = [n for n in counts if n]
    return 0 < len(there) < fewest or 4 * max(there, default=0) > 3 * sum(there) > 0


def too_near(holders: frozenset[str], earlier: Iterable[Earlier], fewest: int) -> bool:
    """Whether the difference between this and something told before would be one or two organizations'."""
    return any(0 < len(holders ^ before.holders) < fewest for before in earlier)


def tell(
    asked: Asked, counts: Counts, earlier: Sequence[Earlier], public: Mapping[str, int | None]
) -> Answer:
    """Which cells of a quarter may be told.

    ``counts``: of every holder, also of those who said no, since what is told must not give theirs away.
    ``public``: what the public pages show of everyone, None where it is held back.
    """
    contributors = frozenset(h for h in asked.holders if counts.get(h, {}).get(ALL))
    if len(contributors) < asked.fewest:
        return Answer(why_not=TOO_FEW)
    if too_near(contributors, earlier, asked.fewest):
        return Answer(why_not=TOO_NEAR)
    laid = _Laid(asked, contributors, counts, earlier, public)
    try:
        protection = protect(
            laid.table(), DEFAULT, shown_before=laid.shown_before(), hidden_before=laid.hidden_before()
        )
    except CannotProtectError:
        return Answer(why_not=CANNOT)
    cells: dict[tuple[str, str], int | None] = {}
    for who in (WHOLE, *sorted(contributors & asked.alone)):
        for what in laid.told:
            key = Key("q", who, what)
            cells[who, what] = laid.counts[key] if protection.shows(key) else None
    return Answer(cells)


class _Laid:
    """The table of a quarter: every holder that something was or is told of, the rest, and the sums."""

    def __init__(
        self,
        asked: Asked,
        contributors: frozenset[str],
        counts: Counts,
        earlier: Sequence[Earlier],
        public: Mapping[str, int | None],
    ) -> None:
        self.asked, self.contributors, self.earlier = asked, contributors, earlier
        whats = sorted({what for own in counts.values() for what in own})
        self.told = [w for w in whats if w == ALL or w.partition(".")[0] in asked.elements]
        self.whats = whats
        self.alone = sorted(contributors.union(*(before.holders for before in earlier)))
        others = [h for h in counts if h not in self.alone]
        self.counts: dict[Cell, int] = {}
        for holder in self.alone:
            self._put(holder, [counts.get(holder, {})])
        self._put(REST, [counts[h] for h in others])
        self._put(WHOLE, [counts[h] for h in contributors])
        for before in earlier:
            self._put(before.name, [counts.get(h, {}) for h in before.holders])
        self._put(PUBLIC, list(counts.values()))
        self.public = {PUBLISHED[name]: value for name, value in public.items() if name in PUBLISHED}

    def _put(self, who: str, parts: Sequence[Mapping[str, int]]) -> None:
        for what in self.whats:
            self.counts[Key("q", who, what)] = sum(part.get(what, 0) for part in parts)

    def table(self) -> Table:
        sums = [*self._splits(), *self._of_places()]
        owners: dict[Cell, str] = {Key("q", h, what): h for h in self.alone for what in self.whats}
        worth: dict[Cell, int] = {
            key: 10 * (key.who == WHOLE) + (key.what == ALL) for key in self.counts if isinstance(key, Key)
        }
        return Table(self.counts, tuple(sums), owners, worth)

    def _splits(self) -> Iterable[Sum]:
        elements = sorted({what.partition(".")[0] for what in self.whats if what != ALL})
        places = [WHOLE, REST, PUBLIC, *self.alone, *(before.name for before in self.earlier)]
        for who in places:
            for element in elements:
                parts = tuple(Key("q", who, w) for w in self.whats if w.startswith(f"{element}."))
                yield Sum(Key("q", who, ALL), parts, Tie.SPLITS)

    def _of_places(self) -> Iterable[Sum]:
        sets = [(WHOLE, self.contributors), *((b.name, b.holders) for b in self.earlier)]
        for name, holders in sets:
            for what in self.whats:
                yield Sum(Key("q", name, what), tuple(Key("q", h, what) for h in sorted(holders)))
        for what in self.whats:
            parts = tuple(Key("q", h, what) for h in (*self.alone, REST))
            yield Sum(Key("q", PUBLIC, what), parts)

    def shown_before(self) -> frozenset[Cell]:
        public = {Key("q", PUBLIC, what) for what, value in self.public.items() if value is not None}
        return frozenset(self._known() | {key for key in public if key in self.counts})

    def _known(self) -> set[Cell]:
        found: set[Cell] = set()
        for before in self.earlier:
            for who, what in before.shown:
                key = Key("q", who if who != WHOLE else before.name, what)
                if key in self.counts:
                    found.add(key)
        return found

    def hidden_before(self) -> frozenset[Cell]:
        """What is told to nobody, was held back before, or tells on one organization."""
        shown = self.shown_before()
        own = {
            Key("q", h, what) for h in self.alone for what in self.whats
            if h not in self.asked.alone or h not in self.contributors or what not in self.told
        }  # fmt: skip
        rest = {Key("q", who, what) for who in (REST, PUBLIC) for what in self.whats}
        held = {Key("q", w if w != WHOLE else b.name, what) for b in self.earlier for w, what in b.held}
        not_told = {
            Key("q", name, what)
            for name in (WHOLE, *(b.name for b in self.earlier))
            for what in self.whats
            if name != WHOLE or what not in self.told
        }
        tells = {Key("q", WHOLE, what) for what in self.told if self._tells(what)}
        return frozenset(key for key in own | rest | held | not_told | tells if key in self.counts) - shown

    def _tells(self, what: str) -> bool:
        parts = [self.counts[Key("q", h, what)] for h in self.contributors]
        held_in_public = what in self.public and self.public[what] is None
        return held_in_public or tells_on_one(parts, self.asked.fewest)


def quarters(first: date, last: date) -> list[date]:
    """The first days of the quarters from one to the other."""
    found, day = [], first
    while day <= last:
        found.append(day)
        day = date(day.year + (day.month > 9), (day.month + 2) % 12 + 1, 1)
    return found
