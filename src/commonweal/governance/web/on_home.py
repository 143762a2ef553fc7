"""What governance shows on homes: the questions that are before the table, and what it decided lately."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.governance import queries
from commonweal.governance.queries import polls, proposals, ratifying
from commonweal.governance.queries import register as reading_register
from commonweal.governance.shapes_questions import MyVote, QuestionLine
from commonweal.governance.vocabulary import Stage
from commonweal.governance.web.rows import Entry, entry_of
from commonweal.governance.web.words import mark_of_line
from commonweal.kernel.clock import now

OPEN = (Stage.VOTING, Stage.PENDING_RESIDENTS, Stage.PENDING_RATIFICATION, Stage.NOTICE, Stage.TALKING)
"""In this order: what is being decided, what waits for others, what comes."""
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Before:
    """One question with its state as a mark: shape and words. ``voted``: the reader's own vote is in."""

    line: QuestionLine
    mark: tuple[str, str]
    voted: bool


def before_the_table(actor: Actor, waiting: Iterable[MyVote]) -> list[Before]:
    """Open questions that the reader may read, besides those that wait for the reader's own vote."""
    here = actor.for_purpose(Purpose.GOV)
    if not reading_register.may_read(here):
        return []
    mine = {vote.question_number for vote in waiting}
    voted = {v.question_number for v in polls.my_votes(here) if v.cast is not None or v.receipt}
    lines = [line for line in proposals.lines(here) if line.stage in OPEN and line.number not in mine]
    ours = {waiting.question_number for waiting in ratifying.waiting_for(here)}
    lines.sort(key=lambda line: (line.number not in ours, OPEN.index(line.stage), -line.number))
    return [Before(line, _mark(line, ours), line.number in voted) for line in lines[:SHOWN]]


def decided_lately(actor: Actor, count: int) -> list[Entry]:
    """The newest decisions with how each stands now: adopted or not, in force or ended; none where the bylaws
    close the register to the reader."""
    if not reading_register.may_read(actor.for_purpose(Purpose.GOV)):
        return []
    moment, given = now(), queries.mandates_by_decision()
    return [entry_of(d, given.get(d.id, []), moment) for d in queries.decisions()[:count]]


def _mark(line: QuestionLine, ours: set[int]) -> tuple[str, str]:
    """Where it stands; first of all that it waits for the answer of the reader's own organization."""
    if line.number in ours:
        return "is-late", _("Waits for your organization")
    return mark_of_line(line)
