"""The home of those who help people: a hospital's care manager, a pantry's worker. One thing first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from commonweal.directory import facade as directory
from commonweal.foundation.access import Actor
from commonweal.foundation.audit import note_read
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.people.shapes import PersonShape
from commonweal.referrals import facade as referrals
from commonweal.referrals.shapes import NeedsMe, TaskShape
from commonweal.referrals.vocabulary import Helped


@dataclass(frozen=True, slots=True)
class First:
    """The one thing that comes first. ``kind``: answer, late, again or none."""

    kind: str
    task: TaskShape | None = None


def first_thing(waiting: NeedsMe) -> First:
    """Who waits for our answer, then whom we asked and is late, then help that did not help. Pure."""
    if waiting.to_answer:
        return First("answer", waiting.to_answer[0])
    if waiting.late:
        return First("late", waiting.late[0])
    for said, task in waiting.said:
        if said.helped is Helped.NO and task is not None:
            return First("again", task)
    return First("none")


def home(actor: Actor) -> tuple[str, dict[str, Any]]:
    """Who waits for this helper, what came in, what is late."""
    waiting = referrals.needs_me_today(actor)
    known = people.people(_persons(waiting))
    for person_id in known:
        note_read(by=actor, person_id=person_id, what=N_("your name, beside what waits for an answer"))
    return "site/home_helper.html", {
        "waiting": waiting,
        "first": first_thing(waiting),
        "people": known,
        "said": [(answer, task, name_of(known, waiting.said_by[answer.id])) for answer, task in waiting.said],
        "answered": [(event, task, name_of(known, task.person_id)) for event, task in waiting.new_answers],
        "today": timezone.localtime(),
        "rule_line": referrals.answer_rule_line(),
        "services": directory.services_of_partner(actor.partner_id) if actor.partner_id else [],
        "answer_minutes": referrals.answer_minutes(),
    }


def _persons(waiting: NeedsMe) -> set[UUID]:
    shown: Iterable[TaskShape | None] = (
        *waiting.late,
        *(t for _, t in waiting.new_answers),
        *(t for _, t in waiting.said),
        *(t for t in waiting.to_answer),
        *waiting.working_on,
    )
    return {t.person_id for t in shown if t is not None} | set(waiting.said_by.values())


def name_of(known: dict[UUID, PersonShape], person_id: UUID) -> str:
    """The person's name where it may be seen, else nothing."""
    person = known.get(person_id)
    return person.name if person else ""
