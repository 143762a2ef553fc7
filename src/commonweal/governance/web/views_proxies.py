"""Proxies: let another vote in one's place, take that back, and see who carries whose vote."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of, id_from
from commonweal.governance.actions import polling
from commonweal.governance.models import Proposal
from commonweal.governance.queries import proxies, rooms
from commonweal.governance.web.views_questions import at_table, blame, found_question
from commonweal.kernel.errors import BadInput, NotFound


class ProxyForm(forms.Form):
    """Who votes in one's place, and what is asked of them."""

    def __init__(self, *args: Any, row: Proposal, voice: proxies.Voice, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", voice.voter.partition(":")[2])
        super().__init__(*args, **kwargs)
        self.voice = voice
        named = [(c.voter, _carrier_words(c)) for c in proxies.carriers(row, voice.voter)]
        self.fields["carrier"] = forms.ChoiceField(
            label=_("Who votes in your place?"), choices=[("", "–"), *named]
        )
        self.fields["words"] = forms.CharField(
            label=_("What you ask of them, in writing"),
            max_length=500,
            initial=_("Vote as you judge best once you have heard the others."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )


def _carrier_words(one: proxies.Carrier) -> str:
    if not one.carries:
        return _(one.name)
    words = ngettext("%(name)s, carries %(n)s vote", "%(name)s, carries %(n)s votes", one.carries)
    return words % {"name": _(one.name), "n": one.carries}


@require_safe
@at_table
def mine(request: HttpRequest) -> HttpResponse:
    """Every question on which the reader can let another vote, with what was given and what is carried."""
    actor = actor_of(request)
    rows = [(row, proxies.voices(row, actor)) for row in proxies.open_to(actor)]
    return render(request, "governance/proxies.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def of_question(request: HttpRequest, number: int) -> HttpResponse:
    """The proxies on one question."""
    actor = actor_of(request)
    found_question(number, actor)
    row = rooms.question_numbered(number)
    assert row is not None  # it was found a line above
    voices = proxies.voices(row, actor)
    if request.method == "POST" and request.POST.get("act") == "back":
        return _taken_back(request, row, actor)
    cards = [(voice, _form(request, row, voice)) for voice in voices]
    bad = next((form for _voice, form in cards if form.is_bound), None)
    if bad is not None and bad.is_valid() and _given(row, bad, actor):
        messages.success(request, _("It is given. If you vote yourself, your own vote counts."))
        return redirect("governance:question-proxies", number)
    context = {
        "row": row,
        "may": proxies.may_be_given(row),
        "most": proxies.most_carried(row),
        "cards": cards,
        "standing": proxies.standing([row]),
    }
    status = 422 if bad is not None else 200
    return render(request, "governance/question_proxies.html", context, status=status)


def _form(request: HttpRequest, row: Proposal, voice: proxies.Voice) -> ProxyForm:
    given = request.method == "POST" and request.POST.get("voter") == voice.voter
    return ProxyForm(request.POST if given else None, row=row, voice=voice)


def _given(row: Proposal, form: ProxyForm, actor: Actor) -> bool:
    said = form.cleaned_data
    try:
        polling.give_proxy(
            row.pk, by=actor, giver=form.voice.voter, carrier=said["carrier"], words=said["words"]
        )
    except BadInput as fault:
        blame(form, fault)
        return False
    return True


def _taken_back(request: HttpRequest, row: Proposal, actor: Actor) -> HttpResponse:
    given = id_from(request.POST.get("proxy", ""))
    if given not in {one.id for one in proxies.standing([row])}:
        raise NotFound("proxy")
    polling.revoke_proxy(given, by=actor)
    messages.success(request, _("Taken back. You vote yourself."))
    return redirect("governance:question-proxies", row.number)
