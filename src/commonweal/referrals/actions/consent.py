"""The gate before every sending, and after it: does the person allow it, under an agreement in force?"""

from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.explain import explain
from commonweal.foundation.access.vocabulary import DataClass, Role, Segment, class_of
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.verdict import Verdict
from commonweal.people import facade as people
from commonweal.referrals.models import Task
from commonweal.referrals.rules.segment import purpose_of


def may_share(
    person_id: UUID, holder_id: UUID, recipient_id: UUID, segment: Segment, domain: NeedDomain
) -> Verdict:
    """May ``holder_id`` tell ``recipient_id`` about this person's need now? Says why not, and the cure."""
    return people.may_share(
        person_id, holder_id, recipient_id, segment, purpose_of(segment), topic=domain.value
    )


def may_still_see(task: Task, partner_id: UUID) -> bool:
    """Whether row-level security still shows this sending to a partner that was asked."""
    if partner_id == task.holder_id:
        return True
    segment = Segment(task.segment)
    reader = Actor(Role.CASE_WORKER, purpose_of(segment), partner_id)
    verdict = explain(
        reader,
        task.person_id,
        class_of(DataClass.D4, segment),
        segment,
        holder_id=task.holder_id,
        topic=task.topic,
    )
    return verdict.allowed
