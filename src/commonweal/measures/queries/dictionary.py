"""The shared data dictionary: which definition is in force, who keeps it, what its holders say of it."""

from collections.abc import Iterable
from uuid import UUID

from commonweal.governance import facade as governance
from commonweal.governance.shapes import MandateShape
from commonweal.measures.models import Completeness, HolderNote
from commonweal.measures.rules import elements
from commonweal.measures.rules.definitions import DEFINITIONS
from commonweal.measures.shapes import Definition
from commonweal.measures.shapes_data import Element, ElementShape, HolderWords, Kept
from commonweal.measures.vocabulary_data import Band
from commonweal.partners import facade as partners

MATTER, EFFECT = "measure", "element.adopt"


def live(element_ids: Iterable[str]) -> dict[str, MandateShape]:
    """The mandates under which definitions are in force, by element."""
    scopes = {f"element:{one}": one for one in element_ids}
    found = governance.live_mandates(MATTER, scopes)
    return {scopes[scope]: mandate for scope, mandate in found.items()}


def element_in_force(mandate: MandateShape, element_id: str) -> Element | None:
    """The version that a mandate names; minutes that name none adopted the first."""
    number = mandate.params.get("version", 1)
    return elements.version(element_id, number if isinstance(number, int) else 1)


def dictionary() -> list[ElementShape]:
    """Every element, adopted or not, in the order of the list page."""
    mandates = live(elements.element_ids())
    named = {str(p.id): p.name for p in partners.all_partners()}
    backbone = partners.backbone()
    keeper = backbone.name if backbone else ""
    found = []
    for one in elements.element_ids():
        mandate = mandates.get(one)
        held = element_in_force(mandate, one) if mandate else elements.newest(one)
        if held is None:
            continue
        steward = named.get(str(mandate.params.get("steward", "")), keeper) if mandate else ""
        computed = tuple(d.id for d in measures_of(one))
        found.append(ElementShape(held, mandate.id if mandate else None, steward, computed))
    return found


def element(element_id: str) -> ElementShape | None:
    """One element as it stands; None for an unknown one."""
    return next((shape for shape in dictionary() if shape.element.id == element_id), None)


def measures_of(element_id: str) -> list[Definition]:
    """The measures that are computed from an element: what a change of it touches."""
    return [d for d in DEFINITIONS if element_id in d.elements]


def holder_words(element_id: str) -> list[HolderWords]:
    """What holders say of their own data, each with its newest words, by name."""
    newest: dict[UUID, HolderNote] = {}
    for row in HolderNote.objects.filter(element=element_id).order_by("recorded_at"):
        newest[row.partner_id] = row
    named = partners.partners(newest)
    found = [
        HolderWords(
            row.partner_id,
            named[row.partner_id].name,
            row.shows,
            row.not_shown,
            row.faults,
            row.said_by_name,
            row.recorded_at,
        )
        for row in newest.values()
        if row.partner_id in named and named[row.partner_id].is_here
    ]
    return sorted(found, key=lambda words: words.partner_name)


def own_words(element_id: str, partner_id: UUID | None) -> HolderWords | None:
    """What one partner says of it now."""
    return next((w for w in holder_words(element_id) if w.partner_id == partner_id), None)


def kept(element_id: str) -> list[Kept]:
    """How well each partner captures an element, in the order of their names; no ranking."""
    rows = list(Completeness.objects.filter(element=element_id))
    named = partners.partners(row.partner_id for row in rows)
    found = [
        Kept(row.partner_id, named[row.partner_id].name, Band(row.band), row.as_of)
        for row in rows
        if row.partner_id in named and named[row.partner_id].is_here
    ]
    return sorted(found, key=lambda one: one.partner_name)
