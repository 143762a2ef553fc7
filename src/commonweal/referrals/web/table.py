"""What the Table sees: gaps that wait for an answer, and the work that referrals ask of partners."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.foundation.access.web import actor_of, requires
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.partners import facade as partners
from commonweal.referrals import access, actions
from commonweal.referrals.facade import GAPS_OVER
from commonweal.referrals.queries import table
from commonweal.referrals.rules import burden as minutes
from commonweal.referrals.rules.reasons import REASONS
from commonweal.referrals.shapes import BurdenShape, GapShape
from commonweal.referrals.vocabulary import BURDEN_WORDS, BurdenAct, GapState
from commonweal.referrals.web import saying

at_table = requires(*sorted(access.READERS | access.TABLE_ROLES), purpose=Purpose.GOV)


def _is_backbone(by: Actor) -> bool:
    backbone = partners.backbone()
    return backbone is not None and backbone.id == by.partner_id


@at_table
@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """What people needed and could not get, by need, place and reason; unanswered first."""
    by = actor_of(request)
    found = table.gaps(now() - GAPS_OVER)
    may_answer = bool(access.may_answer_gap(by, _is_backbone(by)))
    waiting = [g for g in found if g.state is GapState.WAITING]
    context = {
        "waiting": waiting,
        "large": [_gap(g) for g in waiting if g.people],
        "small": [_gap(g) for g in waiting if not g.people],
        "answered": [_gap(g) for g in found if g.state is GapState.ANSWERED],
        "may_answer": may_answer,
        "since": saying.short_day(now() - GAPS_OVER),
        "tab": "gaps",
        "has_lists": by.role in access.READERS,
    }
    return render(request, "referrals/gaps.html", context)


def _gap(gap: GapShape) -> dict[str, Any]:
    return {
        "id": gap.id,
        "need": saying.need(gap.domain),
        "places": [(name or _("elsewhere or not known"), count) for name, count in gap.places],
        "reason": _(REASONS[gap.reason].words) if gap.reason in REASONS else gap.reason,
        "people": gap.people,
        "last": saying.short_day(gap.last_at),
        "answer": gap.answer,
        "by": gap.answered_by,
        "when": saying.short_day(gap.answered_at),
    }


@at_table
@require_POST
def answer_gap(request: HttpRequest, gap_id: UUID) -> HttpResponse:
    """Write down the Table's answer."""
    try:
        actions.answer_gap(gap_id, request.POST.get("answer", ""), by=actor_of(request))
    except BadInput:
        messages.error(request, _("Write what the Table answers."))
    else:
        messages.success(request, _("Written down."))
    return redirect("referrals:gaps")


@at_table
@require_safe
def burden(request: HttpRequest) -> HttpResponse:
    """Minutes that referrals asked of this partner; for the backbone, of every partner."""
    by = actor_of(request)
    if by.partner_id is None:
        raise NotFound("burden")
    sees_all = bool(access.may_see_all_burden(by, _is_backbone(by)))
    start, end = now() - timedelta(days=90), now()
    found = table.burden(start, end, None if sees_all else by.partner_id)
    names = partners.partners([b.partner_id for b in found])
    context = {
        "rows": [_burden(b, names[b.partner_id].name) for b in found if b.partner_id in names],
        "acts": _acts(found),
        "sees_all": sees_all,
        "since": saying.short_day(start),
        "tab": "burden",
        "has_lists": by.role in access.READERS,
        "estimates": [(BURDEN_WORDS[act], minutes.SECONDS[act]) for act in BurdenAct],
    }
    return render(request, "referrals/burden.html", context)


def _burden(found: BurdenShape, name: str) -> dict[str, Any]:
    whole = minutes.in_minutes(found.seconds)
    each = round(found.seconds / 60 / found.answers, 1) if found.answers else None
    return {"name": name, "minutes": whole, "answers": found.answers, "each": each}


def _acts(found: list[BurdenShape]) -> list[dict[str, Any]]:
    totals: dict[str, list[int]] = {}
    for one in found:
        for act, count, seconds in one.by_act:
            line = totals.setdefault(act, [0, 0])
            line[0] += count
            line[1] += seconds
    return [
        {"words": BURDEN_WORDS[BurdenAct(act)], "count": count, "minutes": minutes.in_minutes(seconds)}
        for act, (count, seconds) in sorted(totals.items(), key=lambda item: -item[1][1])
    ]
