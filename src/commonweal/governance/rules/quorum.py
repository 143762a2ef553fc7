"""Whether enough take part: checked at every vote, not only when the meeting opens (DOMAIN §7.3)."""

from collections import Counter

from commonweal.governance.shapes_voting import Electorate, QuorumRule, Voter
from commonweal.governance.vocabulary import Authority, Recused
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners.vocabulary import SECTOR_NAMES

RESIDENTS = "residents"
CLASS_NAMES: dict[str, str] = {
    **{s.value: name for s, name in SECTOR_NAMES.items()},
    RESIDENTS: N_("Residents"),
}
"""Of whom a quorum may ask how many take part, by the key in the bylaws."""


def quorum(electorate: Electorate, rule: QuorumRule) -> Verdict:
    """Whether enough are there now: in number, in each class, and with the authority that the rule asks."""
    there = list({v.has_one_vote_as: v for v in electorate.voters if _counts(v, rule)}.values())
    needed = least_needed(electorate, rule)
    if len(there) < needed:
        return deny(
            "governance.quorum.number",
            N_("%(there)s take part who count; %(needed)s are needed."),
            N_("Wait for more to come, or vote on another day."),
            there=len(there),
            needed=needed,
        )
    lacking = _lacking_class(there, rule)
    if lacking:
        name, have, asked = lacking
        return deny(
            "governance.quorum.class",
            N_("%(name)s: %(there)s take part; %(needed)s are needed."),
            N_("Ask them to come, or vote on another day."),
            name=class_name(name),
            there=have,
            needed=asked,
        )
    return allow(
        "governance.quorum.met",
        N_("%(there)s take part; %(needed)s are needed."),
        there=len(there),
        needed=needed,
    )


def least_needed(electorate: Electorate, rule: QuorumRule) -> int:
    """How many must take part, with the base that the rule leaves when some step out."""
    base = electorate.in_office
    if rule.recused is Recused.LEAVE_REDUCED_BASE:
        base -= sum(voter.is_recused for voter in electorate.voters)
    by_share = rule.share.least_of(base) if rule.share else 0
    return max(by_share, rule.count)


def _counts(voter: Voter, rule: QuorumRule) -> bool:
    if not voter.is_present or (voter.is_recused and rule.recused is not Recused.COUNT):
        return False
    return not rule.needs_authority or voter.authority is not Authority.NONE


def class_name(key: str) -> str:
    """What a class of voters is called, marked for translation: a sector, or the residents."""
    return CLASS_NAMES.get(key, key)


def _lacking_class(there: list[Voter], rule: QuorumRule) -> tuple[str, int, int] | None:
    """The first class of which too few take part. *residents* are a class whatever their sector."""
    have = Counter(voter.sector for voter in there)
    have[RESIDENTS] = sum(voter.is_resident for voter in there)
    return next(((name, have[name], n) for name, n in sorted(rule.classes.items()) if have[name] < n), None)
