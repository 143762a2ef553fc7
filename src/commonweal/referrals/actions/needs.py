"""How the need follows: helped after a yes, open again when that fails, met when the person says so."""

from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Segment
from commonweal.referrals.actions.step import program_of
from commonweal.referrals.models import Task
from commonweal.referrals.vocabulary import WORKING, Helped
from commonweal.screening import facade as screening
from commonweal.screening.vocabulary import NeedStatus

_MAY_BE_HELPED = frozenset({NeedStatus.OPEN, NeedStatus.UNMET})


def is_being_helped(task: Task, need_id: UUID) -> None:
    """A service said yes."""
    _move(task, need_id, _MAY_BE_HELPED, NeedStatus.BEING_HELPED, "a service said yes")


def waits_again(task: Task, need_id: UUID) -> None:
    """The service can't after all; unless another one works on it, the need waits for help again."""
    working = Task.objects.filter(need_id=need_id, status__in=[s.value for s in WORKING])
    if not working.exclude(pk=task.pk).exists():
        _move(
            task, need_id, frozenset({NeedStatus.BEING_HELPED}), NeedStatus.OPEN, "the service could not help"
        )


def _move(task: Task, need_id: UUID, before: frozenset[NeedStatus], after: NeedStatus, reason: str) -> None:
    """Move the need as the partner that asked. Specially protected needs move by hand alone."""
    if task.segment != Segment.GENERAL.value:
        return
    with acting(program_of(task.holder_id)) as program:
        need = screening.needs([need_id]).get(need_id)
        if need is not None and need.status in before:
            screening.set_need_status(need_id, after, by=program, reason=reason)


def person_said(need_id: UUID, helped: Helped, writer: Actor) -> None:
    """Met only when the person says so; *some* and *no* leave the need standing."""
    need = screening.needs([need_id]).get(need_id)
    if helped is Helped.LATER or need is None or need.status is NeedStatus.WITHDRAWN:
        return
    if helped is Helped.YES and need.status is not NeedStatus.MET:
        screening.set_need_status(need_id, NeedStatus.MET, by=writer, reason="the person said so")
    elif helped is not Helped.YES and need.status is NeedStatus.MET:
        screening.set_need_status(need_id, NeedStatus.OPEN, by=writer, reason="the person said so")


def is_unwanted(need_id: UUID, writer: Actor) -> None:
    """The person does not want help with this any more."""
    need = screening.needs([need_id]).get(need_id)
    if need is not None and need.status is not NeedStatus.WITHDRAWN and need.status is not NeedStatus.MET:
        screening.set_need_status(need_id, NeedStatus.WITHDRAWN, by=writer, reason="the person said so")


def nobody_is_left(need_id: UUID, reason: str, writer: Actor) -> None:
    """Nobody is left to ask."""
    need = screening.needs([need_id]).get(need_id)
    if need is not None and need.status in (NeedStatus.OPEN, NeedStatus.BEING_HELPED):
        screening.set_need_status(need_id, NeedStatus.UNMET, by=writer, reason=reason)
