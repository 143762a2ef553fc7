"""What the page of a question shows, made from shapes: stances, the rule's steps, counts, ballots."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commonweal.foundation.ui.templatetags.ui import say
from commonweal.governance.queries import bylaws
from commonweal.governance.rules.choices import POINTED, POSITIONS, RANKED
from commonweal.governance.shapes_bylaws import BodyRule, MatterRule
from commonweal.governance.shapes_questions import (
    BallotShape,
    MyVote,
    Option,
    PollShape,
    QuestionShape,
    StanceShape,
)
from commonweal.governance.shapes_voting import VotingRule
from commonweal.governance.vocabulary import Choosing, Gate, PollKind, Position, Stage
from commonweal.governance.web import question_rounds as rounds
from commonweal.governance.web.ballot_forms import (
    APPROVAL,
    BallotForm,
    OptionsForm,
    ballot_form,
    cost_said,
    dollars,
)
from commonweal.governance.web.delegate_words import may_here
from commonweal.governance.web.words import (
    POSITION_WORDS,
    RESULT_WORDS,
    STANCE_WORDS,
)
from commonweal.kernel.verdict import Verdict

OVER = frozenset({Stage.ADOPTED, Stage.REJECTED, Stage.LAPSED, Stage.WITHDRAWN})
"""Stages after which nothing more comes."""


@dataclass(frozen=True, slots=True)
class Stood:
    """Voters who stand alike, and what they say."""

    count: int
    words: str
    said: tuple[StanceShape, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the rule: its words, class and words of its state, whether the residents take it."""

    words: str
    kind: str
    state: str
    resident: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A reason given on a ballot, after closing."""

    words: str
    reason: str
    who: str


@dataclass(frozen=True, slots=True)
class CountBlock:
    """What a poll came to, for reading."""

    poll: PollShape
    heading: str
    says: str
    rows: tuple[tuple[str, str], ...]
    reasons: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class BallotCard:
    """A ballot to fill in, from one seat."""

    vote: MyVote
    form: BallotForm
    action: str
    heading: str
    hint: str
    button: str
    until: str
    authority: str

    @property
    def may_be_beyond(self) -> bool:
        """Whether an organization stands behind the vote, openly."""
        behind = self.vote.voter.startswith("partner:") and not self.vote.is_secret
        return behind and not self.vote.is_advisory

    @property
    def is_options(self) -> bool:
        return isinstance(self.form, OptionsForm)

    @property
    def is_approval(self) -> bool:
        return isinstance(self.form, OptionsForm) and self.form.way is APPROVAL

    @property
    def fields(self) -> list[Any]:
        """The fields of the options, in the order of the ballot."""
        return [self.form[name] for name in self.form.fields if name.startswith("option-")]


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option as it is listed."""

    name: str
    cost: str


def moment_said(moment: datetime) -> str:
    """A moment as local day and time."""
    return date_format(localtime(moment), "DATETIME_FORMAT")


def day_said(moment: datetime) -> str:
    """A moment as local day and month."""
    return date_format(localtime(moment), "MONTH_DAY_FORMAT")


def stood(stances: Iterable[StanceShape]) -> list[Stood]:
    """Where voters stand in the latest round, those for it first."""
    last: dict[str, StanceShape] = {}
    for stance in stances:
        last[stance.voter] = stance
    groups = []
    for position, words in STANCE_WORDS.items():
        said = tuple(s for s in last.values() if s.position is position)
        if said:
            groups.append(Stood(len(said), _(words), said))
    return groups


def option_lines(options: Iterable[Option]) -> list[OptionLine]:
    """Options with their cost in dollars."""
    return [OptionLine(o.name, cost_said(o)) for o in options]


def counting_said(question: QuestionShape) -> list[str]:
    """What counting the options needs beside them: the sum to share, points, dots, places."""
    told, said = question.counting, []
    if "budget_cents" in told:
        cost = sum(option.cost_cents or 0 for option in question.options)
        words = _("There are %(sum)s to share out. All of these together cost %(cost)s.")
        said.append(words % {"sum": dollars(told["budget_cents"]), "cost": dollars(cost)})
    if "most" in told:
        said.append(_("Each option gets from 0 to %(n)s points.") % {"n": told["most"]})
    if "dots" in told:
        words = ngettext("Each one has one dot to give.", "Each one has %(n)s dots to give.", told["dots"])
        said.append(words % {"n": told["dots"]})
    if told and "budget_cents" not in told:
        places = told.get("seats", 1)
        said.append(ngettext("One is chosen.", "%(n)s are chosen.", places) % {"n": places})
    return said


def steps_of(question: QuestionShape, rule: MatterRule | None) -> list[Step]:
    """The rule step by step: as counted, or as it stands just now, or as it will be asked."""
    found: list[Step] = []
    asked = rounds.last_round(question)
    for poll in asked:
        if poll.kind is PollKind.GATE:
            found.append(_gate_step(poll))
            continue
        steps = poll.counted.outcome.steps if poll.counted else poll.steps
        waits = poll.is_open or question.line.stage is Stage.PENDING_RATIFICATION
        found.extend(_step(step, is_open=waits) for step in steps if "residents" not in step.rule)
        if poll.is_open:
            closing = _("Counted %(day)s") % {"day": day_said(poll.closes_at)}
            found.append(Step(_asked(poll.voting, poll.choosing), "is-wait", closing))
    if not asked and rule is not None:
        choosing = rule.choosing if question.options else None
        alone = answers_alone(question, rule)
        asks = _asked(alone.assent if alone else rounds.asked_next(question, rule), choosing)
        found.append(Step(asks, "is-off", _("Not asked yet")))
        if rule.gate_body and alone is None:
            found.append(Step(_("The residents’ yes"), "is-off", _("Not asked yet"), resident=True))
    if question.ends_on:
        found.append(Step(_("An end date"), "is-done", date_format(question.ends_on, "DATE_FORMAT")))
    return found


def answers_alone(question: QuestionShape, rule: MatterRule | None) -> BodyRule | None:
    """How a body answers that is asked alone to take its yes back; None where another body decides."""
    if rule is None or not rule.gate_body or rule.gate_body != question.line.body_slug:
        return None
    held = bylaws.in_force()
    return held.bodies.get(rule.gate_body) if held else None


def _asked(voting: VotingRule, choosing: Choosing | None) -> str:
    return capfirst(rounds.method_said(voting, choosing))


def _step(step: Verdict, *, is_open: bool) -> Step:
    words = say(step)
    if step:
        return Step(words, "is-done", _("Met"))
    return Step(
        words, "is-wait" if is_open else "is-no", _("Not yet") if is_open else pgettext("a rule", "Not met")
    )


def _gate_step(poll: PollShape) -> Step:
    words = _("The yes of %(body)s") % {"body": _(poll.body_name)}
    if poll.counted is None:
        return Step(words, "is-wait", _("Until %(day)s") % {"day": day_said(poll.closes_at)}, resident=True)
    if poll.counted.outcome.is_adopted:
        return Step(words, "is-done", _("Agreed"), resident=True)
    if poll.counted.gate is Gate.WITHHELD:
        return Step(words, "is-no", pgettext("a yes", "Withheld"), resident=True)
    return Step(words, "is-no", _(RESULT_WORDS[poll.counted.outcome.result]), resident=True)


def counts_of(question: QuestionShape) -> list[CountBlock]:
    """Each closed poll of the last round with its tally and the reasons that were given."""
    is_over = question.line.stage in OVER
    return [_count(poll, is_over=is_over) for poll in rounds.last_round(question) if poll.counted is not None]


def counts_before(question: QuestionShape) -> list[CountBlock]:
    """The same of what was asked before: earlier rounds, and bodies that were asked again."""
    return [_count(poll) for poll in rounds.earlier(question) if poll.counted is not None]


def _count(poll: PollShape, *, is_over: bool = True) -> CountBlock:
    counted = poll.counted
    assert counted is not None
    waits = counted.outcome.is_adopted and not is_over
    result = _("Yes, by its rule") if waits else _(RESULT_WORDS[counted.outcome.result])
    took = ngettext("%(n)s of %(all)s took part.", "%(n)s of %(all)s took part.", poll.turnout)
    says = f"{result}. {took % {'n': poll.turnout, 'all': poll.entitled}}"
    if counted.is_held_back:
        says += " " + _(
            "The tally is held back: so few, or so much of one mind, would tell how each one voted."
        )
    reasons = [_reason(b) for b in poll.ballots if b.is_counted and b.choice.get("reason")]
    return CountBlock(
        poll=poll,
        heading=_("How %(body)s voted") % {"body": _(poll.body_name)},
        says=says,
        rows=() if counted.is_held_back else tuple(_tally(poll)),
        reasons=tuple(reasons),
    )


def _tally(poll: PollShape) -> Iterable[tuple[str, str]]:
    counted = poll.counted
    assert counted is not None
    if poll.choosing is not None:
        names = {option.key: option.name for option in poll.options}
        for key, total in (counted.sums or {}).items():
            mark = f" ({_('chosen')})" if key in counted.chosen else ""
            yield _(names.get(key, key)) + mark, total
        return
    votes = counted.outcome.tally
    if poll.voting.method in rounds.SEEKING:
        said = Counter(str(b.choice.get("position", "")) for b in poll.ballots if b.is_counted)
        yield from ((_(POSITION_WORDS[p]), str(said[p.value])) for p in POSITIONS[poll.voting.method])
        return
    yield _(POSITION_WORDS[Position.YES]), str(votes.yes)
    yield _(POSITION_WORDS[Position.NO]), str(votes.no)
    yield _(POSITION_WORDS[Position.ABSTAIN]), str(votes.abstain)
    if votes.advisory:
        yield _("Yes, still to be ratified"), str(votes.advisory)


def _reason(ballot: BallotShape) -> Said:
    position = str(ballot.choice.get("position", ""))
    words = _(POSITION_WORDS[Position(position)]) if position else ""
    return Said(words, str(ballot.choice["reason"]), ballot.voter_name)


def ballot_cards(
    question: QuestionShape, votes: Sequence[MyVote], bad: BallotForm | None = None
) -> list[BallotCard]:
    """The ballots that the reader may cast here now; ``bad`` stands in for the one that came back."""
    polls = {poll.id: poll for poll in question.polls}
    cards = []
    for vote in sorted(votes, key=lambda v: v.kind is PollKind.GATE):
        if not vote.may or vote.poll_id not in polls:
            continue
        poll = polls[vote.poll_id]
        form = ballot_form(poll, vote.voter, cast=vote.cast)
        if bad is not None and _is_same(bad, vote):
            form = bad
        cards.append(_card(question.line.number, poll, vote, form))
    return cards


def _is_same(form: BallotForm, vote: MyVote) -> bool:
    return str(form["poll"].value()) == str(vote.poll_id) and form["voter"].value() == vote.voter


def _card(number: int, poll: PollShape, vote: MyVote, form: BallotForm) -> BallotCard:
    named = {"voter": _(vote.voter_name), "body": _(poll.body_name)}
    heading = _("%(voter)s’s vote: %(body)s") if speaks_for_another(vote) else _("Your vote: %(body)s")
    again = vote.cast is not None or bool(vote.receipt)
    return BallotCard(
        vote=vote,
        form=form,
        action=reverse("governance:question-vote", args=[number]),
        heading=heading % named,
        hint=_hint(poll, vote),
        button=_button(vote, again),
        until=_("Until the vote is ended in the meeting you can change it.")
        if poll.meeting_id
        else _("Until %(day)s you can change it.") % {"day": moment_said(poll.closes_at)},
        authority=may_here(vote),
    )


def speaks_for_another(vote: MyVote) -> bool:
    """Whether the reader votes for an organization, or for who gave them a proxy or is away."""
    return vote.voter.startswith("partner:") or vote.is_alternate or bool(vote.proxy_words)


def vote_for(cards: Sequence[BallotCard]) -> str:
    """What leads to the ballots: for whom one votes, where that is one other."""
    if not cards:
        return ""
    names = {_(card.vote.voter_name) for card in cards if speaks_for_another(card.vote)}
    if len(names) != 1 or len(names) < len({card.vote.voter for card in cards}):
        return pgettext("an act", "Vote")
    return _("Vote for %(voter)s") % {"voter": names.pop()}


def _button(vote: MyVote, again: bool) -> str:
    """A delegate casts for an organization, a resident for nobody else."""
    if vote.word is None:
        return _("Change my vote") if again else _("Cast my vote")
    return _("Change our vote") if again else _("Cast our vote")


def _of_one_vote(poll: PollShape, vote: MyVote) -> str:
    """The names of those who have one vote together with this voter, being under one control."""
    voters = poll.electorate.voters
    unit = next((v.has_one_vote_as for v in voters if v.id == vote.voter), None)
    return ", ".join(_(v.name) for v in voters if v.has_one_vote_as == unit and v.id != vote.voter)


def _points_said(poll: PollShape) -> str:
    """How many points or dots there are to lay."""
    if dots := poll.counting.get("dots"):
        words = ngettext("You have one dot to lay.", "You have %(n)s dots: lay them where you like.", dots)
        return words % {"n": dots}
    return _("Give each from 0 to %(n)s points.") % {"n": poll.counting.get("most", 5)}


def _hint(poll: PollShape, vote: MyVote) -> str:
    words = []
    if poll.choosing in RANKED:
        words.append(_("1 is what you like best. What you leave out comes last."))
    elif poll.choosing in POINTED:
        words.append(_points_said(poll))
    elif poll.choosing is not None:
        words.append(_("Choose as many as you like."))
        if "budget_cents" in poll.counting:
            words.append(
                _("There are %(sum)s to share out.") % {"sum": dollars(poll.counting["budget_cents"])}
            )
    elif vote.voter.startswith("partner:"):
        others = _of_one_vote(poll, vote)
        together = _("One vote together with %(others)s. The last one cast counts.") % {"others": others}
        words.append(together if others else _("One organization, one vote."))
    else:
        words.append(_("One seat, one vote."))
    if vote.is_alternate:
        words.append(_("You vote as the alternate, while the holder has not."))
    if vote.proxy_words:
        words.append(
            _("You carry this vote by proxy. They wrote: “%(words)s”") % {"words": _(vote.proxy_words)}
        )
    return " ".join(words)
