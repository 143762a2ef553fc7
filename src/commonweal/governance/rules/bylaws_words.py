"""What a rule of the bylaws says, fact by fact, in sentences that are translated where they are shown. Pure.

One set of facts serves the sentence *how is this decided*, the comparison of two versions, and the check that
the article says what the rule says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from commonweal.governance.rules.quorum import class_name
from commonweal.governance.shapes_bylaws import BodyRule, Fallback, MatterRule, TermsRule
from commonweal.governance.shapes_voting import MAJORITY, QuorumRule, Share, VotingRule
from commonweal.governance.vocabulary import Base, Choosing, Method, Recused
from commonweal.kernel.words import N_


class Word(str):
    """A parameter that is English, marked for translation."""

    __slots__ = ()


class BodySlug(str):
    """A parameter that names a body."""

    __slots__ = ()


class Days(int):
    """A parameter that is a length of time in days."""


class Said(str):
    """A parameter that the bylaws say in several languages; the text itself is one of them."""

    says: Mapping[str, str]

    def __new__(cls, words: str, says: Mapping[str, str]) -> "Said":
        """``words``: what is said to a reader of another language."""
        made = super().__new__(cls, words)
        made.says = says
        return made


Param = str | int | Word | BodySlug | Days | tuple[Word, ...] | tuple[BodySlug, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a rule says. ``key`` is stable between versions; ``is_main``: in the one sentence."""

    key: str
    sentence: str
    params: Mapping[str, Param] = field(default_factory=dict)
    is_main: bool = False


FRACTIONS: dict[tuple[int, int, bool], str] = {
    (1, 2, True): N_("more than half"),
    (1, 2, False): N_("at least half"),
    (1, 3, False): N_("at least one third"),
    (2, 3, False): N_("at least two thirds"),
    (2, 3, True): N_("more than two thirds"),
    (3, 4, False): N_("at least three quarters"),
    (1, 4, False): N_("at least a quarter"),
    (1, 5, False): N_("at least one fifth"),
    (1, 10, False): N_("at least one tenth"),
    (3, 5, False): N_("at least three fifths"),
    (4, 5, False): N_("at least four fifths"),
    (1, 1, False): N_("all"),
}
BASES = {
    Base.CAST: N_("of the votes cast"),
    Base.PRESENT: N_("of those who take part"),
    Base.MEMBERSHIP: N_("of all who have a vote"),
}
CHOOSINGS = {
    Choosing.APPROVAL: N_("each marks every option that is acceptable"),
    Choosing.SCORE: N_("each gives every option points"),
    Choosing.DOTS: N_("each has a number of dots to give away"),
    Choosing.SCHULZE: N_("each ranks the options, and the one that beats the others in pairs wins (Schulze)"),
    Choosing.INSTANT_RUNOFF: N_("each ranks the options, and the weakest falls out round by round"),
    Choosing.TRANSFERABLE: N_("each ranks the options, and several places are filled in proportion"),
    Choosing.GREEDY_BUDGET: N_("the projects with the most votes are paid, as far as the money goes"),
    Choosing.KNAPSACK: N_("the projects that fit the money and together have the most votes are paid"),
    Choosing.EQUAL_SHARES: N_(
        "everyone holds an equal part of the money, and pays with it for what they choose "
        "(method of equal shares)"
    ),
}
WHO = {
    "any": N_("anyone at the table"),
    "partner": N_("partners"),
    "resident": N_("residents"),
    "lead": N_("leads"),
    "backbone": N_("the backbone"),
}


def share_words(share: Share) -> Word:
    """A share as words; the rare ones as a fraction."""
    known = FRACTIONS.get((share.numerator, share.denominator, share.over))
    if known:
        return Word(known)
    return Word(f"{'>' if share.over else '≥'} {share.numerator}/{share.denominator}")


def facts(rule: MatterRule) -> tuple[Fact, ...]:
    """What a rule says about how a matter is decided: first who and how, then the terms around it."""
    return (*_deciding(rule), *_around(rule), *_paths(rule))


def _terms(rule: TermsRule) -> Iterator[Fact]:
    usual = TermsRule()
    if rule.partial_from != usual.partial_from:
        said = N_("%(share)s of a term counts as a term")
        yield Fact("terms", said, {"share": share_words(rule.partial_from)})
    if rule.break_months != usual.break_months:
        said = N_("after %(count)s months away, terms are counted anew")
        yield Fact("terms-break", said, {"count": rule.break_months})
    if rule.leaving != usual.leaving:
        yield Fact("terms-leaving", LEAVING[rule.leaving])


LEAVING = {
    "vacant": N_("the seats of a partner that leaves stay, empty"),
    "ends": N_("the seats of a partner that leaves end"),
}


def body_facts(rule: BodyRule) -> tuple[Fact, ...]:
    """What a rule says about who must sit on a body."""
    return tuple(_sitting(rule))


def _deciding(rule: MatterRule) -> Iterator[Fact]:
    yield Fact("body", N_("%(body)s decides"), {"body": BodySlug(rule.body)}, True)
    if rule.choosing:
        yield choosing_fact(rule.choosing)
    else:
        yield from method_facts(rule.voting)
        if rule.fallback:
            yield _fallback(rule.fallback)
    yield from _quorum(rule.voting.quorum)
    if rule.gate_body:
        yield Fact("gate", N_("%(body)s must say yes"), {"body": BodySlug(rule.gate_body)}, True)
    if rule.reserved:
        yield Fact(
            "reserved",
            N_("what touches them waits for the yes of %(bodies)s"),
            {"bodies": tuple(BodySlug(slug) for slug in rule.reserved)},
            True,
        )
    if rule.longest_days:
        yield Fact(
            "longest", N_("it ends after %(days)s at the latest"), {"days": Days(rule.longest_days)}, True
        )


def choosing_fact(choosing: Choosing) -> Fact:
    """How one or more of several options are found; no share of votes is asked of any."""
    return Fact("choosing", CHOOSINGS[choosing], {}, True)


def method_facts(rule: VotingRule) -> Iterator[Fact]:
    """How a yes is found, without quorum and what waits."""
    if rule.method is Method.CONSENSUS:
        yield Fact(
            "method",
            N_("by consensus: nobody blocks it, and not more than %(share)s stand aside"),
            {"share": f"{rule.aside_limit.numerator}/{rule.aside_limit.denominator}"},
            True,
        )
    elif rule.method is Method.CONSENT:
        yield Fact("method", N_("by consent: nobody has a reasoned objection left"), {}, True)
    elif rule.method is Method.UNANIMOUS:
        yield Fact("method", N_("everyone in office says yes"), {}, True)
    else:
        yield Fact(
            "method",
            N_("%(share)s %(base)s say yes"),
            {"share": share_words(rule.threshold), "base": Word(BASES[rule.base])},
            True,
        )
    if rule.groups_needed:
        said = (
            N_("and a majority in at least %(count)s places")
            if rule.groups == "jurisdiction"
            else N_("and a majority in at least %(count)s sectors")
        )
        yield Fact("groups", said, {"count": rule.groups_needed}, True)


def _fallback(rule: Fallback) -> Fact:
    share, base = share_words(rule.threshold), Word(BASES[rule.base])
    if rule.rounds == 1:
        return Fact(
            "fallback",
            N_("where the first round finds none, %(share)s %(base)s decide"),
            {"rounds": 1, "share": share, "base": base},
            True,
        )
    return Fact(
        "fallback",
        N_("where %(rounds)s rounds find none, %(share)s %(base)s decide"),
        {"rounds": rule.rounds, "share": share, "base": base},
        True,
    )


def _quorum(rule: QuorumRule) -> Iterator[Fact]:
    authority = rule.needs_authority
    if rule.share:
        said = (
            N_("%(share)s of those in office take part, with authority to decide")
            if authority
            else N_("%(share)s of those in office take part")
        )
        yield Fact("quorum", said, {"share": share_words(rule.share)}, rule.share != MAJORITY or authority)
    if rule.count:
        said = (
            N_("at least %(count)s take part, with authority to decide")
            if authority and not rule.share
            else N_("at least %(count)s take part")
        )
        yield Fact("quorum-count", said, {"count": rule.count}, True)
    for name, count in sorted(rule.classes.items()):
        yield Fact(
            f"quorum-{name}",
            N_("among them %(count)s for %(sector)s"),
            {"count": count, "sector": _sector(name)},
            True,
        )
    if rule.recused is not Recused.COUNT:
        yield Fact("recused", N_("those who step out don’t count toward enough taking part"))


def _sector(name: str) -> Word:
    return Word(class_name(name))


def _around(rule: MatterRule) -> Iterator[Fact]:
    who = tuple(Word(WHO[one]) for one in sorted(rule.proposers))
    yield Fact("proposers", N_("proposed by: %(who)s"), {"who": who})
    if rule.notice_days:
        yield Fact("notice", N_("known %(days)s before the vote"), {"days": Days(rule.notice_days)})
    yield Fact("open", N_("the vote is open for %(days)s"), {"days": Days(rule.open_days)})
    if rule.is_secret:
        yield Fact("secret", N_("the vote is secret"))
    if not rule.is_remote:
        yield Fact("remote", N_("votes are cast in a meeting only"))
    if rule.proxies:
        said = (
            N_("one may vote for one other who asked for it")
            if rule.proxies == 1
            else N_("one may vote for up to %(count)s others who asked for it")
        )
        yield Fact("proxies", said, {"count": rule.proxies})
    if rule.tie != "fails":
        said = (
            N_("of a tie the chair’s vote decides") if rule.tie == "chair" else N_("a tie is decided by lot")
        )
        yield Fact("tie", said)
    if rule.gate_body and rule.gate_days != 30:
        yield Fact("gate-days", N_("they have %(days)s to answer"), {"days": Days(rule.gate_days)})
    if rule.review_days:
        yield Fact("review", N_("it is looked at again after %(days)s"), {"days": Days(rule.review_days)})
    if rule.follow_through:
        yield Fact(
            "follow", N_("it is carried only once somebody has taken something on by a day, or promised it")
        )
    if rule.ratify_days != 30:
        yield Fact(
            "ratify",
            N_("who has no authority to decide brings their organization’s answer within %(days)s"),
            {"days": Days(rule.ratify_days)},
        )


def _paths(rule: MatterRule) -> Iterator[Fact]:
    if e := rule.emergency:
        yield Fact(
            "emergency",
            N_("in an emergency %(share)s may decide without notice; it ends after %(days)s unless renewed"),
            {"share": share_words(e.threshold), "days": Days(e.expires_days)},
        )
        if e.gate_days:
            yield Fact(
                "emergency_gate",
                N_("in an emergency those whose yes it needs have %(days)s to give it"),
                {"days": Days(e.gate_days)},
            )
    if c := rule.challenge:
        said = (
            N_("may be challenged for %(days)s by: %(who)s; it rests meanwhile")
            if c.suspends
            else N_("may be challenged for %(days)s by: %(who)s")
        )
        who = tuple(Word(WHO[one]) for one in sorted(c.challengers))
        yield Fact("challenge", said, {"days": Days(c.within_days), "who": who})
    if o := rule.override:
        yield Fact(
            "override",
            N_(
                "where they do not answer, it may go on without them after %(days)s if %(share)s of all "
                "who have a vote said yes, with reasons"
            ),
            {"share": share_words(o.threshold), "days": Days(o.after_days)},
        )
    if d := rule.delegation:
        yield Fact("delegation", N_("the backbone may do alone: %(words)s"), {"words": Said(d.words, d.says)})
        if d.limit_cents is not None:
            yield Fact("limit", N_("up to $%(dollars)s"), {"dollars": f"{d.limit_cents / 100:,.2f}"})
        if d.act_limit_cents is not None:
            most = f"{d.act_limit_cents / 100:,.2f}"
            yield Fact("act-limit", N_("up to $%(dollars)s in one decision"), {"dollars": most})
        yield Fact("report", N_("and reports back every %(days)s"), {"days": Days(d.report_days)})
        if d.suspends:
            yield Fact("suspends", N_("and decides nothing more while a report is overdue"))


def _sitting(rule: BodyRule) -> Iterator[Fact]:
    if rule.co_leads:
        yield Fact(
            "co-leads",
            N_("%(count)s co-leads or more, each from another sector"),
            {"count": rule.co_leads},
            True,
        )
    if rule.parity:
        yield Fact("parity", N_("a resident and an institution lead it together"), {}, True)
    if rule.residents:
        yield Fact(
            "residents",
            N_("residents hold %(share)s of the filled seats"),
            {"share": share_words(rule.residents)},
            True,
        )
    for name, count in sorted(rule.sectors.items()):
        said = N_("%(sector)s is seated") if count == 1 else N_("%(sector)s has %(count)s seats filled")
        yield Fact(f"sector-{name}", said, {"sector": _sector(name), "count": count}, True)
    if rule.affected:
        yield Fact("affected", N_("those whom it is about are seated"), {}, True)
    if rule.leads_sit_on:
        yield Fact(
            "leads-above", N_("its leads also sit on %(body)s"), {"body": BodySlug(rule.leads_sit_on)}, True
        )
    asks = bool(
        rule.co_leads or rule.parity or rule.residents or rule.sectors or rule.affected or rule.leads_sit_on
    )
    if asks:
        yield Fact("cure", N_("what is lacking is mended within %(days)s"), {"days": Days(rule.cure_days)})
    yield from _terms(rule.terms)
    if rule.assent != VotingRule():
        yield Fact("assent", N_("asked for its yes, it answers so"), {}, True)
        yield from method_facts(rule.assent)
        yield from _quorum(rule.assent.quorum)
