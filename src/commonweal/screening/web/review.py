"""What the person told us, and what they want help with."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.foundation.access.web import actor_of, id_from, requires
from commonweal.kernel.answers import Answered
from commonweal.kernel.domains import NAMES, NeedDomain
from commonweal.kernel.errors import Refused
from commonweal.people import facade as people
from commonweal.people.shapes import Obligations
from commonweal.screening import actions
from commonweal.screening.access import READERS, SCREENERS, keeping, may_screen
from commonweal.screening.queries import needs as need_queries
from commonweal.screening.queries import responses
from commonweal.screening.rules.zcodes import suggest
from commonweal.screening.shapes import (
    FindingShape,
    Given,
    InstrumentShape,
    NeedShape,
    ScreeningShape,
    ZSuggestion,
)
from commonweal.screening.vocabulary import (
    MODE_NAMES,
    NEED_STATUS_NAMES,
    WISH_NAMES,
    Because,
    Flag,
    NeedStatus,
    Outcome,
    ResponseStatus,
    Result,
    Wish,
)
from commonweal.screening.web.answering import form_of
from commonweal.screening.web.common import ANSWERS, acts_for, here, named_page, note, person_at
from commonweal.screening.web.forms import MistakeForm
from commonweal.screening.web.words import told

NEED_LOOK = {
    NeedStatus.OPEN: "is-wait",
    NeedStatus.BEING_HELPED: "is-moving",
    NeedStatus.MET: "is-met",
    NeedStatus.UNMET: "is-no",
    NeedStatus.WITHDRAWN: "is-off",
}


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk on the page, with what the person wishes and the need that came of it."""

    finding: FindingShape
    sentence: str
    name: str
    choices: tuple[tuple[Wish, str, bool], ...]
    need: NeedShape | None = None
    need_look: str = ""
    need_words: str = ""
    acts: tuple[tuple[str, str], ...] = ()

    @property
    def is_apart(self) -> bool:
        return self.finding.determination.segment is not Segment.GENERAL

    @property
    def contradicts(self) -> bool:
        return Flag.CONTRADICTORY in self.finding.determination.flags


@dataclass(frozen=True, slots=True)
class Line:
    """One question with what was said to it, for the whole list of answers."""

    question: str
    answer: str
    silent: bool = False
    apart: bool = False


@require_safe
@requires(*READERS, purpose=Purpose.COORD)
def review(request: HttpRequest, screening: str) -> HttpResponse:
    """Risks in plain words, the question whether help is wanted, and what goes well."""
    actor = actor_of(request)
    found, givens = responses.with_sensitive(actor, id_from(screening))
    who = person_at(found.person_id)
    if found.status is ResponseStatus.IN_PROGRESS:
        return redirect("screening:answer", found.id)
    note(actor, who, ANSWERS)
    form = form_of(found)
    needs = _needs(actor, found)
    risks = _risks(found, needs)
    language = here() if here() in form.languages else found.language
    context = {
        "language": language,
        "screening": found,
        "person": who,
        "title": found.instrument_title.said_in(here()),
        "mode": MODE_NAMES[found.mode],
        "risks": [risk for risk in risks if not risk.is_apart],
        "apart": [risk for risk in risks if risk.is_apart],
        "travels": _travels(actor, found, form, givens),
        "unsure": _names(found, Result.INDETERMINATE),
        "not_asked": _names(found, Result.NOT_ASSESSED),
        "well": _names(found, Result.NEGATIVE),
        "strengths": _strengths(form, givens, language),
        "lines": _lines(form, givens, language),
        "codes": _codes(found),
        "declined": found.outcome in (Outcome.DECLINED, Outcome.UNABLE),
        "unable": found.outcome is Outcome.UNABLE,
        "in_error": found.status is ResponseStatus.IN_ERROR,
        "may_write": bool(may_screen(actor)) and found.holder_id == actor.partner_id,
        "unread": found.looked_at is None,
    }
    return render(request, "screening/review.html", context)


@require_POST
@requires(*SCREENERS, purpose=Purpose.COORD)
def wishes(request: HttpRequest, screening: str) -> HttpResponse:
    """What the person said to: do you want help with this?"""
    actor = actor_of(request)
    found, _ = responses.with_sensitive(actor, id_from(screening))
    said = {}
    for finding in found.findings:
        chosen = request.POST.get(f"wish-{finding.id}", "")
        if chosen in set(Wish) and chosen != finding.wish:
            said[finding.id] = Wish(chosen)
    raised = actions.record_wishes(found.id, said, by=actor) if said else []
    if found.looked_at is None:
        actions.look_at(found.id, by=actor)
    if raised:
        messages.success(
            request,
            ngettext(
                "One thing they want help with was written down.",
                "%(n)s things they want help with were written down.",
                len(raised),
            )
            % {"n": len(raised)},
        )
    else:
        messages.success(request, gettext("Saved."))
    return redirect("screening:review", found.id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*SCREENERS, purpose=Purpose.COORD)
def mistake(request: HttpRequest, screening: str) -> HttpResponse:
    """This screening is wrong as a whole."""
    actor = actor_of(request)
    found = responses.screening(id_from(screening))
    if found.holder_id != actor.partner_id:
        raise Refused(may_screen(actor))
    form = MistakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.mark_in_error(found.id, form.cleaned_data["reason"], by=actor)
        messages.success(request, gettext("Marked as a mistake. It is kept, and not counted."))
        return redirect("screening:list")
    who = person_at(found.person_id)
    return named_page(request, who, "screening/mistake.html", {"form": form, "screening": found})


def _needs(actor: Actor, found: ScreeningShape) -> dict[NeedDomain, NeedShape]:
    """The newest need in each domain, those about safety where they may be seen."""
    needs = need_queries.needs_of(found.person_id)
    with keeping(actor, Segment.DOMESTIC_VIOLENCE):
        needs = [*needs, *need_queries.needs_of(found.person_id)]
    mine = [need for need in needs if need.holder_id == found.holder_id]
    return {need.domain: need for need in sorted(mine, key=lambda need: need.wanted_at)}


def _risks(found: ScreeningShape, needs: dict[NeedDomain, NeedShape]) -> list[Risk]:
    positive = [f for f in found.findings if f.determination.result is Result.POSITIVE]
    return [_risk(f, needs.get(f.determination.domain)) for f in sorted(positive, key=_urgent_first)]


def _travels(
    actor: Actor, found: ScreeningShape, form: InstrumentShape, givens: list[Given]
) -> list[Obligations]:
    """What the law sends along with another holder's answers kept apart, as far as they are shown."""
    if actor.partner_id is None or actor.partner_id == found.holder_id:
        return []
    said = {given.link_id for given in givens}
    shown = {q.segment for q in form.walk() if q.link_id in said}
    shown |= {f.determination.segment for f in found.findings}
    due = [
        people.obligations_for(found.person_id, found.holder_id, actor.partner_id, segment, Purpose.TREAT)
        for segment in sorted(shown - {Segment.GENERAL})
    ]
    return [one for one in due if one]


def _urgent_first(finding: FindingShape) -> bool:
    return not finding.determination.urgent


def _risk(finding: FindingShape, need: NeedShape | None) -> Risk:
    return Risk(
        finding=finding,
        sentence=gettext(told(finding.determination)),
        name=gettext(NAMES[finding.determination.domain]),
        choices=tuple((wish, gettext(words), finding.wish is wish) for wish, words in WISH_NAMES.items()),
        need=need,
        need_look=NEED_LOOK[need.status] if need else "",
        need_words=gettext(NEED_STATUS_NAMES[need.status]) if need else "",
        acts=tuple(acts_for(need)) if need else (),
    )


def _names(found: ScreeningShape, result: Result) -> list[str]:
    return [
        gettext(NAMES[f.determination.domain])
        for f in found.findings
        if f.determination.result is result and f.determination.segment is Segment.GENERAL
    ]


def _strengths(form: InstrumentShape, givens: list[Given], language: str) -> list[str]:
    """What helps the person, in the words of the form."""
    by_link = {given.link_id: given for given in givens}
    return [
        option.words.said_in(language)
        for question in form.walk()
        if question.domain is NeedDomain.PROTECTIVE
        for option in question.options
        if option.absent is None and option.code in by_link.get(question.link_id, Given("")).codes
    ]


def _lines(form: InstrumentShape, givens: list[Given], language: str) -> list[Line]:
    by_link = {given.link_id: given for given in givens}
    lines = []
    for question in form.walk():
        given = by_link.get(question.link_id)
        if not question.is_asked or given is None:
            continue
        words = [o.words.said_in(language) for o in question.options if o.code in given.codes]
        said = ", ".join(words) or _plain(given.value)
        lines.append(
            Line(
                question=question.words.said_in(language),
                answer=said or _silence(given),
                silent=not said,
                apart=question.segment is not Segment.GENERAL,
            )
        )
    return lines


def _plain(value: str) -> str:
    return {"true": gettext("Yes"), "false": gettext("No")}.get(value, value)


def _silence(given: Given) -> str:
    if given.because is Because.NOT_ALONE:
        return gettext("Not asked: they were not alone")
    return {
        Answered.DECLINED: gettext("Would rather not say"),
        Answered.UNABLE: gettext("Could not answer"),
        Answered.UNKNOWN: gettext("Does not know"),
    }.get(given.absent or Answered.NOT_ASKED, gettext("Not asked"))


def _codes(found: ScreeningShape) -> tuple[ZSuggestion, ...]:
    """Z codes to consider, by the date on which the person was asked."""
    served: date = found.asked_on
    return suggest((finding.determination for finding in found.findings), served)
