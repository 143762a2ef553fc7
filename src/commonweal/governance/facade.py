"""What governance offers to higher storeys: ids and shapes in, shapes out, in batches."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.foundation.ui.lines import DecisionLine
from commonweal.governance import queries
from commonweal.governance.access import THE_COUNT as THE_COUNT
from commonweal.governance.actions.effects import registry
from commonweal.governance.queries import board, bylaws, polls, proposals, reporting
from commonweal.governance.queries.reporting import Waiting
from commonweal.governance.rules import counting_again
from commonweal.governance.shapes import AgreementShape, DecisionShape, MandateShape
from commonweal.governance.shapes_effects import Effect
from commonweal.governance.shapes_questions import MyVote
from commonweal.governance.vocabulary import Assent, Matter
from commonweal.kernel.clock import now


def agreement_between(
    discloser_id: UUID, recipient_id: UUID, segment: str, purpose: str, at: datetime | None = None
) -> AgreementShape | None:
    """An agreement in force (by default now) under which ``discloser`` may tell ``recipient``; else None.

    For words and proofs on pages; the reading itself is judged by ``foundation.access``.
    """
    return queries.agreement_between(discloser_id, recipient_id, segment, purpose, at or now())


def live_mandate(matter: Matter | str, scope: str, at: datetime | None = None) -> MandateShape | None:
    """The mandate in force on this matter in this scope, or None: then nothing may take effect."""
    return live_mandates(matter, [scope], at).get(scope)


def live_mandates(
    matter: Matter | str, scopes: Iterable[str], at: datetime | None = None
) -> dict[str, MandateShape]:
    """The mandates in force by scope; a scope without one is left out."""
    return queries.live_mandates(Matter(matter), scopes, at or now())


def ending_before(moment: datetime) -> list[MandateShape]:
    """What is in force now and ends before ``moment`` unless the table renews it, the next to end first."""
    return queries.ending_before(moment, now())


def decision_line(mandate_id: UUID | None) -> DecisionLine | None:
    """What a page says about who decided; None for no or an unknown mandate."""
    return decision_lines([mandate_id]).get(mandate_id) if mandate_id else None


def decision_lines(mandate_ids: Iterable[UUID]) -> dict[UUID, DecisionLine]:
    """Decision lines by mandate, in the reader's language, in two queries."""
    found = queries.mandates(mandate_ids)
    decided = queries.decisions_by_id(m.decision_id for m in found.values())
    return {m.id: _line(m, decided[m.decision_id]) for m in found.values()}


def line_of(mandate: MandateShape, decision: DecisionShape) -> DecisionLine:
    """The line of a mandate whose decision is at hand."""
    return _line(mandate, decision)


def line_alone(decision: DecisionShape) -> DecisionLine | None:
    """The line of a decision that was taken alone and put nothing into effect; None for any other."""
    if not decision.is_delegated:
        return None
    return DecisionLine(
        line=_decided_by(decision),
        why=(votes_said(decision), _(decision.undo)),
        url=reverse("governance:decision", args=[decision.number]),
    )


def decisions() -> list[DecisionShape]:
    """Every decision, newest number first."""
    return queries.decisions()


def table_line(given_under: UUID | None) -> DecisionLine | None:
    """Who decided that a partner, a body or a seat is here: the decision, or the founding before any bylaws.

    None while the table is being founded: nothing is decided here yet.
    """
    if given_under is not None:
        return decision_line(given_under)
    held = bylaws.in_force()
    if held is None:
        return None
    return DecisionLine(
        line=_("Here since the founding, before any bylaws."),
        why=(_("Nobody decided it in a vote. Under the bylaws it changes only by a decision of the table."),),
        url=reverse("governance:bylaws"),
        question=_("Who, and until when?"),
    )


def effect_line(effect: str, scope: str) -> DecisionLine | None:
    """Who decided what this effect does in this scope now; None where nothing of it is in force."""
    found = queries.live_effect(effect, scope, now())
    return decision_line(found.id) if found else None


def register_effect(effect: Effect) -> None:
    """Let a decision do something in a context above, which owns what the effect governs."""
    registry.register(effect)


def _line(mandate: MandateShape, decision: DecisionShape) -> DecisionLine:
    moment = now()
    state = "decided" if mandate.is_live(moment) else ("wait" if mandate.starts_at > moment else "ended")
    if mandate.withdrawn_at is not None:
        state = "ended"
    return DecisionLine(
        line=_said(mandate, decision, state),
        why=tuple(_why(mandate, decision, state)),
        url=reverse("governance:decision", args=[decision.number]),
        state=state,
        question=_("Who, and until when?") if state == "decided" else "",
    )


def _said(mandate: MandateShape, decision: DecisionShape, state: str) -> str:
    if state == "ended":
        ended = min(m for m in (mandate.withdrawn_at, mandate.ends_at) if m is not None)
        return _("Ended on %(day)s. Nothing it allowed works any more.") % {"day": day_of(ended)}
    if state == "wait":
        return _("Decided by %(body)s; starts on %(day)s.") % {
            "body": _(decision.body),
            "day": day_of(mandate.starts_at),
        }
    return _decided_by(decision)


def _decided_by(decision: DecisionShape) -> str:
    said = _("Decided by %(body)s, %(day)s.")
    if decision.is_delegated:
        said = _("Decided by %(body)s under the table’s delegation, %(day)s.")
    return said % {"body": _(decision.body), "day": date_format(decision.decided_on, "DATE_FORMAT")}


def _why(mandate: MandateShape, decision: DecisionShape, state: str) -> list[str]:
    sentences = [f"{_('Decision %(number)s') % {'number': decision.number}}. {votes_said(decision)}"]
    if state == "ended" and mandate.withdrawn_why:
        sentences.append(_("Withdrawn: %(why)s") % {"why": mandate.withdrawn_why})
    elif mandate.ends_at is not None:
        sentences.append(_("In force up to %(day)s.") % {"day": day_of(mandate.ends_at)})
    else:
        sentences.append(_("In force until the table decides otherwise."))
    if decision.undo and state != "ended":
        sentences.append(_(decision.undo))
    return sentences


def votes_said(decision: DecisionShape) -> str:
    """The tally as a sentence; of what was decided alone, who let that be."""
    if decision.is_delegated:
        return _("%(who)s decided it alone, within what decision %(number)s let it.") % {
            "who": decision.body,
            "number": decision.delegated_in,
        }
    said = _tally_said(decision)
    if decision.residents is Assent.YES:
        said += " " + _("The residents agreed.")
    elif decision.residents is Assent.NO:
        said += " " + _("The residents withheld their yes.")
    return said


def _tally_said(decision: DecisionShape) -> str:
    if decision.chosen is not None:
        names = ", ".join(_(name) for name in decision.chosen)
        return _("Chosen: %(names)s.") % {"names": names} if names else _("Nothing was chosen.")
    said = _("%(yes)s of %(cast)s votes said yes.") % {
        "yes": decision.yes,
        "cast": decision.yes + decision.no,
    }
    if decision.abstain:
        said += " " + ngettext("%(count)s abstained.", "%(count)s abstained.", decision.abstain) % {
            "count": decision.abstain
        }
    return said


def day_of(moment: datetime) -> str:
    """A moment as a local day, in the reader's language."""
    return date_format(localtime(moment), "DATE_FORMAT")


def votes_waiting(actor: Actor) -> list[MyVote]:
    """The open polls in which the actor may cast from a seat and has not yet, the next to close first."""
    found = polls.my_votes(actor.for_purpose(Purpose.GOV))
    return [vote for vote in found if vote.may and vote.cast is None and not vote.receipt]


def reports_waiting(actor: Actor) -> list[Waiting]:
    """Reports on what is decided alone: those that the actor owes, and those it may read for the table."""
    return reporting.waiting_for(actor.for_purpose(Purpose.GOV))


def question_id(number: int) -> UUID | None:
    """The question with this number."""
    return proposals.id_of(number)


def boards_numbered(number: int, *, is_whole: bool = False) -> list[dict[str, Any]]:
    """The boards of every closed poll on a question. ``is_whole``: for a recount here, never for a page."""
    return board.boards_numbered(number, is_whole=is_whole)


def recount(published: Mapping[str, Any], anchors: Iterable[Mapping[str, Any]] = ()) -> list[str]:
    """Everything about a board that is not as it should be, by the outsider's recount and by the engine's."""
    return counting_again.verify_twice(dict(published), [dict(anchor) for anchor in anchors])
