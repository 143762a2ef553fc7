"""What a decision can do about analyses: let one run, over the rows of holders that say yes themselves."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.measures.actions.effects import inert
from commonweal.measures.queries import analyses
from commonweal.measures.shapes_data import AnalysisShape
from commonweal.measures.vocabulary_data import TOLD_NAMES


def _choices() -> list[Choice]:
    return [Choice(str(a.id), a.title) for a in analyses.analyses() if a.expires_on > today()]


def _chosen(said: Params) -> AnalysisShape:
    try:
        found = analyses.by_id(UUID(str(said.get("analysis") or "")))
    except ValueError:
        found = None
    if found is None:
        raise BadInput("analysis", N_("Choose one of these."))
    return found


def _preview(params: Params, at: datetime) -> Preview:
    one = _chosen(params)
    yes = sum(answer.is_yes for answer in one.answers)
    before = N_("nothing is counted")
    return Preview(
        N_("It runs over the rows of the holders that have said yes themselves, and of nobody else."),
        (
            PreviewRow(one.title, before, one.question),
            PreviewRow(N_("Who sees it"), N_("nobody"), one.body_name),
            PreviewRow(N_("How far down"), "–", TOLD_NAMES[one.told]),
            PreviewRow(N_("Holders that have said yes"), str(yes), str(yes)),
            PreviewRow(N_("Up to"), "–", one.expires_on.isoformat()),
        ),
        (
            N_("The rows of a holder that says no, or nothing."),
            N_("Every row about one person; counts of fewer than 11, and whatever would give them away."),
        ),
        N_("What it told is read by nobody from the next read on."),
    )


RUN_ANALYSIS = Effect(
    kind=analyses.EFFECT,
    matter=Matter.DATA_SHARING,
    name=N_("Let an analysis run over the rows of those who say yes"),
    asks=(Asked("analysis", N_("Which analysis"), "one", choices=_choices),),
    read=lambda said: {"analysis": str(_chosen(said).id)},
    scope_of=lambda params: f"analysis:{_chosen(params).number}",
    preview=_preview,
    take=inert,
    end=inert,
    governs=("measures_analysisrun", "measures_analysisfigure"),
    in_words=lambda params: _chosen(params).title,
    screen=lambda mandate: _screen(mandate),
)


def _screen(mandate: MandateShape) -> str:
    return reverse("measures:analysis", args=[int(mandate.scope.removeprefix("analysis:"))])
