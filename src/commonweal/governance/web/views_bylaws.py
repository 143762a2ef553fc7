"""The bylaws: the text beside each rule, versions side by side, the file, and putting a change of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundation.access.web import actor_of, public
from commonweal.foundation.ui.lines import DecisionLine
from commonweal.governance import access_voting, facade
from commonweal.governance.actions import bylaws as acts
from commonweal.governance.actions import proposing
from commonweal.governance.models import Proposal
from commonweal.governance.queries import bylaws, bylaws_said, standing
from commonweal.governance.rules import bylaws_comparing as comparing
from commonweal.governance.rules import bylaws_file
from commonweal.governance.rules.toml_reading import FileFaults
from commonweal.governance.shapes_bylaws import BylawsShape
from commonweal.governance.vocabulary import Matter
from commonweal.governance.web.bylaws_forms import AmendForm
from commonweal.governance.web.views_questions import at_table
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.verdict import Verdict

Beside = tuple[bylaws_said.RuleSaid, list[tuple[str, Verdict]]]
"""A rule, and what is lacking today in each body that it is about."""


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """The bylaws in force; before the first ones are, those that were laid down and wait for their day."""
    held = bylaws.in_force()
    coming = None if held else bylaws.version_numbered(1)
    shown = held or coming
    actor = actor_of(request)
    context: dict[str, object] = {"held": held, "coming": coming, "shown": shown}
    if shown:
        matters, bodies = bylaws_said.rules_said(shown)
        context |= {
            "matters": [(rule, []) for rule in matters],
            "bodies": _bodies(shown, bodies) if held else [(rule, []) for rule in bodies],
            "versions": bylaws.versions(),
            "line": _line(held),
            "may_change": bool(held and access_voting.may_propose(actor, held.matters.get(Matter.BYLAWS))),
        }
    return render(request, "governance/bylaws.html", context)


def _line(held: BylawsShape | None) -> DecisionLine | None:
    """Who decided the version in force; None for the first, which the founding laid down."""
    found = next((v.mandate_id for v in bylaws.versions() if held and v.id == held.id), None)
    return facade.decision_line(found)


def _bodies(held: BylawsShape, said: list[bylaws_said.RuleSaid]) -> list[Beside]:
    """Each body's rule, and which of its bodies lack something today."""
    today = localdate()
    found: list[Beside] = []
    for rule in said:
        standings = [
            (name, standing.standing_of(key.removeprefix("body-"), today)) for key, name in rule.all_names
        ]
        found.append((rule, [(name, one.lacking[0]) for name, one in standings if one.lacking]))
    return found


@require_safe
@public
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version, and what it changed."""
    shape = bylaws.version_numbered(number)
    known = {v.version: v for v in bylaws.versions()}
    if shape is None:
        raise NotFound("bylaws")
    before = bylaws.version_numbered(number - 1)
    held = bylaws.in_force()
    matters, bodies = bylaws_said.rules_said(shape)
    context = {
        "shape": shape,
        "version": known[number],
        "is_held": bool(held and held.version == number),
        "matters": [(rule, []) for rule in matters],
        "bodies": [(rule, []) for rule in bodies],
        "before": before,
        "changes": _changes(before, shape) if before else [],
    }
    return render(request, "governance/bylaws_version.html", context)


def _changes(before: BylawsShape, after: BylawsShape) -> list[bylaws_said.ChangeSaid]:
    return bylaws_said.changes_said(comparing.changes(comparing.plain(before), comparing.plain(after)))


@require_safe
@public
def download(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The file, as written."""
    shape = bylaws.version_numbered(number) if number else bylaws.in_force() or bylaws.version_numbered(1)
    if shape is None:
        raise NotFound("bylaws")
    answer = HttpResponse(shape.text, content_type="application/toml; charset=utf-8")
    name = f"{slugify(shape.name)}-{shape.version}.toml" if number else bylaws_file.FILE
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def change(request: HttpRequest) -> HttpResponse:
    """Write the bylaws as they would be, look at what would change, and put it to the table."""
    held = bylaws.in_force()
    if held is None:
        raise NotFound("bylaws")
    verdict = access_voting.may_propose(actor_of(request), held.matters.get(Matter.BYLAWS))
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    form = AmendForm(request.POST or None, initial={"text": held.text, "based_on": held.version})
    context: dict[str, object] = {"form": form, "held": held}
    if request.method == "POST" and form.is_valid():
        faults = _looked_at(form, held, context)
        if not faults and "put" in request.POST:
            number = _put(request, form)
            if number:
                return redirect("governance:question", number)
    status = 422 if form.errors or context.get("faults") else 200
    return render(request, "governance/bylaws_change.html", context, status=status)


def _looked_at(form: AmendForm, held: BylawsShape, context: dict[str, object]) -> bool:
    """Read the text; keep its faults, or what it would change, for the page. Whether there were faults."""
    try:
        said = acts.check_text(form.cleaned_data["text"])
    except FileFaults as found:
        context["faults"] = [
            _fault(f.where, f.line, f.sentence, f.cure, dict(f.params)) for f in found.faults
        ]
        return True
    found_changes = comparing.changes(comparing.plain(held), said)
    if not found_changes:
        form.add_error("text", _("Nothing would change."))
        return True
    context["changes"] = bylaws_said.changes_said(found_changes)
    return False


def _fault(where: str, line: int, sentence: str, cure: str, params: dict[str, object]) -> dict[str, object]:
    words = f"{_(sentence)} {_(cure) if cure else ''}".strip()
    return {
        "where": _(where) if line == 0 else where,
        "line": line,
        "words": words % params if params else words,
    }


def _put(request: HttpRequest, form: AmendForm) -> int | None:
    """The number of the question that asks for the change; None where it could not be put."""
    said = form.cleaned_data
    try:
        made = proposing.propose(
            by=actor_of(request),
            matter=Matter.BYLAWS,
            title=said["words"],
            question=_("Shall the bylaws change: %(words)s?") % {"words": said["words"]},
            effect="bylaws.amend",
            params={
                "text": said["text"],
                "words": said["words"],
                "based_on": said["based_on"],
                "trial_ends_on": said["trial_ends_on"].isoformat() if said["trial_ends_on"] else "",
            },
            sections=[(_("Why"), said["why"])] if said["why"] else [],
        )
    except BadInput as fault:
        form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        return None
    messages.success(
        request, _("The change is before the table. The bylaws stay as they are until it is decided.")
    )
    return Proposal.objects.get(pk=made).number
