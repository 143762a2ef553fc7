"""Words of the role homes: greetings, what waits, who said what."""

from datetime import datetime
from uuid import UUID

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.directory.shapes import ServiceShape
from commonweal.foundation.ui.templatetags.ui import state
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NAMES, NeedDomain
from commonweal.kernel.words import N_
from commonweal.people.shapes import PersonShape
from commonweal.referrals.facade import reason_words
from commonweal.referrals.shapes import AnswerShape, EventShape, NeedsMe, TaskShape
from commonweal.referrals.vocabulary import (
    EVENT_WORDS,
    HELPED_LOOK,
    HELPED_SAID,
    HELPED_WORDS,
    STATUS_LOOK,
    STATUS_WORDS,
    Helped,
)

register = template.Library()


TITLES = frozenset(
    {"Dr", "Dra", "Rev", "Prof", "Mayor", "Commissioner", "Judge", "Sheriff", "Sister", "Father"}
)


@register.simple_tag
def greeting(moment: datetime, name: str) -> str:
    """Good morning, Danielle. Who goes by a title keeps it, with the family name: Dr. Gorman."""
    words = name.split()
    first = words[0] if words else ""
    if first.rstrip(".") in TITLES and len(words) > 1:
        first = f"{first} {words[-1]}"
    if moment.hour < 12:
        said = _("Good morning")
    elif moment.hour < 18:
        said = _("Good afternoon")
    else:
        said = _("Good evening")
    return f"{said}, {first}" if first else said


@register.simple_tag
def today_in_words(waiting: NeedsMe) -> str:
    """What waits, as one sentence; calm when nothing does."""
    parts = []
    if waiting.to_answer:
        count = len(waiting.to_answer)
        parts.append(
            ngettext("%(n)s request waits for your answer", "%(n)s requests wait for your answer", count)
            % {"n": count}
        )
    if waiting.new_answers or waiting.said:
        count = len(waiting.new_answers) + len(waiting.said)
        parts.append(ngettext("%(n)s answer came in", "%(n)s answers came in", count) % {"n": count})
    if waiting.late_count:
        parts.append(
            ngettext(
                "%(n)s referral has waited longer than promised",
                "%(n)s referrals have waited longer than promised",
                waiting.late_count,
            )
            % {"n": waiting.late_count}
        )
    if waiting.stuck_count:
        parts.append(
            ngettext("%(n)s request finds nobody", "%(n)s requests find nobody", waiting.stuck_count)
            % {"n": waiting.stuck_count}
        )
    return ". ".join(parts) + "." if parts else _("All is answered. Nothing is late.")


@register.filter
def domain_name(domain: NeedDomain) -> str:
    """A need domain in the reader's language."""
    return _(NAMES[domain])


@register.filter
def name_of(known: dict[UUID, PersonShape], person_id: UUID) -> str:
    """The person's name where the reader may see it."""
    person = known.get(person_id)
    return person.name if person else _("Someone")


@register.filter
def late_now(task: TaskShape) -> bool:
    """Past the time that the table set."""
    return task.is_late(now())


@register.filter
def silent(waiting: NeedsMe) -> int:
    """Of those served in the last month, how many have not told us."""
    return max(waiting.served_people - waiting.answered_people, 0)


@register.simple_tag
def task_state(task: TaskShape) -> SafeString:
    """Where a sending stands: shape, word, color; what the person says comes before what the service says."""
    if task.helped is not None and task.helped is not Helped.LATER:
        return helped_state(task.helped)
    if task.is_late(now()):
        return state("is-late", _("Past its time"))
    return state(STATUS_LOOK[task.status], _(STATUS_WORDS[task.status]))


@register.simple_tag
def helped_state(helped: Helped) -> SafeString:
    """What the person says about the help."""
    return state(HELPED_LOOK[helped], _(HELPED_WORDS[helped]))


@register.simple_tag
def said_line(answer: AnswerShape, name: str, task: TaskShape | None) -> str:
    """*Teresa Aguilar says the food helps some.*"""
    what = _(NAMES[task.domain]) if task else _("the help")
    return _("%(who)s on %(what)s: %(said)s") % {
        "who": name,
        "what": what,
        "said": _(HELPED_SAID[answer.helped]),
    }


@register.simple_tag
def answer_line(event: EventShape, task: TaskShape, name: str) -> str:
    """*Ferry Street Pantry for Frances Doyle: said yes.*"""
    return _("%(whom)s for %(who)s: %(what)s") % {
        "whom": task.asked_whom,
        "who": name,
        "what": _(EVENT_WORDS[event.kind]),
    }


@register.simple_tag
def capacity_state(service: ServiceShape) -> SafeString:
    """Room, waiting list or full, as last said by the service."""
    look, words = _CAPACITY.get(str(service.capacity.state), ("is-hidden", N_("Room not known")))
    return state(look, _(words))


_CAPACITY = {
    "open": ("is-done", N_("Taking new people")),
    "waitlist": ("is-wait", N_("Waiting list")),
    "closed": ("is-no", N_("Full")),
}


@register.filter
def gap_reason(code: str) -> str:
    """Why a need could not be met, in the reader's language."""
    return _(reason_words(code))
