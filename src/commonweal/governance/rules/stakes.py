"""How much money a yes may cost, where the question says so. Pure."""

from collections.abc import Iterable, Mapping


def cents_at_stake(
    options: Iterable[Mapping[str, object]], counting: Mapping[str, object], params: Mapping[str, object]
) -> int | None:
    """The largest sum in cents to which a yes may lead; None where no sum is named.

    A budget to divide; else the dearest of the options, or as many of the dearest as may be chosen; else the
    largest sum that the effect is told (params that end in ``_cents``).
    """
    budget = counting.get("budget_cents")
    if isinstance(budget, int) and budget:
        return budget
    costs = sorted((c for o in options if isinstance(c := o.get("cost_cents"), int)), reverse=True)
    chosen = counting.get("seats")
    sums = [sum(costs[: chosen if isinstance(chosen, int) and chosen else 1])] if costs else []
    sums += [int(v) for k, v in params.items() if k.endswith("_cents") and isinstance(v, int | str) and v]
    return max(sums, default=None)
