"""Consensus and consent: not how many, but whether anyone can't live with it (DOMAIN §7.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from commonweal.governance.shapes_bylaws import Fallback
from commonweal.governance.shapes_voting import Cast, Share, Voter, VotingRule
from commonweal.governance.vocabulary import Method, Position, Result
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


def stands(cast: Cast) -> bool:
    """Whether a block or an objection stands: it has a reason, and those who judge it did not find otherwise.

    A preference is not an objection, so one without a reason does not stand.
    """
    return bool(cast.reason.strip()) and cast.is_upheld is not False


def consensus(ballots: Mapping[Voter, Cast], aside_limit: Share) -> Verdict:
    """Whether everyone can support it or live with it: no standing block, and not too many standing aside."""
    blocks = [v.name for v, cast in ballots.items() if cast.position is Position.BLOCK and stands(cast)]
    if blocks:
        return deny(
            "governance.consensus.blocked",
            N_("%(names)s can’t live with it, and said why."),
            N_("Change the proposal so that the reason falls away, and ask again."),
            names=", ".join(blocks),
        )
    aside = sum(cast.position is Position.STAND_ASIDE for cast in ballots.values())
    if not ballots:
        return deny("governance.consensus.nobody", N_("Nobody took a position."), N_("Ask everyone."))
    if aside and aside * aside_limit.denominator > aside_limit.numerator * len(ballots):
        return deny(
            "governance.consensus.aside",
            N_("%(aside)s of %(all)s stand aside: too many for a consensus."),
            N_("Change the proposal so that more can stand behind it."),
            aside=aside,
            all=len(ballots),
        )
    return allow("governance.consensus.reached", N_("Everyone supports it or can live with it."))


def consent(ballots: Mapping[Voter, Cast], *, round_was_held: bool, notice_was_given: bool) -> Verdict:
    """Whether nobody has a reasoned objection. Silence is consent only where people were told and asked."""
    if not (round_was_held and notice_was_given):
        return deny(
            "governance.consent.no-round",
            N_("Nobody was asked in a round with notice, so silence is not consent."),
            N_("Give notice, and hold a round."),
        )
    standing = [v.name for v, cast in ballots.items() if cast.position is Position.OBJECTION and stands(cast)]
    if standing:
        return deny(
            "governance.consent.objection",
            N_("%(names)s object, and said how it harms what we are here for."),
            N_("Change the proposal so that the objection falls away, or try it for a limited time."),
            names=", ".join(standing),
        )
    return allow("governance.consent.reached", N_("Nobody has an objection that stands."))


def next_asking(rule: VotingRule, fallback: Fallback | None, came_to: Iterable[Result]) -> VotingRule:
    """The rule under which a question is asked next: consensus still, or the vote on which it falls back.

    ``came_to``: what each earlier asking came to. A round counts where enough took part and found no
    consensus, so nobody gets to the vote by asking an empty room. Quorum and the residents' gate stay
    (DOMAIN §7.4).
    """
    if fallback is None or rule.method is not Method.CONSENSUS:
        return rule
    if rounds_without(came_to) < fallback.rounds:
        return rule
    return replace(rule, method=Method.VOTE, threshold=fallback.threshold, base=fallback.base)


def rounds_without(came_to: Iterable[Result]) -> int:
    """How many rounds were held in full and found no consensus."""
    return sum(result is Result.REJECTED for result in came_to)
