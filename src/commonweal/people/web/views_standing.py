"""Who must not see a person, that a person has died, a mix-up, their own page, a safe address."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundation import audit
from commonweal.foundation.access.vocabulary import CARE_ROLES, Purpose
from commonweal.foundation.access.web import actor_of, id_from, requires
from commonweal.foundation.accounts.models import Account
from commonweal.kernel.errors import BadInput, Conflict
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.people import access, actions
from commonweal.people.models import SafeAddress, StandingNote
from commonweal.people.queries.persons import known_here, mine
from commonweal.people.vocabulary import How, Stand
from commonweal.people.web.common import NAME_AND_CONTACT, named_page, person_at, why_seen
from commonweal.people.web.forms import CloseForm, DeathForm, OwnPageForm, SafeAddressForm

SAFE_ADDRESS = N_("an address that only your own helpers see")


@require_http_methods(["GET", "HEAD"])
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def standing(request: HttpRequest, person_id: str) -> HttpResponse:
    """What bounds everything else about this person, and how to change it."""
    actor, who = actor_of(request), person_at(request, person_id)
    audit.note_read(by=actor, person_id=who.id, what=NAME_AND_CONTACT, because=why_seen(actor, who))
    open_notes = StandingNote.objects.filter(person_id=who.id, ended_at__isnull=True).select_related(
        "partner"
    )
    context = {
        "person": who,
        "known": known_here(who.id),
        "may_mark": bool(access.may_mark(actor, known=known_here(who.id))),
        "may_restrict": bool(access.may_restrict(actor, who.id, known=known_here(who.id))),
        "closed": [note for note in open_notes if note.kind == Stand.RESTRICTED.value],
        "disputed": Stand.DISPUTED in who.standing,
        "deceased": Stand.DECEASED in who.standing,
        "close_form": CloseForm(partners=_choices()),
        "death_form": DeathForm(),
        "has_page": Account.objects.filter(Q(person_id=who.id)).exists(),
    }
    return render(request, "people/standing.html", context)


def _choices() -> list[tuple[UUID, str]]:
    return [(partner.id, partner.name) for partner in partners.all_partners()]


@require_POST
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def close(request: HttpRequest, person_id: str) -> HttpResponse:
    """The person told us who must not see them."""
    actor, who = actor_of(request), person_at(request, person_id)
    form = CloseForm(request.POST, partners=_choices())
    if not form.is_valid():
        messages.info(request, _("Choose the organization that must not see the person."))
        return redirect("people:standing", who.id)
    partner_id = id_from(form.cleaned_data["partner"])
    actions.restrict(who.id, partner_id, by=actor, how=How.IN_PERSON)
    messages.success(request, _("Closed. They see nothing of this person from now on."))
    if partner_id == mine():
        return redirect("people:index")
    return redirect("people:standing", who.id)


@require_POST
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def reopen(request: HttpRequest, person_id: str, partner_id: str) -> HttpResponse:
    """The person lets an organization see them again, as far as they say yes to it."""
    actor, who = actor_of(request), person_at(request, person_id)
    actions.lift_restriction(who.id, id_from(partner_id), by=actor)
    messages.success(request, _("Open again, as far as the person says yes."))
    return redirect("people:standing", who.id)


@require_POST
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def died(request: HttpRequest, person_id: str) -> HttpResponse:
    """The person has died."""
    actor, who = actor_of(request), person_at(request, person_id)
    form = DeathForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("This date is in the future."))
        return redirect("people:standing", who.id)
    actions.mark_deceased(who.id, by=actor, on=form.cleaned_data["on"])
    messages.success(request, _("Written down. Nothing is shared any more, and nobody is written to."))
    return redirect("people:person", who.id)


@require_POST
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def mixed_up(request: HttpRequest, person_id: str) -> HttpResponse:
    """Two people may be mixed up here; or somebody looked and they are not."""
    actor, who = actor_of(request), person_at(request, person_id)
    if Stand.DISPUTED in who.standing:
        actions.settle_dispute(who.id, by=actor)
        messages.success(request, _("Settled."))
    else:
        actions.dispute(who.id, by=actor)
        messages.success(request, _("Written down. Sharing waits until somebody has looked."))
    return redirect("people:standing", who.id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def own_page(request: HttpRequest, person_id: str) -> HttpResponse:
    """Open the person's own page for them."""
    actor, who = actor_of(request), person_at(request, person_id)
    verdict = access.may_give_page(actor, known=known_here(who.id))
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    form = OwnPageForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.give_own_page(who.id, by=actor, **form.cleaned_data)
        except Conflict:
            form.add_error(
                None, _("This person has their own page already, or someone else uses this address.")
            )
        except BadInput as fault:
            form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        else:
            messages.success(request, _("Their page is open. They come in with a link sent to them."))
            return redirect("people:person", who.id)
    return named_page(
        request, who, "people/own_page.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*CARE_ROLES, purpose=Purpose.TREAT)
def safe_address(request: HttpRequest, person_id: str) -> HttpResponse:
    """An address that only those assigned to the person see. Not on any other page, never sent."""
    actor, who = actor_of(request), person_at(request, person_id)
    kept = SafeAddress.objects.filter(person_id=who.id, ended_at__isnull=True).first()
    if kept is not None:
        audit.note_read(by=actor, person_id=who.id, what=SAFE_ADDRESS, because="access.assigned")
    form = SafeAddressForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.keep_safe_address(
            who.id, form.cleaned_data["address"], by=actor, note=form.cleaned_data["note"]
        )
        messages.success(request, _("Saved for those assigned to this person."))
        return redirect("people:safe-address", who.id)
    return named_page(request, who, "people/safe_address.html", {"kept": kept, "form": form})
