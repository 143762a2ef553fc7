"""Who is at the table, and what each can and cannot do."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import ROLE_NAMES, Purpose, Role
from commonweal.foundation.access.web import actor_of, public, requires
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.text import fold
from commonweal.partners import access, actions, queries
from commonweal.partners.access_meetings import is_of_the_table
from commonweal.partners.queries import control, ports
from commonweal.partners.shapes import PartnerShape
from commonweal.partners.vocabulary import Sector
from commonweal.partners.web.forms import TONGUES, ContactForm, InviteForm, JoinForm, LimitsForm, WhyForm
from commonweal.partners.web.ways import asked_instead, is_asked, way


def _partner(slug: str) -> PartnerShape:
    found = queries.by_slug(slug)
    if found is None:
        raise NotFound("partner")
    return found


@require_safe
@public
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """One partner: what it can and cannot do, and how it is reached."""
    found, actor = _partner(slug), actor_of(request)
    tongues = dict(TONGUES)
    # Those who work for a shelter are named to their own and to the backbone only.
    named = is_of_the_table(actor)
    if found.is_victim_service_provider:
        named = actor.partner_id == found.id or access.acts_for_backbone(actor)
    context = {
        "partner": found,
        "languages": [tongues.get(tag, tag) for tag in found.languages],
        "count": queries.member_counts().get(found.id, 0),
        "members": queries.members_of(found.id) if named else [],
        "names_hidden": not named,
        "line": ports.decided_line(queries.given_under(found.id)),
        "may_run": found.is_here and bool(access.may_run(actor, found.id)),
        "end_at": _change(found, actor, "partner.end", "partners:leave"),
        "control_at": _change(found, actor, "partner.control", "partners:control"),
        "controller": _controller(found),
        "control_line": ports.effect_line("partner.control", f"partner:{found.slug}"),
        "is_asked": is_asked(actor),
        "panels": ports.partner_panels(actor, found.id),
    }
    return render(request, "partners/partner.html", context)


def _change(found: PartnerShape, actor: Actor, kind: str, by_hand: str) -> str:
    """Where this reader changes who is at the table: by hand, or by a question."""
    if not found.is_here or (found.is_backbone and kind == "partner.end"):
        return ""
    return way(actor, kind, reverse(by_hand, args=[found.slug]), partner=found.id)


def _controller(found: PartnerShape) -> PartnerShape | None:
    above = control.controller_of(found.id)
    return queries.by_ids([above]).get(above) if above else None


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ORG_ADMIN, purpose=Purpose.GOV)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what we can and cannot do, and how we are reached."""
    found, actor = _partner(slug), actor_of(request)
    verdict = access.may_run(actor, found.id)
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    limits = LimitsForm(request.POST or None, initial={"can_do": found.can_do, "cannot_do": found.cannot_do})
    contact = ContactForm(
        request.POST or None,
        initial={
            "email": found.email,
            "phone": found.phone,
            "website": found.website,
            "place": found.place,
            "languages": list(found.languages),
        },
    )
    if request.method == "POST" and limits.is_valid() and contact.is_valid():
        actions.state_limits(found.id, by=actor, **limits.cleaned_data)
        actions.set_contact(found.id, by=actor, **contact.cleaned_data)
        messages.success(request, _("Saved. Everyone at the table sees it now."))
        return redirect("partners:partner", slug)
    status = 422 if request.method == "POST" else 200
    context = {"partner": found, "limits": limits, "contact": contact}
    return render(request, "partners/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ORG_ADMIN, purpose=Purpose.GOV)
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works here in which role; invite someone, end a role."""
    found, actor = _partner(slug), actor_of(request)
    verdict = access.may_run(actor, found.id)
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    form = InviteForm(request.POST or None, by_backbone=access.acts_for_backbone(actor))
    if request.method == "POST" and form.is_valid() and _invited(request, found.id, actor, form):
        return redirect("partners:people", slug)
    workers = sorted(queries.memberships(partner_id=found.id), key=lambda m: fold(m.account_name))
    context = {
        "partner": found,
        "form": form,
        "workers": [
            {
                "it": m,
                "role": ROLE_NAMES[Role(m.role)],
                "self": m.account_id == actor.account_id,
                "line": ports.effect_line("role.give", f"role:{m.role}.{m.account_id}"),
            }
            for m in workers
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "partners/people.html", context, status=status)


def _invited(request: HttpRequest, partner_id: UUID, actor: Actor, form: InviteForm) -> bool:
    said = dict(form.cleaned_data)
    try:
        invited = actions.invite_member(partner_id, by=actor, **{**said, "role": Role(said["role"])})
    except BadInput as fault:
        form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        return False
    if invited.secret:
        words = _("%(name)s was sent an invitation. It works once, for seven days.")
    else:
        words = _("%(name)s has this role too, from now on.")
    messages.success(request, words % {"name": said["name"]})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ORG_ADMIN, purpose=Purpose.GOV)
def end_role(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """End someone's role here: the page asks why, then it ends."""
    found, actor = _partner(slug), actor_of(request)
    row = queries.membership(membership_id)
    if row is None or row.partner_id != found.id:
        raise NotFound("membership")
    verdict = access.may_unseat(actor, found.id)
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    form = WhyForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {
            "partner": found,
            "form": form,
            "name": row.account.name,
            "role": ROLE_NAMES[Role(row.role)],
        }
        status = 422 if request.method == "POST" else 200
        return render(request, "partners/end_role.html", context, status=status)
    actions.end_membership(membership_id, by=actor, why=form.cleaned_data["why"])
    messages.success(
        request, _("%(name)s no longer has this role. It ended this moment.") % {"name": row.account.name}
    )
    return redirect("partners:people", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ORG_ADMIN, purpose=Purpose.GOV)
def join(request: HttpRequest) -> HttpResponse:
    """Take an organization in."""
    actor = actor_of(request)
    verdict = access.may_take_in(actor, None)
    if not verdict:
        return asked_instead(request, verdict, "partner.admit", _("Take an organization in"))
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        slug = slugify(said["name"])
        try:
            actions.join(by=actor, slug=slug, **{**said, "sector": Sector(said["sector"])})
        except Conflict:
            form.add_error("name", _("An organization of this name is or was at the table already."))
        else:
            messages.success(
                request, _("%(name)s is at the table. Now invite its administrator.") % {"name": said["name"]}
            )
            return redirect("partners:people", slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "partners/join.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ORG_ADMIN, purpose=Purpose.GOV)
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a partner leave: the page says first what will stop."""
    found, actor = _partner(slug), actor_of(request)
    verdict = access.may_take_in(actor, None)
    if not verdict:
        return asked_instead(request, verdict, "partner.end", _("They leave the table"), partner=found.id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.leave(found.id, by=actor, why=form.cleaned_data["why"])
        messages.success(request, _("%(name)s has left the table.") % {"name": found.name})
        return redirect("partners:table")
    context = {"partner": found, "form": form, "workers": len(queries.memberships(partner_id=found.id))}
    return render(request, "partners/leave.html", context, status=422 if request.method == "POST" else 200)
