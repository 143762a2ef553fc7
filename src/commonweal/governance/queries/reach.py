"""How far a body's own rule of a matter reaches: to the body, who sits in it, and the bodies inside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.governance.models import Mandate
from commonweal.governance.queries.laws import body_of
from commonweal.governance.queries.touching import inside
from commonweal.governance.shapes_bylaws import MatterRule, Ruled
from commonweal.governance.shapes_effects import Params
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape

BEYOND = "governance.reach.beyond"


@dataclass(frozen=True, slots=True)
class _Realm:
    """The bodies inside a body, itself among them, their seats, and the partners that sit there."""

    body: UUID
    bodies: frozenset[str]
    seats: frozenset[str]
    partners: frozenset[str]


def _realm(body: BodyShape) -> _Realm:
    bodies = inside(body.id)
    seats = [s for found in partners.seats_of([b.id for b in bodies]).values() for s in found]
    return _Realm(
        body.id,
        frozenset(str(b.id) for b in bodies),
        frozenset(str(s.id) for s in seats),
        frozenset(str(s.partner_id) for s in seats if s.partner_id),
    )


def _all_of(*names: str) -> Callable[[_Realm, Params], bool]:
    """Every partner that is named sits there."""
    return lambda realm, said: set(_named(said, names)) <= realm.partners


def _named(said: Params, names: Iterable[str]) -> Iterable[str]:
    for name in names:
        value = said.get(name)
        yield from (str(one) for one in (value if isinstance(value, list | tuple) else [value]))


def _is_own_mandate(realm: _Realm, said: Params) -> bool:
    row = _mandate(said)
    question = row.decision.proposal if row else None
    return question is not None and str(question.body_id) in realm.bodies


def _mandate(said: Params) -> Mandate | None:
    try:
        named = UUID(str(said.get("mandate") or ""))
    except ValueError:
        return None
    return Mandate.objects.select_related("decision__proposal__body").filter(pk=named).first()


_STAYS: dict[str, Callable[[_Realm, Params], bool]] = {
    "none": lambda _realm, _said: True,
    "initiative.start": _all_of("owner"),
    "sharing.start": _all_of("tellers", "told"),
    "body.found": lambda realm, said: said["parent"] in realm.bodies,
    "body.end": lambda realm, said: said["body"] in realm.bodies - {str(realm.body)},
    "seat.add": lambda realm, said: said["body"] in realm.bodies,
    "seat.end": lambda realm, said: said["seat"] in realm.seats,
    "seat.fill": lambda realm, said: said["seat"] in realm.seats,
    "mandate.withdraw": _is_own_mandate,
}
"""The effects that may stay within a body, each with how to tell. Every other one binds all."""


def is_within(law: Ruled, rule: MatterRule) -> bool:
    """Whether a rule is a body's own, by which it decides within itself only."""
    return (rule.matter, rule.body) in law.within


def may_reach(law: Ruled, rule: MatterRule, effect: str, params: Params) -> Verdict:
    """Whether what a yes does stays where the rule lets its body decide: for all, or within itself."""
    body = partners.body_named(rule.body)
    if body is None or not is_within(law, rule):
        return allow("governance.reach.all", N_("The bylaws let this body decide it for all."))
    stays = _STAYS.get(effect or "none")
    if stays is not None and stays(_realm(body), params):
        return allow("governance.reach.within", N_("It binds nobody beyond this body."))
    return deny(
        BEYOND,
        N_("This would bind others than those in %(body)s, and that body decides within itself only."),
        N_("Put it to the body that decides this for all."),
        body=body.name,
    )


def begun_in(effect: str, params: Params) -> str:
    """The body that decided what a question would end: it is ended as it was begun. Empty: not said."""
    if effect != "mandate.withdraw":
        return ""
    row = _mandate(params)
    return body_of(row.decision) if row else ""
