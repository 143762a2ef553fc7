"""Rules and electorates in plain values that survive JSON, and their digests. What is frozen stands in
this form.

Canonical JSON: keys sorted, no blanks, UTF-8; an outsider with any JSON library gets the same digest.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commonweal.governance.shapes_voting import (
    MAJORITY,
    Electorate,
    QuorumRule,
    Share,
    Voter,
    VotingRule,
)
from commonweal.governance.vocabulary import Authority, Base, Choosing, Matter, Method, Recused
from commonweal.kernel.verdict import Verdict

Plain = Mapping[str, Any]


def canonical(value: object) -> bytes:
    """The one way to write a plain value down."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


@dataclass(frozen=True, slots=True)
class Frozen:
    """The rule of one poll as it stood when voting opened.

    ``counting``: seats, most points, dots, budget_cents where options are counted. ``chair``: the voter whose
    vote decides a tie where ``tie`` is *chair*. ``is_emergency``: opened before notice had run.
    ``assent``: of a
    gate, *residents* or *reserved* (a body below).
    """

    matter: Matter
    article: str
    voting: VotingRule = field(default_factory=VotingRule)
    choosing: Choosing | None = None
    counting: Mapping[str, int] = field(default_factory=dict)
    tie: str = "fails"
    chair: str = ""
    is_secret: bool = False
    is_remote: bool = True
    is_emergency: bool = False
    proxies: int = 0
    gate_days: int = 30
    ratify_days: int = 30
    override: Mapping[str, Any] | None = None
    assent: str = ""

    def plain(self) -> dict[str, Any]:
        """As a poll keeps it."""
        return {
            "matter": self.matter.value,
            "article": self.article,
            "voting": voting_plain(self.voting),
            "choosing": self.choosing.value if self.choosing else None,
            "counting": dict(self.counting),
            "tie": self.tie,
            "chair": self.chair,
            "secret": self.is_secret,
            "remote": self.is_remote,
            "emergency": self.is_emergency,
            "proxies": self.proxies,
            "gate_days": self.gate_days,
            "ratify_days": self.ratify_days,
            "override": dict(self.override) if self.override else None,
            "assent": self.assent,
        }


def frozen_of(plain: Plain) -> Frozen:
    """The rule that a poll keeps."""
    return Frozen(
        matter=Matter(plain["matter"]),
        article=plain["article"],
        voting=voting_of(plain["voting"]),
        choosing=Choosing(plain["choosing"]) if plain["choosing"] else None,
        counting=plain["counting"],
        tie=plain["tie"],
        chair=plain["chair"],
        is_secret=plain["secret"],
        is_remote=plain["remote"],
        is_emergency=plain["emergency"],
        proxies=plain["proxies"],
        gate_days=plain["gate_days"],
        ratify_days=plain["ratify_days"],
        override=plain["override"],
        assent=plain["assent"],
    )


def share_plain(share: Share | None) -> dict[str, Any] | None:
    """A share, or None for none."""
    if share is None:
        return None
    return {"numerator": share.numerator, "denominator": share.denominator, "over": share.over}


def share_of(plain: Plain | None) -> Share | None:
    """The share that ``share_plain`` wrote."""
    return Share(plain["numerator"], plain["denominator"], plain["over"]) if plain else None


def voting_plain(rule: VotingRule) -> dict[str, Any]:
    """How a class of matters is decided."""
    return {
        "method": rule.method.value,
        "threshold": share_plain(rule.threshold),
        "base": rule.base.value,
        "quorum": {
            "share": share_plain(rule.quorum.share),
            "count": rule.quorum.count,
            "classes": dict(rule.quorum.classes),
            "needs_authority": rule.quorum.needs_authority,
            "recused": rule.quorum.recused.value,
        },
        "needs_residents": rule.needs_residents,
        "groups": rule.groups,
        "groups_needed": rule.groups_needed,
        "aside_limit": share_plain(rule.aside_limit),
    }


def voting_of(plain: Plain) -> VotingRule:
    """The rule that ``voting_plain`` wrote."""
    quorum = plain["quorum"]
    return VotingRule(
        method=Method(plain["method"]),
        threshold=share_of(plain["threshold"]) or MAJORITY,
        base=Base(plain["base"]),
        quorum=QuorumRule(
            share=share_of(quorum["share"]),
            count=quorum["count"],
            classes=quorum["classes"],
            needs_authority=quorum["needs_authority"],
            recused=Recused(quorum["recused"]),
        ),
        needs_residents=plain["needs_residents"],
        groups=plain["groups"],
        groups_needed=plain["groups_needed"],
        aside_limit=share_of(plain["aside_limit"]) or Share(1, 4),
    )


def electorate_plain(electorate: Electorate, seats: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Who may vote, in the order of their ids; ``seats``: from which seats each of them casts."""
    voters = sorted(electorate.voters, key=lambda v: v.id)
    return {
        "in_office": electorate.in_office,
        "voters": [
            {
                "id": v.id,
                "name": v.name,
                "sector": v.sector,
                "jurisdiction": v.jurisdiction,
                "unit": v.unit,
                "is_resident": v.is_resident,
                "authority": v.authority.value,
                "is_recused": v.is_recused,
                "seats": sorted(seats.get(v.id, ())),
            }
            for v in voters
        ],
    }


def electorate_of(plain: Plain) -> Electorate:
    """The electorate that was frozen. Nobody is present yet: taking part makes one so."""
    return Electorate(tuple(voter_of(v) for v in plain["voters"]), plain["in_office"])


def voter_of(plain: Plain) -> Voter:
    """One voter of it."""
    return Voter(
        id=plain["id"],
        name=plain["name"],
        sector=plain["sector"],
        jurisdiction=plain["jurisdiction"],
        unit=plain["unit"],
        is_resident=plain["is_resident"],
        authority=Authority(plain["authority"]),
        is_present=False,
        is_recused=plain["is_recused"],
    )


def verdict_plain(verdict: Verdict) -> dict[str, Any]:
    """A step of a rule, with its sentence in English and what fills it."""
    return {
        "allowed": verdict.allowed,
        "rule": verdict.rule,
        "sentence": verdict.sentence,
        "cure": verdict.cure,
        "params": {k: v if isinstance(v, int) else str(v) for k, v in verdict.params.items()},
    }


def verdict_of(plain: Plain) -> Verdict:
    """The step that ``verdict_plain`` wrote."""
    return Verdict(plain["allowed"], plain["rule"], plain["sentence"], plain["cure"], plain["params"])


def ballot_digest(poll: str, ballot: Plain) -> str:
    """The digest of one ballot, which covers the one before it."""
    names = ("place", "voter", "unit", "choice", "channel", "provenance", "receipt", "occurred_at", "before")
    return digest({"poll": poll, **{name: ballot[name] for name in names}})
