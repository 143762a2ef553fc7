"""Proxies: who votes in whose place on a question, how many one may carry, and until when they are given."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.models import Poll, Proposal, Proxy
from commonweal.governance.queries.electorates import roll_of
from commonweal.governance.queries.laws import rule_for
from commonweal.governance.vocabulary import PollKind, Stage
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

STILL = (Stage.DRAFT, Stage.TALKING, Stage.NOTICE, Stage.VOTING)
"""Stages in which somebody may still vote for another."""


@dataclass(frozen=True, slots=True)
class Given:
    """A proxy that stands: who carries whose vote, in which words."""

    id: UUID
    question_number: int
    giver: str
    giver_name: str
    carrier: str
    carrier_name: str
    words: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A voter for whom the reader speaks, with the proxy that stands for it, and those that it carries."""

    voter: str
    name: str
    given: Given | None
    carried: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Carrier:
    """Somebody who could carry a vote: how many it carries already."""

    voter: str
    name: str
    carries: int


def _last_main(row: Proposal) -> Poll | None:
    found = row.polls.filter(kind=PollKind.MAIN.value).order_by("-opens_at").first()
    return found if row.stage == Stage.VOTING.value else None


def most_carried(row: Proposal) -> int:
    """How many proxies one voter may carry: as frozen while voting is open, else by the bylaws; 0: none."""
    poll = _last_main(row)
    if poll is not None:
        return int(poll.rule["proxies"])
    rule = rule_for(row)
    return rule.proxies if rule else 0


def may_be_given(row: Proposal) -> Verdict:
    """Whether votes on this question may be given into another's hand now."""
    if not most_carried(row):
        return deny(
            "governance.proxy.none",
            N_("The bylaws have no proxies for this."),
            N_("An alternate of the seat may vote."),
        )
    poll = _last_main(row)
    if Stage(row.stage) not in STILL or (poll is not None and poll.closed_at is not None):
        return deny("governance.proxy.over", N_("Nobody votes on this any more."))
    return allow("governance.proxy.may", N_("The bylaws have proxies for this."))


def standing(rows: Iterable[Proposal]) -> list[Given]:
    """The proxies on questions that stand, by name of the giver."""
    found = Proxy.objects.filter(proposal__in=[row.pk for row in rows], revoked_at=None)
    return [
        Given(p.pk, p.proposal.number, p.giver, p.giver_name, p.carrier, p.carrier_name, p.words)
        for p in found.select_related("proposal").order_by("giver_name")
    ]


def voices(row: Proposal, actor: Actor) -> list[Voice]:
    """The voters of the question's body for whom the reader speaks."""
    mine = {s.voter_id for s in access.seats_of_account(actor) if s.body_id == row.body_id and s.has_vote}
    given = standing([row])
    return [
        Voice(
            v.id,
            v.name,
            next((g for g in given if g.giver == v.id), None),
            tuple(g for g in given if g.carrier == v.id),
        )
        for v in roll_of(row.body_id).electorate.voters
        if v.id in mine
    ]


def carriers(row: Proposal, giver: str) -> list[Carrier]:
    """Who could carry a voter's vote: the other voters who carry fewer than the bylaws allow."""
    most, given = most_carried(row), standing([row])
    found = []
    for v in roll_of(row.body_id, row).electorate.voters:
        carries = sum(g.carrier == v.id and g.giver != giver for g in given)
        if v.id != giver and carries < most and not v.is_recused:
            found.append(Carrier(v.id, v.name, carries))
    return sorted(found, key=lambda one: one.name.casefold())


def open_to(actor: Actor) -> list[Proposal]:
    """The questions on which the reader votes and could give or carries a proxy, the newest first."""
    bodies = {s.body_id for s in access.seats_of_account(actor) if s.has_vote}
    rows = Proposal.objects.filter(body_id__in=bodies, stage__in=[s.value for s in STILL])
    return [row for row in rows.select_related("body").order_by("-number") if may_be_given(row)]
