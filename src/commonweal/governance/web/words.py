"""Words of questions and votes, marked for translation where they are shown."""

from django.utils.translation import gettext as _

from commonweal.governance.shapes_questions import QuestionLine
from commonweal.governance.vocabulary import RESULT_NAMES, Channel, Fate, Method, PollKind, Position, Stage
from commonweal.kernel.clock import now
from commonweal.kernel.words import N_

STAGE_WORDS: dict[Stage, tuple[str, str]] = {
    Stage.DRAFT: ("is-off", N_("Being written")),
    Stage.TALKING: ("is-moving", N_("Being talked about")),
    Stage.NOTICE: ("is-wait", N_("Notice given")),
    Stage.VOTING: ("is-moving", N_("Voting open")),
    Stage.PENDING_RATIFICATION: ("is-wait", N_("Waits for organizations")),
    Stage.PENDING_RESIDENTS: ("is-wait", N_("Waits for the residents")),
    Stage.ADOPTED: ("is-done", N_("Adopted")),
    Stage.REJECTED: ("is-no", N_("Not adopted")),
    Stage.LAPSED: ("is-off", N_("Lapsed")),
    Stage.WITHDRAWN: ("is-off", N_("Withdrawn")),
}
"""Class of the state mark, and its words."""


def mark_of_line(line: QuestionLine) -> tuple[str, str]:
    """Where a question of a list stands, for the reader. A vote whose time is over is open no more."""
    is_over = line.stage is Stage.VOTING and line.closes_at is not None and line.closes_at <= now()
    kind, words = ("is-wait", N_("Voting has closed")) if is_over else STAGE_WORDS[line.stage]
    return kind, _(words)


POSITION_WORDS: dict[Position, str] = {
    Position.YES: N_("Yes"),
    Position.NO: N_("No"),
    Position.ABSTAIN: N_("Abstain"),
    Position.RESERVATIONS: N_("Yes, with reservations"),
    Position.STAND_ASIDE: N_("Stand aside"),
    Position.BLOCK: N_("Block it"),
    Position.CONCERN: N_("Yes, with a concern"),
    Position.OBJECTION: N_("Objection"),
}

POSITION_HINTS: dict[Position, str] = {
    Position.ABSTAIN: N_("Counts as present, not as a vote"),
    Position.RESERVATIONS: N_("You can live with it; what troubles you is kept"),
    Position.STAND_ASIDE: N_("You don’t carry it and you don’t stop it"),
    Position.BLOCK: N_("It would harm what we are here for. Say why; the others judge it"),
    Position.CONCERN: N_("It may go ahead; your concern is kept"),
    Position.OBJECTION: N_("It would harm the aim. Say how; the round works it in"),
}

STANCE_WORDS: dict[Position, str] = {
    Position.YES: N_("for"),
    Position.RESERVATIONS: N_("for, with a change"),
    Position.CONCERN: N_("for, with a concern"),
    Position.NO: N_("against"),
    Position.OBJECTION: N_("object"),
    Position.BLOCK: N_("would block"),
    Position.STAND_ASIDE: N_("stand aside"),
    Position.ABSTAIN: N_("abstain"),
}

RESULT_WORDS = RESULT_NAMES

METHOD_WORDS: dict[Method, str] = {
    Method.VOTE: N_("a vote"),
    Method.DOUBLE_MAJORITY: N_("a double majority"),
    Method.CONSENSUS: N_("consensus"),
    Method.CONSENT: N_("a round of consent"),
    Method.UNANIMOUS: N_("everyone’s yes"),
}

FATE_WORDS: dict[Fate, tuple[str, str]] = {
    Fate.OPEN: ("is-wait", N_("Not settled yet")),
    Fate.TAKEN_UP: ("is-done", N_("Taken up")),
    Fate.REFUSED: ("is-no", N_("Not taken up")),
    Fate.WITHDRAWN: ("is-off", N_("Withdrawn by its author")),
}

CHANNEL_WORDS: dict[Channel, str] = {
    Channel.PAGE: N_("On a page"),
    Channel.LINK: N_("By link"),
    Channel.PAPER: N_("On paper"),
    Channel.MEETING: N_("In a meeting"),
}

POLL_WORDS: dict[PollKind, str] = {
    PollKind.MAIN: N_("The vote"),
    PollKind.GATE: N_("Assent"),
}
