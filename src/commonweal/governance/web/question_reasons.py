"""Blocks and objections on a question's page: the reason, what the others hold of it, the reader's say."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundation.access import Actor
from commonweal.governance.queries import judging
from commonweal.governance.queries.judging import Judge, Judged, Judging
from commonweal.governance.vocabulary import Method


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """One voter for whom the reader may say it, or what it said, or why it may not."""

    it: Judge
    legend: str
    said: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One block or objection."""

    poll_id: UUID
    about: str
    who: str
    reason: str
    kind: str
    state: str
    count: str
    said: tuple[tuple[str, str, str], ...]
    mine: tuple[JudgeRow, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """All of them, with how they are judged."""

    heading: str
    intro: str
    rows: tuple[ReasonRow, ...]
    yes: str
    no: str
    is_open: bool


def reasons_of(question_id: UUID, actor: Actor) -> Reasons | None:
    """The blocks and objections of the last round; None where there are none."""
    found = judging.judgings(question_id, actor)
    if not found:
        return None
    blocks = found[0].method is Method.CONSENSUS
    return Reasons(
        heading=_("Blocks, and what the others hold of them")
        if blocks
        else _("Objections, and what the others hold of them"),
        intro=_(
            "A block stops it as long as its reason stands. It falls when more than half of the others find "
            "that it is a preference, and no harm to what we are here for."
        )
        if blocks
        else _(
            "An objection stops it as long as its reason stands. It falls when more than half of the others "
            "find that it is a preference, and no harm to the aim."
        ),
        rows=tuple(_row(one) for one in found),
        yes=_("It is a reason to stop"),
        no=_("It is a preference"),
        is_open=any(one.is_open for one in found),
    )


def _row(one: Judging) -> ReasonRow:
    against = one.reason.turned_down
    falls = one.reason.is_upheld is False
    words = ngettext(
        "%(against)s of the %(judges)s other found that it is a preference; it takes %(needed)s.",
        "%(against)s of the %(judges)s others found that it is a preference; it takes %(needed)s.",
        one.judges,
    )
    return ReasonRow(
        poll_id=one.poll_id,
        about=one.reason.voter,
        who=_(one.reason.voter_name),
        reason=one.reason.reason,
        kind="is-off" if falls else "is-no",
        state=_("Found to be a preference: it stops nothing") if falls else _("Stands, and stops it"),
        count=words % {"against": against, "judges": one.judges, "needed": one.needed}
        if one.judges
        else _("Nobody is left who could judge it."),
        said=tuple((_(said.voter_name), _found(said), said.why) for said in one.said),
        mine=tuple(_judge(judge) for judge in one.mine),
    )


def _found(said: Judged) -> str:
    return _("a reason to stop") if said.is_upheld else _("a preference")


def _judge(judge: Judge) -> JudgeRow:
    said = ""
    if judge.has is not None:
        said = _("You said for %(voter)s: %(found)s.") % {"voter": _(judge.name), "found": _found(judge.has)}
    if judge.voter.startswith("partner:"):
        legend = _("What does %(voter)s hold of it?") % {"voter": _(judge.name)}
    else:
        legend = _("What do you hold of it?")
    return JudgeRow(judge, legend, said)
