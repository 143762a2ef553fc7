"""The rounds of a question that seeks consensus or consent: this one, those before, and what comes next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonweal.governance.queries import bylaws_said
from commonweal.governance.rules.bylaws_words import BASES, choosing_fact, method_facts, share_words
from commonweal.governance.rules.consensus import next_asking, rounds_without
from commonweal.governance.shapes_bylaws import MatterRule
from commonweal.governance.shapes_questions import PollShape, QuestionShape
from commonweal.governance.shapes_voting import VotingRule
from commonweal.governance.vocabulary import Choosing, Method, PollKind, Result, Stage
from commonweal.governance.web.words import STAGE_WORDS
from commonweal.kernel.words import N_

SEEKING = frozenset({Method.CONSENSUS, Method.CONSENT})


@dataclass(frozen=True, slots=True)
class Round:
    """What a page says of the round: in the line of the heading, and as a note."""

    name: str
    note: str


NOT_ASKED = frozenset({Stage.DRAFT, Stage.TALKING, Stage.NOTICE})
"""Stages in which this round has not been asked."""


def last_round(found: QuestionShape) -> tuple[PollShape, ...]:
    """The polls of this round: the deciding body's, then of each other body the last. Empty before it is
    asked."""
    if found.line.stage in NOT_ASKED:
        return ()
    main = max((p for p in found.polls if p.kind is PollKind.MAIN), key=lambda p: p.opens_at, default=None)
    if main is None:
        return ()
    asked = sorted(
        (p for p in found.polls if p.kind is PollKind.GATE and p.opens_at >= main.opens_at),
        key=lambda p: p.opens_at,
    )
    return (main, *{poll.body_id: poll for poll in asked}.values())


def earlier(found: QuestionShape) -> tuple[PollShape, ...]:
    """The polls of rounds before, and those that were asked again since; oldest first."""
    last = {poll.id for poll in last_round(found)}
    return tuple(poll for poll in found.polls if poll.id not in last)


def found_no_agreement(found: QuestionShape) -> bool:
    """Whether the round was held in full, found no agreement, and may be followed by another."""
    polls = last_round(found)
    if found.line.stage is not Stage.VOTING or not polls or any(p.counted is None for p in polls):
        return False
    main = polls[0]
    assert main.counted is not None
    return main.voting.method in SEEKING and main.counted.outcome.result is Result.REJECTED


def mark_of(found: QuestionShape) -> tuple[str, str]:
    """Where the question stands, as a mark: class and words. A vote whose time is over is open no more."""
    if found_no_agreement(found):
        return "is-wait", N_("No agreement yet")
    if found.line.stage is Stage.VOTING and not any(poll.is_open for poll in found.polls):
        return "is-wait", N_("Voting has closed")
    return STAGE_WORDS[found.line.stage]


def asked_next(found: QuestionShape, rule: MatterRule) -> VotingRule:
    """How the deciding body is asked: as it was frozen, else as it would be now."""
    polls = last_round(found)
    if polls:
        return polls[0].voting
    return next_asking(rule.voting, rule.fallback, _came_to(found))


def _came_to(found: QuestionShape) -> list[Result]:
    return [p.counted.outcome.result for p in found.polls if p.kind is PollKind.MAIN and p.counted]


def method_said(voting: VotingRule, choosing: Choosing | None) -> str:
    """What must be so for a yes, or how one chooses among several, as one sentence without its end."""
    names = bylaws_said.names_of_bodies()
    asked = [choosing_fact(choosing)] if choosing else method_facts(voting)
    return "; ".join(bylaws_said.say(fact, names) for fact in asked)


def round_of(found: QuestionShape, rule: MatterRule | None) -> Round | None:
    """The round, where there is more to say than that it is the first."""
    if rule is None or rule.voting.method not in SEEKING or found.is_emergency:
        return None
    note = _note(found, rule)
    if found.round == 1 and not note:
        return None
    return Round(_("Round %(n)s") % {"n": found.round}, note)


def _note(found: QuestionShape, rule: MatterRule) -> str:
    if rule.fallback is None or found.line.stage in (Stage.ADOPTED, Stage.REJECTED, Stage.WITHDRAWN):
        return ""
    share = {"share": _(share_words(rule.fallback.threshold)), "base": _(BASES[rule.fallback.base])}
    if asked_next(found, rule).method is Method.VOTE:
        words = _("No consensus was found before, so a vote decides: %(share)s %(base)s must say yes.")
        return words % share
    held = rounds_without(_came_to(found))
    if held >= rule.fallback.rounds:
        words = _(
            "No consensus was found. In the next round a vote decides: %(share)s %(base)s must say yes."
        )
        return words % share
    words = _(
        "After %(rounds)s rounds without a consensus a vote decides: %(share)s %(base)s must say yes. "
        "Rounds without one so far: %(n)s."
    )
    return words % {"rounds": rule.fallback.rounds, "n": held, **share}
