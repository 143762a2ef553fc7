"""What referrals shows on a person's pages: for the person, and for those who help them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.kernel.ids import new_id
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.people import facade as people
from commonweal.people.shapes import Panel, PersonShape, Place
from commonweal.referrals import access, facade
from commonweal.referrals.rules.reasons import REASONS
from commonweal.referrals.rules.wording import did_it_help
from commonweal.referrals.shapes import TaskShape
from commonweal.referrals.vocabulary import HELPED_WORDS, OPEN, Helped, Status
from commonweal.referrals.web import saying

SHOWN = 12
"""Requests on a person's page; the rest stand in the list."""


def did_it_help_now(actor: Actor, person: PersonShape) -> Mapping[str, object] | None:
    """The one question that waits for the person."""
    if actor.role is not Role.RESIDENT:
        return None
    waiting = facade.answers_waiting(person.id)
    if not waiting:
        return None
    first = waiting[0]
    return {
        "waiting": first,
        "question": did_it_help(first.domain),
        "whom": first.owner_name or first.service_name,
        "helped": [(h.value, HELPED_WORDS[h]) for h in Helped],
        "more": len(waiting) - 1,
        "intent": new_id(),
    }


def who_helps_me(actor: Actor, person: PersonShape) -> Mapping[str, object] | None:
    """Who is helping the person, and with what."""
    if actor.role is not Role.RESIDENT:
        return None
    found = _latest(facade.of_person(person.id))
    phones = {i: p.phone for i, p in partners.partners({t.owner_id for t in found if t.owner_id}).items()}
    return {"rows": [_mine(t, phones) for t in found][:SHOWN], "intent": new_id()}


def _latest(found: list[TaskShape]) -> list[TaskShape]:
    """The newest sending of each request."""
    newest: dict[object, TaskShape] = {}
    for task in found:
        newest.setdefault(task.referral_id, task)
    return list(newest.values())


def _mine(task: TaskShape, phones: Mapping[Any, str]) -> dict[str, object]:
    look, words = saying.state_of(task)
    if task.status in (Status.REJECTED, Status.FAILED, Status.CANCELLED) and not task.helped:
        look, words = "is-wait", ""
    reason = REASONS.get(task.reason)
    return {
        "task": task,
        "need": saying.need(task.domain),
        "whom": task.asked_whom or _("Several services"),
        "look": look,
        "words": words,
        "why": reason.to_person if reason else "",
        "phone": phones.get(task.owner_id, "") if task.owner_id else "",
        "is_open": task.status in OPEN,
        "is_waiting": task.status is Status.REQUESTED,
        "ask_met": bool(task.handoff_at and not task.handoff_confirmed_at),
    }


def for_worker(actor: Actor, person: PersonShape) -> Mapping[str, object] | None:
    """Requests for this person as the worker may see them."""
    if actor.role not in access.READERS:
        return None
    found = facade.of_person(person.id)
    audit.note_read(
        by=actor,
        person_id=person.id,
        what=N_("requests for you and how they stand"),
        because="access.own" if actor.partner_id in person.holder_ids else "access.shared",
    )
    rows = [
        {
            "task": t,
            "need": saying.need(t.domain),
            "whom": t.asked_whom or _("Several services"),
            "state": saying.state_of(t),
            "when": saying.short_day(t.sent_at),
            "is_ours": t.holder_id == actor.partner_id,
            "for_us": t.owner_id == actor.partner_id,
        }
        for t in found[:SHOWN]
    ]
    return {"rows": rows, "person": person}


def register() -> None:
    """Put the panels on the person's pages."""
    people.register_panel(Panel("referrals.now", Place.NOW, "referrals/panels/now.html", did_it_help_now, 10))
    people.register_panel(
        Panel(
            "referrals.help",
            Place.HELP,
            "referrals/panels/help.html",
            who_helps_me,
            20,
            "help",
            N_("My help"),
        )
    )
    people.register_panel(
        Panel(
            "referrals.person",
            Place.MAIN,
            "referrals/panels/person.html",
            for_worker,
            40,
            "referrals",
            N_("Referrals"),
        )
    )
