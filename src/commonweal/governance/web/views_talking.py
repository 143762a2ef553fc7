"""Talking about a question: comments, other wordings, stances, conflicts; and writing on one's own."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of
from commonweal.governance.actions import polling, proposing, talking
from commonweal.governance.shapes_questions import QuestionShape
from commonweal.governance.vocabulary import Fate, Position
from commonweal.governance.web import question_acts as steps
from commonweal.governance.web import voices
from commonweal.governance.web.question_forms import GainForm, InputForm, SectionForm
from commonweal.governance.web.views_questions import at_table, blame, found_question
from commonweal.kernel.errors import BadInput
from commonweal.partners import facade as partners


def _said(request: HttpRequest, number: int, do: Callable[[], object], thanks: str) -> HttpResponse:
    """Do it, and tell how it went on the page of the question."""
    try:
        do()
    except BadInput as fault:
        messages.error(request, _(fault.what))
    except ValueError:
        messages.error(request, _("Choose one of the answers."))
    else:
        messages.success(request, thanks)
    return redirect("governance:question", number)


@require_POST
@at_table
def say(request: HttpRequest, number: int) -> HttpResponse:
    """Comment on a section or the whole, propose another wording, or answer in a partner's name."""
    actor = actor_of(request)
    found = found_question(number, actor)
    words, text = request.POST.get("words", ""), request.POST.get("text", "")
    place = int(request.POST["section"]) if request.POST.get("section", "").isdecimal() else None

    def do() -> None:
        if request.POST.get("reply") and actor.partner_id is not None:
            talking.reply(found.line.id, by=actor, partner_id=actor.partner_id, words=words)
        elif text.strip() and place is not None:
            talking.amend(found.line.id, by=actor, section_place=place, text=text, why=words)
        else:
            talking.comment(found.line.id, by=actor, words=words, section_place=place)

    return _said(request, number, do, _("It stands below the question now."))


@require_POST
@at_table
def settle(request: HttpRequest, number: int, amendment_id: UUID) -> HttpResponse:
    """Take another wording up, or refuse it with the reason."""
    actor = actor_of(request)
    found_question(number, actor)
    fate = Fate.TAKEN_UP if request.POST.get("fate") == Fate.TAKEN_UP.value else Fate.REFUSED

    def do() -> None:
        talking.settle_amendment(amendment_id, by=actor, fate=fate, why=request.POST.get("why", ""))

    return _said(request, number, do, _("Its author can read what became of it."))


@require_POST
@at_table
def stance(request: HttpRequest, number: int) -> HttpResponse:
    """Say openly where a voter stands before the vote."""
    actor = actor_of(request)
    found = found_question(number, actor)

    def do() -> None:
        talking.take_stance(
            found.line.id,
            by=actor,
            voter=request.POST.get("voter", ""),
            position=Position(request.POST.get("position", "")),
            words=request.POST.get("words", ""),
        )

    return _said(request, number, do, _("It stands below the question now."))


@require_POST
@at_table
def disclose(request: HttpRequest, number: int) -> HttpResponse:
    """Disclose a conflict of interest."""
    actor = actor_of(request)
    found = found_question(number, actor)

    def do() -> None:
        polling.disclose_conflict(
            found.line.id,
            by=actor,
            voter=request.POST.get("voter", ""),
            interest=request.POST.get("interest", ""),
        )

    return _said(request, number, do, _("Disclosed. The others judge it before the vote."))


@require_POST
@at_table
def judge(request: HttpRequest, number: int, recusal_id: UUID) -> HttpResponse:
    """Write down what the others held of a conflict."""
    actor = actor_of(request)
    found_question(number, actor)

    def do() -> None:
        is_conflict = request.POST.get("is") == "conflict"
        polling.judge_conflict(recusal_id, by=actor, is_conflict=is_conflict, why=request.POST.get("why", ""))

    return _said(request, number, do, _("Written down, with the reason."))


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Write on one's own question: sections, who gains and bears, whose words it answers."""
    actor = actor_of(request)
    found = found_question(number, actor)
    if not steps.what_may(number, actor).write:
        return redirect("governance:question", number)
    part = request.POST.get("part", "")
    forms = _forms(request, found, part)
    if part in forms and forms[part].is_valid() and _written(request, forms[part], found, actor, part):
        return redirect("governance:question-edit", number)
    status = 422 if part else 200
    context = {"question": found, "parts": list(_parts(found, forms))}
    return render(request, "governance/question_edit.html", context, status=status)


def _written(request: HttpRequest, form: Form, found: QuestionShape, actor: Actor, part: str) -> bool:
    try:
        _DO[part.partition("-")[0]](found, actor, form.cleaned_data)
    except BadInput as fault:
        blame(form, fault)
        return False
    messages.success(request, _("Saved."))
    return True


def _forms(request: HttpRequest, found: QuestionShape, part: str) -> dict[str, Form]:
    """The forms of the page: one for each section that stands, and one for each thing to add."""
    known = partners.all_partners()

    def data(name: str) -> Any:
        return request.POST if part == name else None

    standing = {
        f"section-{s.place}": SectionForm(
            data(f"section-{s.place}"),
            auto_id=f"id_s{s.place}_%s",
            initial={"place": s.place, "heading": s.heading, "text": s.text},
        )
        for s in found.sections
    }
    return {
        **standing,
        "section": SectionForm(data("section")),
        "gain": GainForm(data("gain"), partners=known, auto_id="id_gain_%s"),
        "input": InputForm(data("input"), auto_id="id_input_%s"),
        **_voices(found, data("voices")),
    }


def _voices(found: QuestionShape, data: Any) -> dict[str, Form]:
    """What people said and this question may take up; nothing where there is nothing to pick."""
    body = partners.bodies_by_id([found.line.body_id]).get(found.line.body_id)
    known = voices.choices(found.line.body_id if body and body.is_private else None)
    there = voices.nodes_of(found)
    left = [one for one in known if one[0] not in there]
    return {"voices": voices.VoicesForm(data, choices=left, auto_id="id_voices_%s")} if left else {}


def _parts(found: QuestionShape, forms: dict[str, Form]) -> Iterator[dict[str, object]]:
    rows: dict[str, list[str]] = {
        "gain": [": ".join(filter(None, (g.who, g.gains, g.bears))) for g in found.gains],
        "input": [f"“{i.words}” {i.said_by}" for i in found.inputs],
        "voices": [f"“{v.words}”" for v in voices.voices_of(found)[len(found.inputs) :] if v.words],
    }
    headings = {
        "section": (_("Add a section"), _("Add the section")),
        "gain": (_("Who gains, and who bears the cost"), _("Add this group")),
        "input": (_("Whose words it answers"), _("Add these words")),
        "voices": (_("What people said that it answers"), _("Take it up")),
    }
    for name, form in forms.items():
        place = name.partition("-")[2]
        heading, button = headings[name] if not place else (_("Section %(n)s") % {"n": place}, _("Save it"))
        yield {"name": name, "form": form, "rows": rows.get(name, ()), "heading": heading, "button": button}


def _section(found: QuestionShape, actor: Actor, said: dict[str, Any]) -> None:
    place = said["place"] or None
    proposing.write_section(found.line.id, place, by=actor, text=said["text"], heading=said["heading"])


def _gain(found: QuestionShape, actor: Actor, said: dict[str, Any]) -> None:
    proposing.add_gain(
        found.line.id,
        by=actor,
        who=said["who"],
        gains=said["gains"],
        bears=said["bears"],
        partner_id=UUID(said["partner"]) if said["partner"] else None,
    )


def _input(found: QuestionShape, actor: Actor, said: dict[str, Any]) -> None:
    proposing.answer_input(
        found.line.id,
        by=actor,
        words=said["words"],
        said_by=said["said_by"],
        answer=said["answer"],
        how_said=said["how_said"],
        is_answered=said["is_answered"],
    )


def _take_up(found: QuestionShape, actor: Actor, said: dict[str, Any]) -> None:
    proposing.take_up(found.line.id, said["voices"], by=actor, why=said["answer"])


_DO: dict[str, Callable[[QuestionShape, Actor, dict[str, Any]], None]] = {
    "section": _section,
    "gain": _gain,
    "input": _input,
    "voices": _take_up,
}
