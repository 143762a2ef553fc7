"""Whether a body is made up as the bylaws ask, on a day: asked when voting opens and when it is certified."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.timezone import localtime, make_aware

from commonweal.governance.models import Bylaws
from commonweal.governance.queries import bylaws
from commonweal.governance.rules import composition
from commonweal.governance.rules.composition import Lead, Standing
from commonweal.governance.shapes_bylaws import BodyRule
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import Verdict
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape, SeatShape
from commonweal.partners.vocabulary import SECTOR_NAMES

_FREE = Standing(True, ())
ONE_DAY = timedelta(days=1)


def standing_of(body: str | UUID, on: date | None = None) -> Standing:
    """A body's standing on a day, by default today: what is lacking, and from which day it may not bind.

    A body without a rule binds as it is; so does every body while no bylaws are in force.
    """
    day = on or localtime(now()).date()
    shape = _body(body)
    rule = bylaws.body_rule(shape.slug, _end_of(day)) if shape else None
    if shape is None or rule is None:
        return _FREE
    lacking = [check for check in _checks(rule, shape, day) if not check]
    if not lacking:
        return _FREE
    since = [_lacking_since(check, rule, shape, day) for check in lacking]
    known = [found for found in since if found is not None]
    first = min(known) if len(known) == len(since) else None
    return composition.standing(lacking, first, timedelta(days=rule.cure_days))


def may_bind(body: str | UUID, at: datetime | None = None) -> Verdict:
    """Whether a body may decide with effect at a moment; refused in words that say what to mend."""
    day = localtime(at or now()).date()
    return standing_of(body, day).may_bind(day)


def standings(on: date | None = None) -> dict[str, Standing]:
    """Every body that the bylaws ask something of, by slug: what its people are told."""
    day = on or localtime(now()).date()
    held = bylaws.in_force(_end_of(day))
    return {slug: standing_of(slug, day) for slug in sorted(held.bodies)} if held else {}


def _body(body: str | UUID) -> BodyShape | None:
    if isinstance(body, UUID):
        return partners.bodies_by_id([body]).get(body)
    return partners.body_named(body)


def _end_of(day: date) -> datetime:
    """The last moment of a day here, or now where that comes first: what is asked is what holds that day."""
    end = make_aware(datetime.combine(day + ONE_DAY, time.min)) - timedelta(microseconds=1)  # aware at once
    return min(end, now()) if day == localtime(now()).date() else end


def _checks(rule: BodyRule, body: BodyShape, day: date) -> tuple[Verdict, ...]:
    """Each thing that the rule asks of the body's seats, as they were filled that day."""
    seats = partners.seats_of([body.id], day).get(body.id, [])
    filled = [seat for seat in seats if seat.holder]
    leads = _leads(filled)
    found: list[Verdict] = []
    if rule.co_leads:
        found.append(composition.co_leads(leads, rule.co_leads))
    if rule.parity:
        found.append(composition.parity(leads))
    if rule.residents:
        found.append(
            composition.residents_share(sum(s.is_resident for s in filled), len(filled), rule.residents)
        )
    if rule.sectors:
        found += composition.sectors_seated(_by_sector(filled), rule.sectors)
    if rule.affected:
        found.append(
            composition.affected_present(
                [s.population for s in filled if s.member_class], any(s.is_resident for s in filled)
            )
        )
    if rule.leads_sit_on:
        found.append(_leads_sit_there(rule.leads_sit_on, filled, day))
    return tuple(_in_words(check) for check in found)


def _in_words(check: Verdict) -> Verdict:
    """Sectors by their names, which are translated where they are shown."""
    name = str(check.params.get("name", ""))
    if name not in SECTOR_NAMES:
        return check
    return replace(
        check, params={**check.params, "name": next(w for s, w in SECTOR_NAMES.items() if s == name)}
    )


def _by_sector(filled: Sequence[SeatShape]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for seat in filled:
        if seat.sector:
            found[seat.sector.value] = found.get(seat.sector.value, 0) + 1
    return found


def _leads(filled: Sequence[SeatShape]) -> list[Lead]:
    """The humans who lead: one who leads from two seats is one human, who stands for two sectors."""
    people: dict[UUID, Lead] = {}
    for seat in filled:
        if seat.leads and seat.holder:
            before = people.get(seat.holder.member_id)
            sectors = frozenset({seat.sector.value} if seat.sector else ()) | (
                before.sectors if before else frozenset()
            )
            people[seat.holder.member_id] = Lead(
                seat.holder.name, sectors, seat.is_resident or bool(before and before.is_resident)
            )
    return list(people.values())


def _leads_sit_there(slug: str, filled: Sequence[SeatShape], day: date) -> Verdict:
    there = partners.body_named(slug)
    seats = partners.seats_of([there.id], day).get(there.id, []) if there else []
    seated = {seat.holder.member_id for seat in seats if seat.holder}
    missing = {s.holder.name for s in filled if s.leads and s.holder and s.holder.member_id not in seated}
    return composition.leads_sit_there(sorted(missing), there.name if there else slug)


def _lacking_since(check: Verdict, rule: BodyRule, body: BodyShape, day: date) -> date | None:
    """The day from which it is lacking without a break: a seat fell vacant, or a later version asked for it.

    None: it never was there, so that there is nothing to cure.
    """
    mark = (check.rule, check.params.get("name"))
    for changed in sorted(_change_days(rule, body, day), reverse=True):
        before = _checks(rule, body, changed - ONE_DAY)
        if any(c and (c.rule, c.params.get("name")) == mark for c in before):
            return changed
    return _asked_since(rule, day)


def _change_days(rule: BodyRule, body: BodyShape, day: date) -> set[date]:
    bodies = [body.id]
    if rule.leads_sit_on and (there := partners.body_named(rule.leads_sit_on)):
        bodies.append(there.id)
    return {d for d in partners.days_of_change(bodies) if d <= day}


def _asked_since(rule: BodyRule, day: date) -> date | None:
    """The day from which versions without a break ask this of the body; None where the first one did."""
    since: date | None = None
    held = bylaws.in_force(_end_of(day))
    for version in Bylaws.objects.filter(version__lte=held.version if held else 0).order_by("-version"):
        shape = bylaws.version_numbered(version.version)
        if shape is None or shape.bodies.get(rule.body) != rule:
            return since
        since = localtime(shape.starts_at).date()
    return None
