"""One measure's page, put together from released figures."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.foundation.ui.charts import LineChart, Spark
from commonweal.foundation.ui.charts.base import scale
from commonweal.foundation.ui.lines import DecisionLine
from commonweal.governance import facade as governance
from commonweal.kernel.verdict import Verdict
from commonweal.measures import access
from commonweal.measures.queries import released
from commonweal.measures.rules.findings import Standing, is_best_yet, stands_out
from commonweal.measures.shapes import Definition, MeasureShape, Place
from commonweal.measures.vocabulary import Grain, Kind
from commonweal.measures.web import figures, words
from commonweal.measures.web.figures import Multiple, Rows
from commonweal.partners import facade as partners

NEWEST_ROWS = 8


@dataclass(frozen=True)
class Finding:
    """A bright spot, or what holds back: a name or a number in bold, and a sentence."""

    lead: str
    said: str


@dataclass(frozen=True)
class MeasurePage:
    """What the template shows. Without a mandate all but the definition is empty."""

    shape: MeasureShape
    decided: DecisionLine | None
    sees_partners: Verdict
    grain: str = "month"
    sentence: SafeString | str = ""
    chart: LineChart | None = None
    standing: str = ""
    is_change: bool = False
    bright: Finding | None = None
    held_back: Finding | None = None
    multiples: list[Multiple] = field(default_factory=list)
    held_names: str = ""
    quarter: str = ""
    by_partner: Rows | None = None
    held_wholly: str = ""
    newest: Rows | None = None
    older: Rows | None = None
    published: DecisionLine | None = None
    targeted: DecisionLine | None = None
    freshness: str = ""

    @property
    def definition(self) -> Definition:
        return self.shape.definition


def partner_names(verdict: Verdict) -> dict[str, str]:
    """The partners whose figures this reader may see, by id as released."""
    if not verdict:
        return {}
    return {str(p.id): p.name for p in partners.all_partners()}


def seeing(actor: Actor) -> Verdict:
    """May this reader see figures by partner?"""
    return access.may_see_partners(actor, released.partners_published() is not None)


def page_of(shape: MeasureShape, sees: Verdict) -> MeasurePage:
    """The page for a reader who ``sees`` figures by partner, or does not."""
    decided = governance.decision_line(shape.mandate_id)
    targeted = governance.decision_line(shape.target.mandate_id) if shape.target else None
    months = figures.from_first(shape, shape.released.places(Grain.MONTH))
    if shape.mandate_id is None or not months:
        return MeasurePage(shape, decided, sees, targeted=targeted)
    names = partner_names(sees)
    grain = figures.grain_of(shape)
    places = figures.from_first(shape, shape.released.places(grain))
    drawn = figures.line(shape, _(shape.definition.name), _marks(shape), grain)
    quarters = shape.released.places(Grain.QUARTER)
    newest_quarter = quarters[-1] if quarters else None
    by_partner, held_wholly = _by_partner(shape, newest_quarter, names)
    newest, older = _rows(shape, grain, places, months)
    published = released.partners_published()
    apart, held_names = _together(figures.multiples(shape, names))
    return MeasurePage(
        shape=shape,
        decided=decided,
        sees_partners=sees,
        grain=grain.value,
        sentence=_sentence(shape, places),
        chart=drawn.chart,
        standing=words.standing(drawn.judged, grain),
        is_change=drawn.judged.standing in (Standing.BETTER, Standing.WORSE, Standing.MOVED),
        bright=_bright(shape, newest_quarter, names, drawn.chart),
        held_back=_held_back(shape, newest_quarter, names),
        multiples=apart,
        held_names=held_names,
        quarter=words.period_words(newest_quarter) if newest_quarter else "",
        by_partner=by_partner,
        held_wholly=held_wholly,
        newest=newest,
        older=older,
        published=governance.decision_line(published.id) if published else None,
        targeted=targeted,
        freshness=_freshness(shape),
    )


def _rows(
    shape: MeasureShape, grain: Grain, places: list[Place], months: list[Place]
) -> tuple[Rows, Rows | None]:
    """The newest figures, and those to unfold: older months, or the months of the quarters shown."""
    locale = words.locale()
    by_month = [(locale.month_short(place.first), place) for place in reversed(months)]
    if grain is Grain.QUARTER:
        by_quarter = [(locale.quarter_short(place.first), place) for place in reversed(places)]
        quarters = figures.table(shape, by_quarter, _("Quarter"))
        return quarters, figures.table(shape, by_month, _("Month"))
    newest = figures.table(shape, by_month[:NEWEST_ROWS], _("Month"))
    older = by_month[NEWEST_ROWS:]
    return newest, figures.table(shape, older, _("Month")) if older else None


def _together(multiples: list[Multiple]) -> tuple[list[Multiple], str]:
    """From three on, partners who are held back stand in one box: the same reason holds for them all."""
    held = [one.name for one in multiples if one.chart is None]
    if len(held) < 3:
        return multiples, ""
    return [one for one in multiples if one.chart is not None], words.locale().several(held)


def _marks(shape: MeasureShape) -> list[tuple[date, str, str]]:
    found = []
    for mandate in released.decision_marks(shape.definition.family):
        short = _("Decision %(number)s") % {"number": mandate.decision_number}
        text = f"{short}: {_(mandate.words)}" if mandate.words else short
        found.append((localtime(mandate.starts_at).date(), text, short))
    return found


def _sentence(shape: MeasureShape, places: list[Place]) -> SafeString | str:
    """What the newest figure that may be shown says, beside a year before and the target."""
    is_median = shape.definition.kind is Kind.MEDIAN_DAYS
    shown = [place for place in places if figures.is_shown(shape, place)]
    if not shown:
        return _("The figures so far are too small to be shown.")
    place = shown[-1]
    before = _year_before(shape, place)
    target = words.locale().number(shape.target.value) if shape.target else ""
    more = words.compared(before, target, shape.target.due_on if shape.target else None)
    if place != places[-1]:
        more.append(_("Newer figures are held back."))
    if is_median:
        sent = shape.released.count(place, "sent").value
        return words.joined(words.latest_median(place, shape.released.median(place).value, sent), *more)
    first, *others = shape.definition.bases
    ratio = shape.released.ratio(place, first)
    if ratio is None:
        return ""
    second = [words.also_of(b, r) for b in others if (r := shape.released.ratio(place, b))]
    return words.joined(words.latest_rate(shape.definition, place, ratio), *second, *more)


def _year_before(shape: MeasureShape, place: Place) -> str:
    earlier = Place(place.grain, place.first.replace(year=place.first.year - 1), place.who)
    value = figures.value_at(shape, earlier)
    return "" if value is None else words.locale().number(value)


def _bright(
    shape: MeasureShape, quarter: Place | None, names: dict[str, str], chart: LineChart
) -> Finding | None:
    who = _who_stands_out(shape, quarter, names, better=True)
    if who and quarter:
        place = Place(Grain.QUARTER, quarter.first, who)
        said = _("{figures}, {period}. That is more than chance would do.").format(
            figures=figures.said_of(shape, place), period=words.period_words(place)
        )
        return Finding(names[who], said)
    values = [float(point.value) for point in chart.points if point.value is not None]
    if is_best_yet(values, shape.definition.direction):
        last = [point for point in chart.points if point.value is not None][-1]
        said = _("The best of the {n} that can be shown.").format(n=len(values))
        return Finding(chart.when_long(last.when), said)
    return None


def _held_back(shape: MeasureShape, quarter: Place | None, names: dict[str, str]) -> Finding | None:
    if quarter is None:
        return None
    reason = words.holds_back(shape, quarter)
    who = _who_stands_out(shape, quarter, names, better=False)
    if who:
        said = figures.said_of(shape, Place(Grain.QUARTER, quarter.first, who))
        return Finding(names[who], f"{said}. {reason}".strip())
    return Finding("", reason) if reason else None


def _who_stands_out(
    shape: MeasureShape, quarter: Place | None, names: dict[str, str], *, better: bool
) -> str | None:
    if quarter is None or shape.definition.kind is Kind.MEDIAN_DAYS:
        return None
    base = shape.definition.first_base
    whole = shape.released.ratio(quarter, base)
    if whole is None:
        return None
    places = {
        who: ratio
        for who in names
        if (ratio := shape.released.ratio(Place(Grain.QUARTER, quarter.first, who), base)) is not None
    }
    return stands_out(places, whole, shape.definition.direction, better=better)


def _by_partner(shape: MeasureShape, quarter: Place | None, names: dict[str, str]) -> tuple[Rows | None, str]:
    """The partners of whom anything can be shown, with the whole; and the names of the others."""
    if quarter is None or not names:
        return None, ""
    there = sorted((names[who], who) for who in shape.released.partners(Grain.QUARTER) if who in names)
    places = [(name, Place(Grain.QUARTER, quarter.first, who)) for name, who in there]
    table = figures.table(shape, [*places, (_("All together"), quarter)], _("Partner"))
    rows = tuple(row for row in table.rows if not all(cell.held for cell in row[1]))
    held = [name for name, cells in table.rows[:-1] if all(cell.held for cell in cells)]
    return Rows(table.heads, rows), words.locale().several(held)


def _freshness(shape: MeasureShape) -> str:
    done = shape.released
    if done.released_at is None:
        return ""
    telling = _(
        "{sources}. Worked out on {day}. A month is told {days} days after it ends, from what was known on "
        "that day, and stays as it was told."
    )
    return telling.format(
        sources=_(shape.definition.sources),
        day=date_format(localtime(done.released_at), "DATE_FORMAT"),
        days=shape.definition.look_forward_days + shape.definition.run_out_days,
    )


@dataclass(frozen=True)
class Card:
    """An adopted measure on the list: a small line and what it says."""

    shape: MeasureShape
    chart: Spark | None
    sentence: SafeString | str


def card_of(shape: MeasureShape) -> Card:
    """The last quarters of the whole, small."""
    places = figures.from_first(shape, shape.released.places(Grain.QUARTER))[-figures.QUARTERS_SHOWN :]
    told = figures.from_first(shape, shape.released.places(figures.grain_of(shape)))
    values = tuple(figures.value_at(shape, place) for place in places)
    target = shape.target.value if shape.target else None
    drawn = [v for v in (*values, target) if v is not None]
    low, high, _step = scale(drawn, figures.unit_of(shape))
    chart = Spark(
        id=f"card-{shape.definition.id}",
        title=_(shape.definition.name),
        locale=words.locale(),
        labels=tuple(words.period_words(place) for place in places),
        values=values,
        low=low,
        high=high,
        target=target,
        unit=figures.unit_of(shape),
    )
    enough = sum(value is not None for value in values) > 1
    sentence = _sentence(shape, told) if told else ""
    return Card(shape, chart if enough else None, sentence)
