"""Asking, hearing yes or no, and writing down that the person stops."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import CARE_ROLES, Purpose
from commonweal.foundation.access.web import actor_of, id_from, requires
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape
from commonweal.people import access, actions
from commonweal.people.queries.consents import one, shape_of, told_by
from commonweal.people.queries.persons import known_here, mine
from commonweal.people.queries.wording import WRITTEN_IN, consent_words, draft_faults
from commonweal.people.shapes import ConsentDraft, PersonShape
from commonweal.people.vocabulary import How
from commonweal.people.web import sharing_rows
from commonweal.people.web.common import CONSENTS, named_page, person_at, why_seen
from commonweal.people.web.consent_forms import AnswerForm, AskForm
from commonweal.people.web.forms import StopForm

_FIELD_OF = {
    "consent.hipaa.unsigned": "how",
    "consent.part2.unsigned": "how",
    "consent.ferpa.unsigned": "how",
    "consent.vawa.unsigned": "how",
    "consent.vawa.too-long": "days",
    "consent.more-private-is-for-care": "purposes",
    "consent.treatment-records-apart": "segments",
    "consent.safety-apart": "topics",
}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def ask(request: HttpRequest, person_id: str) -> HttpResponse:
    """First choose, then show the words, then hear yes or no. Three steps on one address."""
    actor, who = actor_of(request), person_at(request, person_id)
    verdict = access.may_record_consent(
        actor, who.id, mine(), known=known_here(who.id), standing=who.standing
    )
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    audit.note_read(by=actor, person_id=who.id, what=CONSENTS, because=why_seen(actor, who))
    form = AskForm(request.POST or None, partners=_others(), initial={"language": who.language})
    if not form.is_bound or not form.is_valid() or request.POST.get("step") == "choose":
        return _choose(request, who, form)
    plan = form.draft(who, mine())
    missing = [fault for fault in draft_faults(plan) if fault.rule not in _SETTLED_BY_ANSWER]
    for fault in missing:
        form.add_error(_FIELD_OF.get(fault.rule), _(fault.sentence))
    if missing:
        return _choose(request, who, form)
    paragraphs = consent_words(plan)
    answer = request.POST.get("answer", "")
    if answer not in ("yes", "no"):
        return _words(request, who, form, plan, paragraphs, None)
    return _hear(request, actor, who, form, paragraphs, answer)


_SETTLED_BY_ANSWER = frozenset({"consent.no-words", "consent.no-witness"})


def _others() -> list[PartnerShape]:
    """The partners to whom an agreement in force lets us tell something."""
    reachable = told_by(mine())
    return [partner for partner in partners.all_partners() if partner.id in reachable]


def _choose(request: HttpRequest, who: PersonShape, form: AskForm) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "people/consent_ask.html", {"person": who, "form": form}, status=status)


def _words(
    request: HttpRequest,
    who: PersonShape,
    form: AskForm,
    plan: ConsentDraft,
    paragraphs: Sequence[str],
    answer: AnswerForm | None,
) -> HttpResponse:
    """The words in the person's language, and two answers that look alike."""
    language = plan.language if plan.language in WRITTEN_IN else "en"
    with override(language):
        blank = AnswerForm(how=plan.how, saying_yes=False, initial={"words_seen": fingerprint(paragraphs)})
        context: dict[str, Any] = {
            "person": who,
            "form": form,
            "plan": plan,
            "paragraphs": paragraphs,
            "answer": answer or blank,
            "words_language": language,
            "hidden": _hidden(request, form),
        }
        return render(request, "people/consent_words.html", context, status=422 if answer else 200)


def _hidden(request: HttpRequest, form: AskForm) -> list[tuple[str, str]]:
    """What was chosen, to be sent again with the answer."""
    return [(name, value) for name in form.fields for value in request.POST.getlist(name)]


def fingerprint(paragraphs: Sequence[str]) -> str:
    """Tells whether the words on the screen were these."""
    return hashlib.sha256("\n\n".join(paragraphs).encode()).hexdigest()


def _hear(
    request: HttpRequest,
    actor: Actor,
    who: PersonShape,
    form: AskForm,
    paragraphs: Sequence[str],
    said: str,
) -> HttpResponse:
    plan = form.draft(who, mine(), words="\n\n".join(paragraphs))
    answer = AnswerForm(request.POST, how=plan.how, saying_yes=said == "yes")
    valid = answer.is_valid()
    if request.POST.get("words_seen") != fingerprint(paragraphs):
        messages.info(request, _("The words have changed since they were shown. Please read them again."))
        return _words(request, who, form, plan, paragraphs, None)
    if not valid:
        return _words(request, who, form, plan, paragraphs, answer)
    signed = {name: answer.cleaned_data.get(name, "") for name in ("signed_name", "signed_for", "witness")}
    whole = replace(plan, **signed)
    try:
        if said == "yes":
            actions.give_consent(whole, by=actor)
            messages.success(request, _("Written down: yes. It holds from now on."))
        else:
            actions.decline_consent(whole, by=actor)
            messages.success(request, _("Written down: no. Nothing is shared, and nothing else changes."))
    except BadInput as fault:
        form.add_error(_FIELD_OF.get(fault.where), _(fault.what))
        return _choose(request, who, form)
    return redirect("people:person", who.id)


@require_http_methods(["GET", "HEAD"])
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def record(request: HttpRequest, person_id: str, consent_id: str) -> HttpResponse:
    """One consent as it was given: the words, who heard them, what became of it. Prints as a handout."""
    actor, who = actor_of(request), person_at(request, person_id)
    consent = one(who.id, id_from(consent_id))
    if consent is None:
        raise NotFound("consent")
    audit.note_read(by=actor, person_id=who.id, what=CONSENTS, because=why_seen(actor, who))
    row = next(r for r in sharing_rows.of_person(who, actor) if r.consent.id == consent.id)
    context = {
        "person": who,
        "row": row,
        "it": consent,
        "paragraphs": consent.words.split("\n\n"),
        "may_stop": bool(access.may_withdraw(actor, consent, known=known_here(who.id))),
    }
    return render(request, "people/consent_record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def stop(request: HttpRequest, person_id: str, consent_id: str) -> HttpResponse:
    """The person told a worker that they stop; it holds at once."""
    actor, who = actor_of(request), person_at(request, person_id)
    consent = one(who.id, id_from(consent_id))
    if consent is None:
        raise NotFound("consent")
    verdict = access.may_withdraw(actor, consent, known=known_here(who.id))
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    form = StopForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.withdraw_consent(who.id, consent.id, by=actor, how=How(form.cleaned_data["how"]))
        messages.success(request, _("Stopped. From now on nothing new goes to them."))
        return redirect("people:person", who.id)
    names = partners.partners([consent.discloser_id, *consent.recipient_ids])
    context = {
        "form": form,
        "consent": shape_of(consent),
        "recipients": [names[i].name for i in consent.recipient_ids if i in names],
    }
    return named_page(request, who, "people/consent_stop.html", context, status=422 if form.is_bound else 200)
