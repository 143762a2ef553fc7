"""The home of those who help people: a hospital's care manager, a pantry's worker. One thing first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from commonweal.directory import facade as directory
from commonweal.foundation.access import Actor
from commonweal.foundation.audit import note_read
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.people.shapes import ContactShape, PersonShape
from commonweal.people.vocabulary import Channel
from commonweal.referrals import facade as referrals
from commonweal.referrals.shapes import NeedsMe, TaskShape
from commonweal.referrals.vocabulary import Helped

WORKING_SHOWN = 8
"""Of those whom one is helping, so many stand on the page; the rest are a click away."""


@dataclass(frozen=True, slots=True)
class First:
    """The one thing that comes first. ``kind``: answer, late, stuck, again or none."""

    kind: str
    task: TaskShape | None = None


def first_thing(waiting: NeedsMe) -> First:
    """Who waits for our answer, whom we asked and is late, who finds no one, help that did not help. Pure."""
    if waiting.to_answer:
        return First("answer", waiting.to_answer[0])
    if waiting.late:
        return First("late", waiting.late[0])
    if waiting.stuck:
        return First("stuck", waiting.stuck[0])
    for said, task in waiting.said:
        if said.helped is Helped.NO and task is not None:
            return First("again", task)
    return First("none")


def home(actor: Actor) -> tuple[str, dict[str, Any]]:
    """Who waits for this helper, what came in, what is late."""
    waiting = referrals.needs_me_today(actor)
    known = people.people(_named(waiting))
    for person in known.values():
        note_read(
            by=actor,
            person_id=person.id,
            what=N_("your name, beside what waits for an answer"),
            because="access.own" if actor.partner_id in person.holder_ids else "access.shared",
        )
    return "site/home_helper.html", {
        "waiting": waiting,
        "working_on": waiting.working_on[:WORKING_SHOWN],
        "first": first_thing(waiting),
        "people": known,
        "said": [(answer, task, name_of(known, waiting.said_by[answer.id])) for answer, task in waiting.said],
        "answered": [(event, task, name_of(known, task.person_id)) for event, task in waiting.new_answers],
        "by_hand": ways_to_ask(waiting.by_hand),
        "today": timezone.localtime(),
        "rule_line": referrals.answer_rule_line(),
        "services": directory.services_of_partner(actor.partner_id) if actor.partner_id else [],
        "answer_minutes": referrals.answer_minutes(),
    }


def _named(waiting: NeedsMe) -> set[UUID]:
    """Those whose names stand on the page. A request that we have not answered names nobody."""
    shown: Iterable[TaskShape | None] = (
        *waiting.late,
        *(t for _event, t in waiting.new_answers),
        *(t for _answer, t in waiting.said),
        *waiting.by_hand,
        *waiting.stuck,
        *waiting.working_on[:WORKING_SHOWN],
    )
    return {t.person_id for t in shown if t is not None} | set(waiting.said_by.values())


def ways_to_ask(tasks: Iterable[TaskShape]) -> list[tuple[TaskShape, str]]:
    """Each with the ways that the person said are safe: a call, a letter; else only when they meet."""
    waiting = list(tasks)
    known = people.contacts({t.person_id for t in waiting})
    return [(t, _safe_way(known.get(t.person_id))) for t in waiting]


def _safe_way(contact: ContactShape | None) -> str:
    if contact is not None and contact.may(Channel.CALL) and contact.phone:
        return _("Call, or hand over a letter")
    if contact is not None and not contact.prohibited and Channel.LETTER not in contact.unsafe:
        return _("Hand over a letter")
    return _("Ask when you meet")


def name_of(known: dict[UUID, PersonShape], person_id: UUID) -> str:
    """The person's name where it may be seen, else nothing."""
    person = known.get(person_id)
    return person.name if person else ""
