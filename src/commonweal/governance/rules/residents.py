"""The residents' gate: what nothing moves without (DOMAIN §7.5). It is apart from the tally, and above it."""

from collections.abc import Sequence

from commonweal.governance.rules.counting import counted, passes, tally
from commonweal.governance.rules.quorum import quorum
from commonweal.governance.shapes_voting import Cast, Electorate, VotingRule
from commonweal.governance.vocabulary import Gate
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


def gate_of(rule: VotingRule, residents: Electorate, casts: Sequence[Cast] | None) -> Gate:
    """What the residents' body answered under its own rule. None: it was not asked.

    Nobody there, or too few: not reached, which is neither yes nor no. Abstaining is not buy-in: where nobody
    said yes or no, they have not answered.
    """
    if casts is None:
        return Gate.NOT_ASKED
    if not quorum(residents, rule.quorum):
        return Gate.NOT_REACHED
    votes = tally(counted(residents, casts))
    if not votes.cast:
        return Gate.NOT_REACHED
    return Gate.AFFIRMED if passes(rule, residents, votes) else Gate.WITHHELD


def gate(answer: Gate) -> Verdict:
    """The gate as a step of the rule."""
    if answer is Gate.AFFIRMED:
        return allow("governance.residents.affirmed", N_("The residents said yes."))
    if answer is Gate.WITHHELD:
        return deny(
            "governance.residents.withheld",
            N_("The residents withheld their yes, so it is not adopted, however the votes stand."),
            N_("Hear their reasons, change the proposal, and ask again."),
        )
    return deny(
        "governance.residents.waiting",
        N_("The residents have not answered, so nothing takes effect yet."),
        N_("Ask the residents’ body. Enough of them must be there."),
    )
