"""Acts of who leads a body, or keeps its records: put together, take apart, merge, link, answer, redact."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.foundation.access.vocabulary import SEATED, Purpose
from commonweal.foundation.access.web import actor_of, requires
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.partners import facade as partners
from commonweal.voice import actions
from commonweal.voice.models import Act
from commonweal.voice.queries import inputs, ports
from commonweal.voice.shapes import Node, node
from commonweal.voice.vocabulary import Answering
from commonweal.voice.web.forms import (
    AnswerForm,
    GroupForm,
    LinkForm,
    RedactForm,
    SplitForm,
    TitledForm,
    WhyForm,
)
from commonweal.voice.web.views import found_body

at_table = requires(*SEATED, purpose=Purpose.GOV)


def _ids(named: Iterable[str]) -> list[UUID]:
    try:
        return [UUID(one) for one in named]
    except ValueError as fault:
        raise NotFound("input") from fault


def _done(request: HttpRequest, form: Form, do: Callable[[], object], said: str, back: str) -> HttpResponse:
    """Do it and go back; what can't be done says why on a page of its own with the form."""
    if form.is_valid():
        try:
            do()
        except BadInput as fault:
            form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        else:
            messages.success(request, said)
            return redirect(back)
    return render(request, "voice/mend.html", {"form": form, "back": back}, status=422)


@require_POST
@at_table
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Put what is chosen together."""
    actor = actor_of(request)
    body = found_body(slug, actor)
    form = GroupForm(request.POST, groups=[(request.POST.get("into", ""), "")])
    return _done(
        request,
        form,
        lambda: actions.group(
            body.id,
            _ids(request.POST.getlist("inputs")),
            by=actor,
            why=form.cleaned_data["why"],
            title=form.cleaned_data["title"],
            into=_ids([form.cleaned_data["into"]])[0] if form.cleaned_data["into"] else None,
        ),
        _("Put together. Each still has a thread of its own."),
        reverse("voice:body", args=[slug]),
    )


@require_POST
@at_table
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Merge the groups that are chosen."""
    actor = actor_of(request)
    found_body(slug, actor)
    form = TitledForm(request.POST, prefix="m")
    return _done(
        request,
        form,
        lambda: actions.merge(
            _ids(request.POST.getlist("groups")),
            by=actor,
            title=form.cleaned_data["title"],
            why=form.cleaned_data["why"],
        ),
        _("Merged. Each still has a thread of its own."),
        reverse("voice:body", args=[slug]),
    )


@require_POST
@at_table
def split(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Take the inputs that are chosen out of a group."""
    form = SplitForm(request.POST, prefix="s")
    return _done(
        request,
        form,
        lambda: actions.split(
            group_id,
            _ids(request.POST.getlist("inputs")),
            by=actor_of(request),
            title=form.cleaned_data["title"],
            why=form.cleaned_data["why"],
            keeps_links=form.cleaned_data["keeps_links"],
        ),
        _("Taken apart. Each still has a thread of its own."),
        reverse("voice:group-page", args=[group_id]),
    )


def _answer(request: HttpRequest, target: Node, back: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {}
    return _done(
        request,
        form,
        lambda: actions.answer(
            target,
            Answering(said["how"]),
            said["words"],
            by=actor_of(request),
            until=said["until"],
            words_there=said["words_there"],
            language_there="es" if said["words_there"] else "",
        ),
        _("Answered. Whoever said it reads it with the code."),
        back,
    )


@require_POST
@at_table
def answer_input(request: HttpRequest, input_id: UUID) -> HttpResponse:
    """Answer one input."""
    return _answer(request, node("input", input_id), reverse("voice:input", args=[input_id]))


@require_POST
@at_table
def answer_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Answer all that are in a group."""
    return _answer(request, node("group", group_id), reverse("voice:group-page", args=[group_id]))


def _link(request: HttpRequest, source: Node, body_id: UUID | None, back: str) -> HttpResponse:
    actor = actor_of(request)
    body = partners.bodies_by_id([body_id]).get(body_id) if body_id else None
    if body is None:
        raise NotFound("body")
    form = LinkForm(request.POST, prefix="l", choices=ports.choices(actor, body))
    return _done(
        request,
        form,
        lambda: actions.tie(source, form.cleaned_data["target"], by=actor, why=form.cleaned_data["why"]),
        _("Linked. Whoever said it reads it with the code."),
        back,
    )


@require_POST
@at_table
def link_input(request: HttpRequest, input_id: UUID) -> HttpResponse:
    """Link one input to what answers it."""
    found = inputs.one(input_id)
    back = reverse("voice:input", args=[input_id])
    return _link(request, node("input", input_id), found.body_id if found else None, back)


@require_POST
@at_table
def link_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Link a group to what answers it."""
    found = inputs.group(group_id)
    back = reverse("voice:group-page", args=[group_id])
    return _link(request, node("group", group_id), found.body_id if found else None, back)


@require_POST
@at_table
def redact(request: HttpRequest, input_id: UUID) -> HttpResponse:
    """Show other words instead of those that could harm somebody."""
    form = RedactForm(request.POST, prefix="r")
    return _done(
        request,
        form,
        lambda: actions.redact(
            input_id, form.cleaned_data["words"], by=actor_of(request), why=form.cleaned_data["why"]
        ),
        _("The first words are read by nobody any more."),
        reverse("voice:input", args=[input_id]),
    )


@require_POST
@at_table
def take_back(request: HttpRequest, act_id: UUID) -> HttpResponse:
    """Undo an act, with the reason."""
    form = WhyForm(request.POST, prefix="u")
    row = Act.objects.select_related("body").filter(pk=act_id).first()
    if row is None:
        raise NotFound("act")
    return _done(
        request,
        form,
        lambda: actions.take_back(act_id, by=actor_of(request), why=form.cleaned_data["why"]),
        _("Taken back, with your reason."),
        reverse("voice:body", args=[row.body.slug]),
    )
