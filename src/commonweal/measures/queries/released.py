"""Released figures of live measures. Without a live mandate a measure has none, at the next read."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from commonweal.governance import facade as governance
from commonweal.governance.shapes import MandateShape
from commonweal.measures.models import Release, ReleasedFigure, Target
from commonweal.measures.rules.definitions import BY_ID, DEFINITIONS, counts_of
from commonweal.measures.shapes import Definition, Figure, MeasureShape, Place, Released, TargetShape
from commonweal.measures.vocabulary import MEDIAN_DAYS, WHOLE, Family, Grain, Kind, Shown

MEASURE, TARGET = "measure", "target"


def live(
    definitions: Iterable[Definition] = DEFINITIONS, at: datetime | None = None
) -> dict[str, MandateShape]:
    """The mandates under which these measures live, by measure id."""
    return governance.live_mandates(MEASURE, [d.scope for d in definitions], at)


def measure(measure_id: str, *, by_partner: bool = False) -> MeasureShape | None:
    """One measure as it may be seen now, with figures by partner only where asked; None for an unknown id."""
    definition = BY_ID.get(measure_id)
    return _shapes([definition], by_partner)[0] if definition else None


def measures() -> list[MeasureShape]:
    """Every measure that the product can count, adopted or not, in the order of the list page."""
    return _shapes(DEFINITIONS, by_partner=False)


def _shapes(definitions: Iterable[Definition], by_partner: bool) -> list[MeasureShape]:
    wanted = list(definitions)
    mandates = live(wanted)
    adopted = [d for d in wanted if d.id in mandates]
    figures = {family: _figures(family, by_partner) for family in {d.family for d in adopted}}
    last = {family: _last_release(family) for family in figures}
    targets = _targets(adopted)
    return [
        MeasureShape(
            definition=d,
            mandate_id=mandates[d.id].id if d.id in mandates else None,
            released=_released(d, figures[d.family], last[d.family]) if d.id in mandates else Released(d),
            target=targets.get(d.id),
        )
        for d in wanted
    ]


_Figures = dict[Place, dict[str, Figure]]


def _figures(family: Family, by_partner: bool) -> _Figures:
    found: _Figures = {}
    rows = ReleasedFigure.objects.filter(family=family.value)
    if not by_partner:
        rows = rows.filter(who=WHOLE)
    for grain, starts_on, who, what, state, value in rows.values_list(
        "grain", "starts_on", "who", "what", "state", "value"
    ):
        place = Place(Grain(grain), starts_on, who)
        found.setdefault(place, {})[what] = Figure(Shown(state), value)
    return found


def _last_release(family: Family) -> Release | None:
    return Release.objects.filter(family=family.value).order_by("-recorded_at").first()


def _released(definition: Definition, figures: _Figures, release: Release | None) -> Released:
    """Of a family's figures those that this measure puts on its page."""
    wanted = counts_of([definition]) | ({MEDIAN_DAYS} if definition.kind is Kind.MEDIAN_DAYS else set())
    own = {
        place: {what: figure for what, figure in counts.items() if what in wanted}
        for place, counts in figures.items()
        if definition.first_base.denominator in counts
        and (definition.kind is not Kind.MEDIAN_DAYS or MEDIAN_DAYS in counts)
    }
    if release is None:
        return Released(definition)
    return Released(
        definition, own, as_of=release.as_of, released_at=release.recorded_at, too_young=release.too_young
    )


def _targets(definitions: Iterable[Definition]) -> dict[str, TargetShape]:
    """Targets whose own mandate lives, by measure id."""
    mandates = governance.live_mandates(TARGET, [d.scope for d in definitions])
    ids = [mandate.id for mandate in mandates.values()]
    return {
        row.measure: TargetShape(float(row.value), row.due_on, row.mandate_id)
        for row in Target.objects.filter(mandate_id__in=ids)
        if row.measure in mandates and mandates[row.measure].id == row.mandate_id
    }


def target_of(mandate_id: UUID) -> Target | None:
    """The number that is written down beside a mandate."""
    return Target.objects.filter(mandate_id=mandate_id).first()


PUBLICATION, BY_PARTNER = "publication", "measures-by-partner"


def partners_published() -> MandateShape | None:
    """The mandate under which figures stand on the public page by partner; None: they do not."""
    return governance.live_mandate(PUBLICATION, BY_PARTNER)


def decision_marks(family: Family) -> list[MandateShape]:
    """Decisions that meant to change what a family of measures counts, for the time axis."""
    scopes = {"service-standard": "referral-answer"} if family is Family.REFERRAL else {}
    found = [governance.live_mandate(matter, scope) for matter, scope in scopes.items()]
    return [mandate for mandate in found if mandate]
