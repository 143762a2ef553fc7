"""Putting a question: what it should do, then its words; and first a look at what a yes would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of
from commonweal.foundation.ui.templatetags.ui import say
from commonweal.governance import access_voting as access
from commonweal.governance import queries
from commonweal.governance.actions import effects, proposing
from commonweal.governance.actions.proposing.putting import choosing_of
from commonweal.governance.queries import bylaws, proposals, reach
from commonweal.governance.queries.bylaws_said import names_of_bodies
from commonweal.governance.rules.choices import BUDGETED
from commonweal.governance.shapes_bylaws import MatterRule
from commonweal.governance.shapes_effects import Effect, Preview
from commonweal.governance.vocabulary import MATTER_NAMES, Choosing, Matter
from commonweal.governance.web import emergencies, voices
from commonweal.governance.web.question_forms import QuestionForm
from commonweal.governance.web.views_questions import article_said, at_table, blame
from commonweal.kernel.errors import BadInput, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape, SeatShape


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def new(request: HttpRequest) -> HttpResponse:
    """Put a question: first what it is about, then the words."""
    actor = actor_of(request)
    kind = request.POST.get("effect") or request.GET.get("effect") or ""
    known = {effect.kind: effect for effect in effects.effects()}
    if kind not in known:
        return render(
            request,
            "governance/question_kinds.html",
            {**_kinds_page(actor), "picked": request.GET.getlist("voices")},
        )
    matter = _matter_of(known[kind], request)
    rules = bylaws.rules_for(matter) if kind != "mandate.withdraw" else ()
    ends = {"mandate": request.POST.get("effect-mandate") or request.GET.get("mandate")}
    rule = _asked_of(request, rules) or bylaws.rule_for(matter, reach.begun_in(kind, ends))
    hurry = proposing.may_hurry(actor, rule, kind) if rule and rule.emergency else None
    form = _question_form(request, known[kind], actor, rule, [r.body for r in rules], may_hurry=bool(hurry))
    looked = None
    if form.is_bound and form.is_valid() and request.POST.get("step") == "look":
        looked = _looked(form, known[kind])
    elif form.is_bound and form.is_valid():
        number = _put(form, actor, known[kind], matter, request.POST.getlist("voices"))
        if number is not None:
            messages.success(
                request, _("It is before the table. Say who gains and who bears the cost, then give notice.")
            )
            return redirect("governance:question-edit", number)
    names = names_of_bodies()
    context = {
        "form": form,
        "effect": known[kind],
        "matter": matter,
        "rule_text": article_said(rules[0] if rules else rule),
        "rules_within": _within(rules[1:], names),
        "hurry": hurry,
        "hurry_words": " ".join(emergencies.rule_words(rule.emergency)) if rule and rule.emergency else "",
        "is_choosing": form.choosing is not None,
        "heading": _heading(form, known[kind]),
        "looked": looked,
        "voices": voices.choices(),
        "picked": request.POST.getlist("voices") or request.GET.getlist("voices"),
    }
    status = 422 if form.is_bound and looked is None else 200
    return render(request, "governance/question_new.html", context, status=status)


def _within(rules: Sequence[MatterRule], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What bodies decide within themselves by, those with the same article together."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        found.setdefault(article_said(rule), []).append(names.get(rule.body, rule.body))
    return [(", ".join(bodies), text) for text, bodies in found.items()]


def _heading(form: QuestionForm, effect: Effect) -> str:
    """What is asked of the table, in a few words."""
    return _(choosing_name(form.choosing) if form.choosing and effect.kind == "none" else effect.name)


def choosing_name(choosing: Choosing) -> str:
    """What a choosing question does, in English."""
    return N_("Share out an amount of money") if choosing in BUDGETED else N_("Choose among several")


def _looked(form: QuestionForm, effect: Effect) -> Preview | None:
    """What a yes would do, before anything is saved; None with the fault in the form."""
    try:
        return effects.preview(effect.kind, effects.read(effect.kind, dict(form.params())))
    except BadInput as fault:
        blame(form, fault)
        return None


def _matter_of(effect: Effect, request: HttpRequest) -> Matter:
    said = request.POST.get("matter") or request.GET.get("matter") or ""
    if effect.kind == "mandate.withdraw":
        return _matter_of_mandate(request) or effect.matter
    if effect.kind == "none" and said in {m.value for m in Matter}:
        return Matter(said)
    return effect.matter


def _matter_of_mandate(request: HttpRequest) -> Matter | None:
    """The matter of what would end: it is decided as it was begun."""
    try:
        named = UUID(request.POST.get("effect-mandate") or request.GET.get("mandate") or "")
    except ValueError:
        return None
    found = queries.mandates([named]).get(named)
    return found.matter if found else None


def _asked_of(request: HttpRequest, rules: Sequence[MatterRule]) -> MatterRule | None:
    """The rule of the body to which it is put; of the one that decides for all where none was chosen."""
    said = request.POST.get("body") or request.GET.get("body") or ""
    return next((rule for rule in rules if rule.body == said), next(iter(rules), None))


def _question_form(
    request: HttpRequest,
    effect: Effect,
    actor: Actor,
    rule: MatterRule | None,
    deciders: Sequence[str],
    *,
    may_hurry: bool,
) -> QuestionForm:
    seats: list[SeatShape] = access.seats_of_account(actor)
    known: list[PartnerShape] = partners.all_partners()
    choosing = choosing_of(rule, effect.kind) if rule else None
    told = {f"effect-{a.name}": request.GET[a.name] for a in effect.asks if a.name in request.GET}
    told["body"] = rule.body if rule and rule.body in deciders else ""
    return QuestionForm(
        request.POST or None,
        effect=effect,
        seats=seats,
        partners=known,
        may_hurry=may_hurry,
        initial=told,
        choosing=choosing,
        deciders=deciders,
    )


def _kinds_page(actor: Actor) -> dict[str, object]:
    """What may be put: what the software does by itself, and what people carry out."""
    groups = _kinds(actor)
    return {
        "groups": [g for g in groups if g.verdict and (g.kinds or g.choosing)],
        "plain": [g for g in groups if g.verdict and not g.choosing],
        "closed": [g for g in groups if not g.verdict],
    }


@dataclass(frozen=True, slots=True)
class Group:
    """A matter, what a question about it can do, and whether the reader may put one. ``choosing``: what it is
    called where its rule chooses among several."""

    name: str
    matter: str
    kinds: tuple[Effect, ...]
    choosing: str
    verdict: Verdict


def _kinds(actor: Actor) -> list[Group]:
    """What a question can do, by matter, as far as the bylaws let the reader propose it."""
    groups: dict[Matter, list[Effect]] = {matter: [] for matter in MATTER_NAMES if bylaws.rule_for(matter)}
    for effect in effects.effects():
        if effect.kind != "none":
            groups.setdefault(effect.matter, []).append(effect)
    rules = {matter: bylaws.rule_for(matter) for matter in groups}
    return [
        Group(
            _(MATTER_NAMES[matter]),
            matter.value,
            tuple(kinds),
            _(choosing_name(rule.choosing)) if (rule := rules[matter]) and rule.choosing else "",
            _may_propose_any(actor, matter),
        )
        for matter, kinds in groups.items()
    ]


def _may_propose_any(actor: Actor, matter: Matter) -> Verdict:
    """Whether the reader may put it to one of the bodies that decide it; else why not to the first."""
    said = [access.may_propose(actor, rule) for rule in bylaws.rules_for(matter)]
    return next((one for one in said if one), next(iter(said), access.NO_BYLAWS))


def _put(
    form: QuestionForm, actor: Actor, effect: Effect, matter: Matter, chosen: Sequence[str]
) -> int | None:
    said = form.cleaned_data
    try:
        made = proposing.propose(
            by=actor,
            matter=matter,
            title=said["title"],
            question=said["question"],
            effect=effect.kind,
            params=dict(form.params()),
            body=said["body"],
            seat_id=UUID(said["seat"]) if said["seat"] else None,
            sections=form.sections(),
            is_emergency=bool(said.get("is_emergency")),
            options=form.options_said(),
            counting=form.counting(),
            starts_on=said["starts_on"],
            ends_on=said.get("ends_on"),
            review_on=said["review_on"],
            with_partner_id=UUID(said["with_partner"]) if said["with_partner"] else None,
        )
    except Refused as refused:
        if refused.verdict.rule != reach.BEYOND:
            raise
        form.add_error("body", f"{say(refused.verdict)} {_(refused.verdict.cure or '')}".strip())
        return None
    except BadInput as fault:
        blame(form, fault)
        return None
    voices.take_up(made, chosen, by=actor)
    return proposals.number_of(made)
