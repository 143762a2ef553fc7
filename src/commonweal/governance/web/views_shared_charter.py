"""The shared charter: what we are here for, who decided it, who signed it, and where it is written."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of, public
from commonweal.governance import access_shared_charter as access
from commonweal.governance import access_voting, facade
from commonweal.governance.actions import proposing
from commonweal.governance.actions import shared_charter as acts
from commonweal.governance.models import Proposal
from commonweal.governance.queries import bylaws
from commonweal.governance.queries import shared_charter as reading
from commonweal.governance.rules import comparing_words
from commonweal.governance.rules.shared_charter import counted, may_follow
from commonweal.governance.shapes_shared_charter import DraftPart, SignatoryShape
from commonweal.governance.vocabulary import Matter, Stage
from commonweal.governance.vocabulary_shared_charter import PART_NAMES, Part, Signs, Word
from commonweal.governance.web.shared_charter_forms import PutForm, RemarkForm, SignForm, WriteForm
from commonweal.governance.web.views_questions import at_table
from commonweal.kernel.errors import BadInput, Conflict, NotFound

OPEN = (Stage.TALKING, Stage.NOTICE, Stage.VOTING, Stage.PENDING_RESIDENTS, Stage.PENDING_RATIFICATION)


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """The version in force, who signed it, and every version there was. Public."""
    actor, versions = actor_of(request), reading.versions()
    held = next((one for one in versions if one.is_in_force), None)
    signatories = reading.signatories(held.id) if held else []
    ended = next((one for one in versions if one.ended_at), None)
    context = {
        "held": held,
        "line": facade.decision_line(held.mandate_id) if held else None,
        "versions": versions,
        "ended": ended if ended and (held is None or ended.version > held.version) else None,
        "groups": _groups(signatories),
        "said": _counted(signatories),
        "mine": _mine(actor, signatories),
        "may_ask": bool(held and access.may_ask(actor)),
        "unasked": [one for one in signatories if one.stands is Signs.NOT_ASKED],
        "may_write": bool(access.may_write(actor)),
        "sees_names": actor.account_id is not None,
        "asked_now": _open_questions(),
    }
    return render(request, "governance/shared_charter.html", context)


def _groups(found: list[SignatoryShape]) -> list[tuple[Signs, list[SignatoryShape]]]:
    """By how they stand, in order; groups of nobody are left out."""
    groups = [(how, [one for one in found if one.stands is how]) for how in reading.ORDER]
    return [(how, those) for how, those in groups if those]


def _counted(found: list[SignatoryShape]) -> str:
    """*4 of 14 partners have signed.*"""
    n = counted(one.stands for one in found)[Signs.SIGNED]
    return ngettext("%(n)s of %(all)s partners has signed.", "%(n)s of %(all)s partners have signed.", n) % {
        "n": n,
        "all": len(found),
    }


def _mine(actor: Actor, found: list[SignatoryShape]) -> list[dict[str, object]]:
    """The partners for which this reader speaks, with what can be said now, or why it can't."""
    if actor.account_id is None:
        return []
    own = {s.partner_id for s in access_voting.seats_of_account(actor) if s.partner_id}
    own |= {actor.partner_id} if actor.partner_id else set()
    return [
        {
            "it": one,
            "verdict": access.may_sign(actor, one.partner_id),
            "may_sign": may_follow(Word.SIGNED, one.stands),
            "may_decline": may_follow(Word.DECLINED, one.stands),
            "may_take_back": may_follow(Word.TAKEN_BACK, one.stands),
        }
        for one in found
        if one.partner_id in own
    ]


def _open_questions() -> list[Proposal]:
    """Questions that would adopt another version."""
    rows = Proposal.objects.filter(effect="charter.adopt", stage__in=[s.value for s in OPEN])
    return list(rows.order_by("number"))


@require_safe
@public
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version, what it changed, and who signed it while it stood."""
    versions = {one.version: one for one in reading.versions()}
    found = versions.get(number)
    if found is None:
        raise NotFound("charter")
    before = versions.get(number - 1)
    context = {
        "it": found,
        "line": facade.decision_line(found.mandate_id),
        "before": before,
        "parts": [
            {
                "name": PART_NAMES[part],
                "pieces": comparing_words.pieces(
                    _(before.parts[part]) if before else "", _(found.parts[part])
                ),
                "words": found.parts[part],
            }
            for part in Part
        ],
        "signed": [one for one in reading.signatories(found.id) if one.stands is Signs.SIGNED],
    }
    return render(request, "governance/shared_charter_version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def draft(request: HttpRequest) -> HttpResponse:
    """Write it together, part by part; see what differs from what stands; put it to the table."""
    actor = actor_of(request)
    writing = access.may_write(actor)
    verb = request.POST.get("verb", "")
    forms: dict[str, Form] = {
        "write": WriteForm(request.POST if verb == "write" else None),
        "remark": RemarkForm(request.POST if verb == "remark" else None),
        "put": PutForm(request.POST if verb == "put" else None),
    }
    if request.method == "POST" and verb in forms and forms[verb].is_valid():
        done = _done(request, verb, forms[verb])
        if done is not None:
            return done
    parts = reading.draft()
    may_put = access_voting.may_propose(actor, bylaws.rule_for(Matter.BYLAWS))
    context = {
        "rows": [_row(part, verb, forms) for part in parts],
        "held": reading.in_force(),
        "may_write": bool(writing),
        "writing": writing,
        "is_whole": all(part.latest for part in parts),
        "differs": any(part.differs for part in parts),
        "put": forms["put"],
        "may_put": may_put,
        "asked_now": _open_questions(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/shared_charter_draft.html", context, status=status)


def _row(part: DraftPart, verb: str, forms: dict[str, Form]) -> dict[str, object]:
    """One part with its two forms; a form that was sent for it comes back as it was written."""
    sent = forms["write"] if verb == "write" and forms["write"].data.get("part") == part.part.value else None
    latest = part.latest
    told = forms["remark"] if verb == "remark" and latest else None
    mine = told if told and str(told.data.get("writing")) == str(latest.id if latest else "") else None
    fresh = WriteForm(
        initial={"part": part.part.value, "after": latest.id if latest else None,
                 "words": latest.words if latest else ""},
        auto_id=f"id_{part.part.value}_%s",
    )  # fmt: skip
    return {
        "it": part,
        "write": sent or fresh,
        "remark": mine
        or (
            RemarkForm(initial={"writing": latest.id}, auto_id=f"id_{part.part.value}_%s") if latest else None
        ),
        "is_open": sent is not None,
    }


def _done(request: HttpRequest, verb: str, form: Form) -> HttpResponse | None:
    """Do what was asked; None where it could not be done and the form says why."""
    actor, said = actor_of(request), form.cleaned_data
    try:
        if verb == "write":
            acts.write(Part(said["part"]), said["words"], by=actor, after=said["after"])
            messages.success(request, _("Written. Earlier wordings are kept."))
            return redirect(f"{request.path}#{said['part']}")
        if verb == "remark":
            acts.remark(said["writing"], said["remark"], by=actor)
            messages.success(request, _("Said, beside the wording."))
            return redirect(request.path)
        return redirect("governance:question", _put(actor, said["title"], said["why"]))
    except BadInput as fault:
        field = "remark" if verb == "remark" and fault.where == "words" else fault.where
        form.add_error(field if field in form.fields else None, _(fault.what))
    except Conflict:
        form.add_error(
            None, _("Somebody else wrote here since you opened this page. Look at it, and write it in again.")
        )
    return None


def _put(actor: Actor, title: str, why: str) -> int:
    """Put the draft, as it stands, to the body that decides it; the number of the question."""
    params = {one.part.value: one.latest.words if one.latest else "" for one in reading.draft()}
    made = proposing.propose(
        by=actor,
        matter=Matter.BYLAWS,
        title=title,
        question=_("Shall this be our shared charter: %(words)s?") % {"words": title},
        effect="charter.adopt",
        params={**params, "words": title},
        sections=[(_("Why"), why)] if why else [],
    )
    return Proposal.objects.get(pk=made).number


@require_POST
@at_table
def sign(request: HttpRequest) -> HttpResponse:
    """Sign for the own partner, decline, take it back; ask partners to sign."""
    form = SignForm(request.POST)
    if not form.is_valid():
        raise NotFound("verb")
    said = form.cleaned_data
    try:
        _signed(said["verb"], said["partner"], said["why"], actor_of(request))
    except BadInput as fault:
        messages.error(request, _(fault.what))
    except Conflict:
        messages.error(request, _("That was said already."))
    else:
        messages.success(request, _("Written down, with the day and your name."))
    return redirect("governance:shared-charter")


def _signed(verb: str, partner_id: UUID | None, why: str, by: Actor) -> None:
    if verb == "ask-all":
        held = reading.in_force()
        for one in reading.signatories(held.id) if held else []:
            if one.stands is Signs.NOT_ASKED:
                acts.ask(one.partner_id, by=by)
        return
    if partner_id is None:
        raise NotFound("partner")
    if verb == "ask":
        acts.ask(partner_id, by=by)
    elif verb == "sign":
        acts.sign(partner_id, by=by)
    elif verb == "decline":
        acts.decline(partner_id, by=by, why=why)
    else:
        acts.take_back(partner_id, by=by, why=why)
