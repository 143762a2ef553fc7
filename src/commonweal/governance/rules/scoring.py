"""Several options by approval, by score and by dots: sums of integers, ties told and not hidden."""

from collections.abc import Iterable, Mapping, Sequence

from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_


def approval(ballots: Iterable[Iterable[str]], options: Sequence[str]) -> dict[str, int]:
    """How many said yes to each option. An option named twice on a ballot counts once."""
    sums = dict.fromkeys(options, 0)
    for ballot in ballots:
        for option in set(ballot):
            sums[_known(option, sums)] += 1
    return sums


def score(ballots: Iterable[Mapping[str, int]], options: Sequence[str], most: int) -> dict[str, int]:
    """The points of each option, 0 to ``most`` a ballot; an option left out has none."""
    sums = dict.fromkeys(options, 0)
    for ballot in ballots:
        for option, points in ballot.items():
            if not 0 <= points <= most:
                raise BadInput(option, N_("Give it from nothing up to the most points."))
            sums[_known(option, sums)] += points
    return sums


def dots(ballots: Iterable[Mapping[str, int]], options: Sequence[str], each: int) -> dict[str, int]:
    """The dots of each option. Everyone has ``each`` dots to lay where they like, several on one too."""
    sums = dict.fromkeys(options, 0)
    for ballot in ballots:
        if any(count < 0 for count in ballot.values()) or sum(ballot.values()) > each:
            raise BadInput("dots", N_("More dots were laid than there are."))
        for option, count in ballot.items():
            sums[_known(option, sums)] += count
    return sums


def winners(sums: Mapping[str, int], seats: int = 1) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those who are in for certain, and those who tie for what is left; both sorted by name."""
    ordered = sorted(sums, key=lambda option: (-sums[option], option))
    if len(ordered) <= seats:
        return tuple(sorted(ordered)), ()
    line = sums[ordered[seats - 1]]
    if sums[ordered[seats]] != line:
        return tuple(sorted(ordered[:seats])), ()
    certain = tuple(sorted(option for option in ordered if sums[option] > line))
    return certain, tuple(sorted(option for option in ordered if sums[option] == line))


def _known(option: str, sums: Mapping[str, int]) -> str:
    if option not in sums:
        raise BadInput(option, N_("This is not one of the options."))
    return option
