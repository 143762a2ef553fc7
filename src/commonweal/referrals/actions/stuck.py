"""A request that came back and finds no one: marked until somebody acts, so that lists and homes show it."""

from uuid import UUID

from commonweal.foundation.access import acting
from commonweal.people import facade as people
from commonweal.referrals.actions.step import program_of
from commonweal.referrals.models import Task
from commonweal.referrals.queries import matching
from commonweal.referrals.rules.chain import DeadEnd, Link, bounces_in_a_row, dead_end
from commonweal.referrals.vocabulary import OPEN, OutcomeCode, Status
from commonweal.screening import facade as screening


def note_whether_stuck(task: Task) -> None:
    """After a sending ended: is its request at a dead end now? Kept on the newest sending that counts."""
    with acting(program_of(task.holder_id)):
        sent = Task.objects.filter(referral_id=task.referral_id, sent_at__isnull=False)
        chain = list(sent.exclude(status=Status.ENTERED_IN_ERROR.value).order_by("number"))
        sent.exclude(stuck="").update(stuck="")
        found = dead_end_of(chain)
        if found is not None:
            sent.filter(pk=chain[-1].pk).update(stuck=found.value)
    task.stuck = found.value if found is not None and chain[-1].pk == task.pk else ""


def dead_end_of(chain: list[Task]) -> DeadEnd | None:
    """Whether these sendings of one request, oldest first, lead nowhere; not while one is open."""
    if any(Status(task.status) in OPEN for task in chain):
        return None
    links = [Link(Status(t.status), t.reason, OutcomeCode(t.outcome) if t.outcome else None) for t in chain]
    if bounces_in_a_row(links) == 0:
        return None
    return dead_end(links, services_left(chain[-1].need_id))


def services_left(need_id: UUID) -> int | None:
    """How many fitting services were not asked yet for a need; None where the need is not to be seen."""
    need = screening.needs([need_id]).get(need_id)
    if need is None:
        return None
    return matching.services_left(matching.matches(need, people.person(need.person_id)))


def not_stuck(need_id: UUID) -> None:
    """Somebody acted on this need: asked another, gave up, or the person settled it."""
    Task.objects.filter(need_id=need_id).exclude(stuck="").update(stuck="")
