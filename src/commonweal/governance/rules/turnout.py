"""Who took part and how, by class of voter: of votes in the open, where everyone's ballot is read anyway.

Of a secret vote nothing is told by class, whatever the numbers: with the total it could point at someone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commonweal.governance.shapes_voting import Electorate, Voter

RESIDENTS = "residents"


@dataclass(frozen=True, slots=True)
class ByClass:
    """One class: how many could vote (units under common control once), how many did, and what they said."""

    key: str
    entitled: int
    took_part: int
    said: Mapping[str, int]


def class_of(voter: Voter, groups: str = "") -> str:
    """The class of a voter: its place where places are counted, else residents, else its sector."""
    if groups == "jurisdiction":
        return voter.jurisdiction
    return RESIDENTS if voter.is_resident else voter.sector


def by_class(electorate: Electorate, said: Mapping[str, str], groups: str = "") -> list[ByClass]:
    """Counts by class, in the order of their keys; empty where there is one class only.

    ``said``: the position of each voter whose ballot counts. Who stepped out is not counted as one who could.
    """
    rows: dict[str, dict[str, str]] = {}
    for voter in sorted(electorate.voters, key=lambda v: (v.id not in said, v.id)):
        if not voter.is_recused:
            units = rows.setdefault(class_of(voter, groups), {})
            units.setdefault(voter.has_one_vote_as, said.get(voter.id, ""))
    if len(rows) < 2:
        return []
    return [_row(key, units.values()) for key, units in sorted(rows.items())]


def _row(key: str, said: Iterable[str]) -> ByClass:
    every = list(said)
    cast = [one for one in every if one]
    return ByClass(key, len(every), len(cast), {one: cast.count(one) for one in dict.fromkeys(sorted(cast))})
