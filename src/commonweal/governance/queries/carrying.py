"""Reading what came of decisions, and which of them nobody carries yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.governance.models import Decision, FollowUp, Mandate
from commonweal.governance.queries import bylaws, promises
from commonweal.governance.rules.carrying import CARRIED_NAMES, Came, Carried, carried
from commonweal.governance.shapes_promises import PromiseShape
from commonweal.governance.vocabulary import Matter
from commonweal.governance.vocabulary_promises import Stands
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.facade import ActionShape, Candidate
from commonweal.partners.shapes import BodyShape

MEASURED = (Matter.MEASURE.value, Matter.TARGET.value)


@dataclass(frozen=True, slots=True)
class CameOf:
    """What came of a decision, and whether that carries it. ``body_id``: whose decision it is."""

    stands: Carried
    actions: tuple[ActionShape, ...]
    promises: tuple[PromiseShape, ...]
    measures: tuple[tuple[str, int], ...]
    body_id: UUID | None

    @property
    def said(self) -> str:
        """English, marked for translation; empty where nothing is asked."""
        return CARRIED_NAMES[self.stands]

    @property
    def is_lacking(self) -> bool:
        return self.stands is Carried.NOT_YET

    @property
    def is_empty(self) -> bool:
        return not (self.actions or self.promises or self.measures)


def came_of(decision_id: UUID) -> CameOf:
    """What came of one decision."""
    row = Decision.objects.select_related("proposal__body").get(pk=decision_id)
    links = list(FollowUp.objects.filter(decision_id=decision_id).select_related("measure__decision"))
    actions = partners.work_by_id(link.action_id for link in links if link.action_id)
    made = promises.of_decision(decision_id)
    came = [Came(bool(a.holder_name), a.due_on, not (a.is_open or a.is_done)) for a in actions]
    came += [Came(True, p.due_on, p.stands is Stands.WITHDRAWN) for p in made]
    measures = [(m.words or m.scope, m.decision.number) for m in (link.measure for link in links) if m]
    return CameOf(
        stands=carried(is_asked(row), came),
        actions=tuple(actions),
        promises=tuple(made),
        measures=tuple(measures),
        body_id=body_of(row),
    )


def is_asked(row: Decision) -> bool:
    """Whether the rule under which it was adopted asks that somebody carries it. Never backwards."""
    if not row.adopted or row.proposal is None or row.is_private:
        return False
    law = bylaws.version_numbered(row.bylaws_version or 0)
    rule = law.rule(Matter(row.proposal.matter), row.proposal.body.slug) if law else None
    return bool(rule and rule.follow_through)


def body_of(row: Decision) -> UUID | None:
    """Whose decision it is; of minutes, the highest open body's."""
    if row.proposal is not None:
        return row.proposal.body_id
    return next((b.id for b in partners.bodies() if b.parent_id is None and not b.is_private), None)


def may_carry(actor: Actor, decision_id: UUID) -> Verdict:
    """Say what came of a decision: who leads its body or sits there, and the backbone."""
    row = Decision.objects.select_related("proposal__body").get(pk=decision_id)
    body_id = body_of(row)
    if body_id is None or not row.adopted or row.is_private:
        return deny("governance.carry.nothing", N_("Nothing can come of it here."))
    leading = partners.may_lead(actor, body_id)
    if leading or actor.account_id is None:
        return leading
    if any(seat.body_id == body_id for seat in partners.seats_with_account(actor.account_id)):
        return allow("governance.carry.seat", N_("You sit on it."))
    return leading


def not_carried(body_id: UUID) -> list[Decision]:
    """The decisions of a body that nobody carries yet, though the rule asks for it; the oldest first."""
    rows = Decision.objects.filter(adopted=True, is_private=False, proposal__body_id=body_id)
    asked = [row for row in rows.select_related("proposal__body").order_by("number") if is_asked(row)]
    return [row for row in asked if came_of(row.pk).is_lacking]


def for_agenda(body: BodyShape) -> Iterator[Candidate]:
    """What the body decided and nobody carries yet."""
    if body.is_private:
        return
    for row in not_carried(body.id):
        yield Candidate(
            f"carry:{row.pk}",
            _("Who carries decision %(number)s: %(title)s") % {"number": row.number, "title": _(row.title)},
            _("Nobody owns an action with a day that came of it."),
            reverse("governance:carry", args=[row.number]),
            10,
        )


def measures_to_choose() -> list[tuple[UUID, str]]:
    """Measures and targets in force by which one could see whether it worked."""
    rows = Mandate.objects.live(now()).filter(matter__in=MEASURED).select_related("decision")
    return [(row.pk, row.words or row.decision.title) for row in rows.order_by("words")]
