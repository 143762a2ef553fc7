"""Questions that were hurried: by which rule, when what they started ends, and who asked to keep it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.governance.models import Mandate, Proposal
from commonweal.governance.queries import laws
from commonweal.governance.shapes_bylaws import Emergency
from commonweal.governance.vocabulary import Stage
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


@dataclass(frozen=True, slots=True)
class Hurried:
    """One emergency question. ``path``: its rule, None where the bylaws have it no longer. ``ends_at`` and
    ``review_on``: of what it started; ``kept_by``: the number of the question that asks to keep it."""

    path: Emergency | None
    ends_at: datetime | None
    review_on: date | None
    is_live: bool
    kept_by: int | None


def hurried(question_id: UUID) -> Hurried | None:
    """How an emergency question stands; None: it was not hurried."""
    row = Proposal.objects.select_related("body").filter(pk=question_id, is_emergency=True).first()
    if row is None:
        return None
    rule, mandate = laws.rule_for(row), _mandate(row)
    return Hurried(
        path=rule.emergency if rule else None,
        ends_at=mandate.ends_at if mandate else None,
        review_on=mandate.review_on if mandate else None,
        is_live=mandate is not None and Mandate.objects.filter(pk=mandate.pk).live(now()).exists(),
        kept_by=_kept_by(row),
    )


def _mandate(row: Proposal) -> Mandate | None:
    return Mandate.objects.filter(decision__proposal=row).order_by("starts_at").first()


def _kept_by(row: Proposal) -> int | None:
    """The last question that asks the same without hurry, and was not taken back."""
    same = Proposal.objects.filter(effect=row.effect, params=row.params, question=row.question)
    found = same.filter(is_emergency=False, number__gt=row.number).exclude(stage=Stage.WITHDRAWN.value)
    return found.order_by("-number").values_list("number", flat=True).first()


def may_be_kept(row: Proposal) -> Verdict:
    """Whether what an emergency started can be asked for again now, in the ordinary way."""
    mandate = _mandate(row) if row.is_emergency and row.stage == Stage.ADOPTED.value else None
    if mandate is None or not Mandate.objects.filter(pk=mandate.pk).live(now()).exists():
        return deny("governance.keep.over", N_("There is nothing here that an emergency started."))
    if _kept_by(row) is not None:
        return deny("governance.keep.asked", N_("The table is asked already whether to keep it."))
    return allow("governance.keep.may", N_("It ends by itself unless the table keeps it."))
