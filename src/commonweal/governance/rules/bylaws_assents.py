"""Whose assent an amendment of the bylaws needs: a yes is not taken from a body without it. Pure.

A body that is asked for its yes keeps it (nobody stops asking it), keeps it whole (no way past it is opened
or widened, the time to give it is not shortened) and keeps how it gives it (who sits on it, its own rule).
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from commonweal.governance.shapes_bylaws import BodyRule, BylawsText, MatterRule, Override
from commonweal.governance.shapes_voting import Share

RESIDENTS, RESERVED = "residents", "reserved"
"""Kinds of assent, as a poll keeps them."""


def whose_yes(before: BylawsText, after: BylawsText) -> dict[str, str]:
    """The bodies that an amendment must ask, by slug, each with its kind of assent."""
    found: dict[str, str] = {}
    for slug, kind in _lessened(before, after):
        found.setdefault(slug, kind)
    return dict(sorted(found.items()))


def _lessened(before: BylawsText, after: BylawsText) -> Iterator[tuple[str, str]]:
    asked: dict[str, str] = {before.residents_body: RESIDENTS} if before.residents_body else {}
    for rule, then in _rules(before, after):
        for slug, kind in yes_of(rule):
            asked.setdefault(slug, kind)
            if then is None or not _keeps(slug, then) or (then.body != slug and _is_easier_past(rule, then)):
                yield slug, kind
        if rule.body == before.residents_body and (then is None or not _keeps(rule.body, then)):
            yield rule.body, RESIDENTS
    if before.residents_body and after.residents_body != before.residents_body:
        yield before.residents_body, RESIDENTS
    for slug, kind in asked.items():
        if _made_up(before.bodies.get(slug)) != _made_up(after.bodies.get(slug)):
            yield slug, kind


def _rules(before: BylawsText, after: BylawsText) -> Iterator[tuple[MatterRule, MatterRule | None]]:
    """Each rule beside what would stand in its place: of a matter, and of each body within itself. Where a
    body is given a rule of its own, that of the matter held for it before."""
    for matter, rule in before.matters.items():
        yield rule, after.matters.get(matter)
    for matter, slug in sorted(before.within.keys() | after.within.keys()):
        was = before.rule(matter, slug)
        if was is not None:
            yield was, after.rule(matter, slug)


def yes_of(rule: MatterRule) -> list[tuple[str, str]]:
    """The bodies whose yes a rule asks for, each with its kind of assent."""
    gate = [(rule.gate_body, RESIDENTS)] if rule.gate_body else []
    return gate + [(slug, RESERVED) for slug in rule.reserved if slug != rule.gate_body]


def _keeps(slug: str, then: MatterRule) -> bool:
    return slug in {then.body, then.gate_body, *then.reserved}


def _is_easier_past(rule: MatterRule, then: MatterRule) -> bool:
    """Whether a way past the yes was opened or widened, or the time to give it shortened."""
    return _passes_sooner(rule.override, then.override) or gate_time(then) < gate_time(rule)


def gate_time(rule: MatterRule) -> int:
    """The least time, in days, that a body has to give its yes: in an emergency where the bylaws say so."""
    hurried = rule.emergency.gate_days if rule.emergency else None
    return min(rule.open_days, hurried or rule.open_days)


def _passes_sooner(was: Override | None, will: Override | None) -> bool:
    if will is None:
        return False
    return was is None or will.after_days < was.after_days or _size(will.threshold) < _size(was.threshold)


def _size(share: Share) -> tuple[Fraction, bool]:
    return Fraction(share.numerator, share.denominator), share.over


def _made_up(rule: BodyRule | None) -> BodyRule | None:
    """What a body's rule asks, without the article that says it; a rule that asks nothing is none."""
    if rule is None:
        return None
    bare = replace(rule, article="", text={})
    return None if bare == BodyRule(rule.body, "", {}) else bare
