"""Two versions of the bylaws side by side, rule by rule, and one change made to a later version. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from commonweal.governance.rules.bylaws_words import Fact, body_facts, facts
from commonweal.governance.shapes_bylaws import BodyRule, BylawsShape, BylawsText, MatterRule
from commonweal.governance.vocabulary import Matter

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Turned:
    """One fact of a rule, as it was and as it would be; None: it was not said, or is no longer."""

    key: str
    before: Fact | None
    after: Fact | None


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that differs. ``matter`` or ``body`` says which; both: how the body decides it within itself;
    neither: the file's own lines.

    ``is_new`` and ``is_gone``: the whole rule came or went. ``article_before`` and ``article_after`` are
    texts by language, where they differ.
    """

    matter: Matter | None
    body: str
    turned: tuple[Turned, ...]
    is_new: bool = False
    is_gone: bool = False
    article_before: Mapping[str, str] | None = None
    article_after: Mapping[str, str] | None = None


def plain(bylaws: BylawsShape | BylawsText) -> BylawsText:
    """What they say, without version and days."""
    return BylawsText(
        bylaws.name,
        bylaws.matters,
        bylaws.bodies,
        bylaws.is_register_public,
        bylaws.residents_body,
        bylaws.otherwise,
        bylaws.within,
    )


def changes(before: BylawsText, after: BylawsText) -> tuple[Change, ...]:
    """Every rule that differs, bodies first, in the order of the file."""
    found = []
    for slug in sorted(before.bodies.keys() | after.bodies.keys()):
        old, new = before.bodies.get(slug), after.bodies.get(slug)
        if old != new:
            found.append(_change(None, slug, old, new, _body_facts(old), _body_facts(new)))
    for matter in Matter:
        was, will = before.matters.get(matter), after.matters.get(matter)
        if was != will:
            found.append(_change(matter, "", was, will, _facts(was), _facts(will)))
        for slug in sorted(s for m, s in before.within.keys() | after.within.keys() if m is matter):
            was, will = before.within.get((matter, slug)), after.within.get((matter, slug))
            if was != will:
                found.append(_change(matter, slug, was, will, _facts(was), _facts(will)))
    return tuple(found)


def _facts(rule: MatterRule | None) -> tuple[Fact, ...]:
    return facts(rule) if rule else ()


def _body_facts(rule: BodyRule | None) -> tuple[Fact, ...]:
    return body_facts(rule) if rule else ()


def _change(
    matter: Matter | None,
    body: str,
    old: MatterRule | BodyRule | None,
    new: MatterRule | BodyRule | None,
    was: tuple[Fact, ...],
    will: tuple[Fact, ...],
) -> Change:
    before, after = {f.key: f for f in was}, {f.key: f for f in will}
    keys = [*before, *(k for k in after if k not in before)]
    turned = tuple(
        Turned(k, before.get(k), after.get(k)) for k in keys if _said(before.get(k)) != _said(after.get(k))
    )
    texts = (old.text if old else None, new.text if new else None)
    is_reworded = texts[0] != texts[1]
    return Change(
        matter,
        body,
        turned,
        old is None,
        new is None,
        texts[0] if is_reworded else None,
        texts[1] if is_reworded else None,
    )


def _said(fact: Fact | None) -> object:
    return (fact.sentence, dict(fact.params)) if fact else None


def rebased(base: BylawsText, amended: BylawsText, current: BylawsText) -> BylawsText:
    """The change from ``base`` to ``amended``, made to ``current``: rules that it does not touch stay as they
    stand now, so that of two amendments the later does not undo the earlier."""
    if base == current:
        return amended
    return replace(
        current,
        name=amended.name if amended.name != base.name else current.name,
        matters=_merged(base.matters, amended.matters, current.matters),
        bodies=_merged(base.bodies, amended.bodies, current.bodies),
        is_register_public=(
            amended.is_register_public
            if amended.is_register_public != base.is_register_public
            else current.is_register_public
        ),
        residents_body=(
            amended.residents_body
            if amended.residents_body != base.residents_body
            else current.residents_body
        ),
        otherwise=amended.otherwise if amended.otherwise != base.otherwise else current.otherwise,
        within=_merged(base.within, amended.within, current.within),
    )


def _merged(base: Mapping[K, V], amended: Mapping[K, V], current: Mapping[K, V]) -> dict[K, V]:
    found: dict[K, V] = {}
    for key in [*current, *(k for k in amended if k not in current)]:
        kept = amended.get(key) if amended.get(key) != base.get(key) else current.get(key)
        if kept is not None:
            found[key] = kept
    return found
