"""What the table lets somebody, mostly the backbone, decide alone: with limits, and a day to report back."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate

from commonweal.foundation.access import Actor
from commonweal.governance.actions.effects import registry
from commonweal.governance.actions.effects.choices import columns
from commonweal.governance.actions.effects.reading import cents_in, day_in, number_in, text
from commonweal.governance.actions.effects.work import at_the_table, inert, partner_choices
from commonweal.governance.models import Delegation
from commonweal.governance.queries import bylaws
from commonweal.governance.rules.delegation import dollars
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_bylaws import Delegation as Most
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

NEVER_ALONE = frozenset(
    {
        Matter.DATA_SHARING,
        Matter.PUBLICATION,
        Matter.MEMBERSHIP,
        Matter.ROLES,
        Matter.BYLAWS,
        Matter.DELEGATION,
    }
)
"""Matters that nobody decides alone, whatever the bylaws say; the database holds the same."""


def delegable() -> list[Choice]:
    """Kinds of effects that may be delegated: those that say so, where no others' yes is asked."""
    return [Choice(e.kind, e.name) for e in registry.effects() if e.may_be_delegated and _is_free(e)]


def _is_free(effect: Effect) -> bool:
    rule = bylaws.rule_for(effect.matter)
    return effect.matter not in NEVER_ALONE and not (rule and (rule.gate_body or rule.reserved))


def _most() -> Most | None:
    """What the bylaws let be delegated; None where they set no bounds."""
    rule = bylaws.rule_for(Matter.DELEGATION)
    return rule.delegation if rule else None


def _read(said: Params) -> Params:
    backbone = partners.backbone()
    to = str(said.get("partner") or (backbone.id if backbone else ""))
    limit, once = cents_in(said, "limit"), cents_in(said, "act_limit")
    if once is not None and (limit is None or once > limit):
        raise BadInput("act_limit_dollars", N_("One decision can’t cost more than all together."))
    _inside_the_bylaws(limit, once)
    every = said.get("report_every_days")
    return {
        "partner": at_the_table({"partner": to}, "partner"),
        "words": text(said, "words", 500),
        "slug": slugify(str(said.get("slug") or said.get("words")))[:60],
        "limit_cents": limit,
        "act_limit_cents": once,
        "report_on": day_in(said, "report_on").isoformat(),
        "report_every_days": number_in(said, "report_every_days", least=7, most=3650) if every else None,
        "carries": _carried(said.get("carries")),
    }


def _carried(said: object) -> list[str]:
    chosen = [str(x) for x in said] if isinstance(said, list | tuple) else []
    known = {choice.value for choice in delegable()}
    if not known >= set(chosen):
        raise BadInput("carries", N_("This is decided by the table alone, with those whose yes it needs."))
    return sorted(set(chosen))


def _inside_the_bylaws(limit: int | None, once: int | None) -> None:
    """Raises BadInput for more than the bylaws let be delegated."""
    most = _most()
    if most is None:
        return
    if most.limit_cents is not None and (limit is None or limit > most.limit_cents):
        raise BadInput("limit_dollars", N_("The bylaws set a limit to this; name a sum within it."))
    if most.act_limit_cents is not None and once is not None and once > most.act_limit_cents:
        raise BadInput("act_limit_dollars", N_("The bylaws set a limit to this; name a sum within it."))


def _once(params: Params) -> int | None:
    """At most in one decision, in cents: what was said, else what the bylaws say."""
    most = _most()
    said = params.get("act_limit_cents")
    return int(str(said)) if said else (most.act_limit_cents if most else None)


def _every(params: Params) -> int | None:
    """Days between reports: what was said, and no longer than the bylaws ask."""
    said, most = params.get("report_every_days"), _most()
    days = [n for n in (int(str(said)) if said else None, most.report_days if most else None) if n]
    return min(days) if days else None


def _reports_on(said: date, starts_at: datetime) -> date:
    """The day of the first report: as was said, and no later than the bylaws ask."""
    most = _most()
    return min(said, localdate(starts_at + timedelta(days=most.report_days))) if most else said


def _preview(params: Params, at: datetime) -> Preview:
    found = partners.partner(UUID(str(params["partner"])))
    limit, once, every = params.get("limit_cents"), _once(params), _every(params)
    rows = [
        PreviewRow(N_("Who may do it alone"), N_("nobody"), found.name if found else "–"),
        PreviewRow(N_("In all it may cost"), "–", dollars(int(str(limit))) if limit else N_("nothing")),
    ]
    if once:
        rows.append(PreviewRow(N_("One decision may cost"), "–", dollars(once)))
    names = {choice.value: choice.name for choice in delegable()}
    for kind in _kinds(params):
        rows.append(PreviewRow(N_("It may put into effect"), "–", names.get(kind, kind)))
    rows.append(
        PreviewRow(N_("It reports back on"), "–", _reports_on(day_in(params, "report_on"), at).isoformat())
    )
    if every:
        rows.append(PreviewRow(N_("Then again after so many days"), "–", str(every)))
    closed = [N_("It gives no vote, opens nothing about anyone, and can’t be passed on.")]
    most = _most()
    if most and most.suspends:
        closed.append(N_("While a report is overdue, nothing may be done under it."))
    return Preview(
        N_("It may do this alone, within these bounds, and reports back on the day that is named."),
        tuple(rows),
        tuple(closed),
        N_("It may not do it any more, from the same moment. What it decided stands until it is ended."),
    )


def _kinds(params: Params) -> list[str]:
    found = params.get("carries")
    return [str(x) for x in found] if isinstance(found, list | tuple) else []


def _take(mandate: MandateShape, params: Params, by: Actor) -> None:
    limit, most = params.get("limit_cents"), _most()
    Delegation.objects.create(
        mandate_id=mandate.id,
        partner_id=UUID(str(params["partner"])),
        words=str(params["words"]),
        limit_cents=int(str(limit)) if limit else None,
        act_limit_cents=_once(params),
        report_on=_reports_on(day_in(params, "report_on"), mandate.starts_at),
        report_every_days=_every(params),
        overdue_suspends=bool(most and most.suspends),
        carries=_kinds(params),
    )


def _screen(mandate: MandateShape) -> str:
    row = Delegation.objects.filter(mandate_id=mandate.id).first()
    return reverse("governance:delegation", args=[row.pk]) if row else ""


DELEGATION = Effect(
    kind="delegation.give",
    matter=Matter.DELEGATION,
    name=N_("Let the backbone do something alone, within bounds"),
    asks=(
        Asked("words", N_("What it may do alone, in plain words"), "long"),
        Asked(
            "limit_dollars",
            N_("Up to how many dollars in all"),
            "number",
            N_("Empty: it may spend nothing."),
            is_required=False,
        ),
        Asked("act_limit_dollars", N_("Up to how many dollars in one decision"), "number", is_required=False),
        Asked(
            "carries",
            N_("What it may put into effect alone"),
            "many",
            N_("Nothing chosen: it decides and pays, and changes nothing else."),
            is_required=False,
            choices=delegable,
        ),
        Asked("report_on", N_("On which day it reports back"), "date"),
        Asked("report_every_days", N_("And again after how many days"), "number", is_required=False),
        Asked("partner", N_("Who, if not the backbone"), "one", is_required=False, choices=partner_choices),
    ),
    read=_read,
    scope_of=lambda p: f"delegation:{p['slug']}",
    preview=_preview,
    take=_take,
    end=inert,
    governs=(
        "governance_delegation",
        *columns(
            "governance_delegation",
            "words",
            "partner_id",
            "limit_cents",
            "act_limit_cents",
            "report_on",
            "report_every_days",
            "overdue_suspends",
            "carries",
        ),
    ),
    in_words=lambda p: str(p["words"])[:300],
    screen=_screen,
)
