"""What the page of a decision that was voted here shows beside its effects: the certificate, read out."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from commonweal.foundation.access import Actor
from commonweal.governance.models import Decision
from commonweal.governance.queries import bylaws, proposals
from commonweal.governance.shapes import DecisionShape
from commonweal.governance.shapes_questions import QuestionShape
from commonweal.governance.vocabulary import PollKind
from commonweal.governance.web.question_after import OrganizationRow, organizations_of
from commonweal.governance.web.questions_rows import CountBlock, Step, counts_of, steps_of
from commonweal.partners import facade as partners


@dataclass(frozen=True, slots=True)
class Board:
    """A file that counts a vote again."""

    poll_id: UUID
    body: str
    digest: str


@dataclass(frozen=True, slots=True)
class Voted:
    """The vote behind a decision: each body's count, each step of the rule, and how to count again."""

    question: QuestionShape
    article: str
    article_text: str
    version: int
    counts: tuple[CountBlock, ...]
    steps: tuple[Step, ...]
    boards: tuple[Board, ...]
    override: str
    override_by: str
    digest: str
    organizations: tuple[OrganizationRow, ...] = ()

    @property
    def unmet(self) -> str:
        """What the rule asked and did not get, in its own sentences; empty where it got everything."""
        return " ".join(s.words for s in self.steps if s.kind == "is-no" and s.words.endswith("."))


@dataclass(frozen=True, slots=True)
class Below:
    """What a body below said against it."""

    body: str
    who: str
    reason: str


def voted(decision: DecisionShape, actor: Actor) -> Voted | None:
    """The vote, as this reader may see it; None where the question is another room's."""
    found = proposals.question_numbered(decision.question_number or 0, actor)
    if found is None:
        return None
    certificate: dict[str, Any] = dict(decision.certificate or {})
    law = bylaws.version_numbered(decision.bylaws_version or 0)
    rule = law.rule(found.line.matter, found.line.body_slug) if law else None
    closed = tuple(p for p in found.polls if p.counted is not None)
    override = certificate.get("override") or {}
    return Voted(
        question=found,
        article=str(certificate.get("article", "")),
        article_text=_in_words(rule.text) if rule else "",
        version=decision.bylaws_version or 0,
        counts=tuple(counts_of(found)),
        steps=tuple(steps_of(found, rule)),
        boards=tuple(Board(p.id, p.body_name, p.electorate_digest) for p in closed),
        override=str(override.get("why", "")),
        override_by=str(override.get("by", "")),
        digest=str(certificate.get("digest", "")),
        organizations=organizations_of(found.line.id, actor),
    )


def _in_words(text: Any) -> str:
    language = (get_language() or "en")[:2]
    return str(text.get(language) or text.get("en") or "")


def dissent_below(decision: DecisionShape) -> list[Below]:
    """Reasons of those who said no in bodies below that did not agree, where it was decided above them. What
    was not adopted has them with the vote of their body already."""
    if not (decision.is_certified and decision.adopted):
        return []
    row = Decision.objects.select_related("proposal__body").get(pk=decision.id)
    assert row.proposal is not None
    question = proposals.question(row.proposal.pk)
    above = row.proposal.body_id
    found = []
    for poll in question.polls if question else ():
        agreed = poll.counted is not None and poll.counted.outcome.is_adopted
        if poll.kind is PollKind.GATE and not (agreed or poll.is_secret) and above in _above(poll.body_id):
            found += [
                Below(poll.body_name, b.voter_name, str(b.choice["reason"]))
                for b in poll.ballots
                if b.is_counted and b.choice.get("position") in AGAINST and b.choice.get("reason")
            ]
    return found


AGAINST = ("no", "block", "objection", "stand-aside")


def _above(body_id: UUID) -> set[UUID]:
    """The bodies in which a body stands, up to the top."""
    found: set[UUID] = set()
    known = partners.bodies_by_id([body_id]).get(body_id)
    while known is not None and known.parent_id is not None and known.parent_id not in found:
        found.add(known.parent_id)
        known = partners.bodies_by_id([known.parent_id]).get(known.parent_id)
    return found
