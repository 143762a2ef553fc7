"""What the page of a decision tells beside its count: who stepped out, who took part by class, who gains and
bears, and what happened to it from its first day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commonweal.governance.queries.stopping import Stopped, stops_of
from commonweal.governance.rules import turnout
from commonweal.governance.shapes import DecisionShape
from commonweal.governance.shapes_questions import GainShape, PollShape, QuestionShape, RecusalShape
from commonweal.governance.vocabulary import Position
from commonweal.governance.web.rows import Effect, stop_said
from commonweal.governance.web.rows_challenge import Challenges
from commonweal.governance.web.words import POSITION_WORDS
from commonweal.partners.shapes import SECTOR_NAMES


@dataclass(frozen=True, slots=True)
class SteppedOut:
    """An interest that was named: whose, what it is, who named it, and how the others judged it."""

    it: RecusalShape
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class of voters in words."""

    name: str
    entitled: int
    took_part: int
    said: str


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of one body's vote."""

    body: str
    rows: tuple[ClassRow, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to the question or the decision."""

    at: datetime
    words: str
    question: int | None = None


@dataclass(frozen=True, slots=True)
class More:
    """All of it."""

    stepped_out: tuple[SteppedOut, ...]
    classes: tuple[Classes, ...]
    gains: tuple[GainShape, ...]
    history: tuple[Moment, ...]


def more_of(
    decision: DecisionShape, question: QuestionShape, effects: Iterable[Effect], challenges: Challenges
) -> More:
    """For the page of a decision that was voted here."""
    return More(
        tuple(_stepped_out(one) for one in question.recusals),
        tuple(c for poll in question.polls if (c := _classes(poll)) is not None),
        question.gains,
        tuple(sorted(_history(decision, question, effects, challenges), key=lambda one: one.at)),
    )


def _stepped_out(one: RecusalShape) -> SteppedOut:
    if one.is_conflict is None:
        return SteppedOut(one, "is-off", _("Was not judged, and voted"))
    if one.is_conflict:
        return SteppedOut(one, "is-no", _("Stepped out"))
    return SteppedOut(one, "is-done", _("No conflict: voted"))


def _classes(poll: PollShape) -> Classes | None:
    """Of open votes that were counted, in which more than one class could vote."""
    if poll.is_secret or poll.counted is None:
        return None
    said = {b.voter: str(b.choice.get("position", "cast")) for b in poll.ballots if b.is_counted and b.voter}
    rows = turnout.by_class(poll.electorate, said, poll.voting.groups)
    return Classes(poll.body_name, tuple(_class_row(row) for row in rows)) if rows else None


def _class_row(row: turnout.ByClass) -> ClassRow:
    said = [f"{_(POSITION_WORDS[Position(key)])} {n}" for key, n in row.said.items() if key in set(Position)]
    return ClassRow(_class_name(row.key), row.entitled, row.took_part, ", ".join(said))


def _class_name(key: str) -> str:
    if key == turnout.RESIDENTS:
        return _("Residents")
    known = {sector.value: name for sector, name in SECTOR_NAMES.items()}
    return _(known[key]) if key in known else (key or _("Others"))


def _history(
    decision: DecisionShape, question: QuestionShape, effects: Iterable[Effect], challenges: Challenges
) -> Iterable[Moment]:
    line = question.line
    yield Moment(line.recorded_at, _("The question was put."), line.number)
    if line.noticed_at is not None:
        yield Moment(line.noticed_at, _("Notice was given."))
    for poll in question.polls:
        body = {"body": _(poll.body_name)}
        hurried = line.is_emergency and poll.kind == "main"
        opened = _("Voting opened before notice had run, as an emergency: %(body)s.")
        yield Moment(poll.opens_at, (opened if hurried else _("Voting opened: %(body)s.")) % body)
        if poll.closed_at is not None:
            yield Moment(poll.closed_at, _("Voting closed and was counted: %(body)s.") % body)
    yield Moment(decision.recorded_at, pgettext("a decision", "It was certified."))
    stopped: dict[str, Stopped] = {}
    for effect in effects:
        yield Moment(
            effect.mandate.starts_at, _("It took effect: %(matter)s.") % {"matter": _(effect.matter)}
        )
    for found in stops_of(effect.mandate.id for effect in effects).values():
        stopped |= {stop_said(one): one for one in found}
    for words, one in stopped.items():
        yield Moment(one.recorded_at, words)
    for made in challenges.made:
        said = _("%(said)s: %(state)s.") % {"said": made.said, "state": made.state}
        yield Moment(made.it.recorded_at, said, made.it.question_number)
