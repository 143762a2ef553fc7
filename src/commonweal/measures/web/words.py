"""What the figures mean, in sentences. The numbers in them are released ones."""

from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundation.ui.charts import Locale
from commonweal.kernel.words import N_
from commonweal.measures.rules.findings import Judged, Standing
from commonweal.measures.rules.intervals import in_hundred
from commonweal.measures.rules.runcharts import RUN_RULES
from commonweal.measures.shapes import Base, Definition, MeasureShape, Place
from commonweal.measures.vocabulary import Grain, Quadrant

Ratio = tuple[int, int]

QUADRANTS = {
    Quadrant.HOW_MUCH: N_("How much did we do?"),
    Quadrant.HOW_WELL: N_("How well did we do it?"),
    Quadrant.BETTER_OFF: N_("Is anyone better off?"),
}
COUNTED_AS = {
    "known": N_("Outcome known"),
    "met": N_("Need met"),
    "asked": N_("Asked about all four"),
    "sent": N_("Requests"),
    "accepted": N_("Of them accepted"),
    "people": N_("People"),
}
HELD_WHY = N_("Fewer than 11 people, or a number that would give so few away. It could point at a neighbor.")
"""One sentence for both, so that no one can tell which it is."""


def locale() -> Locale:
    """The reader's language for charts."""
    return Locale(say=_)


def period_words(place: Place) -> str:
    """``July 2026``, or ``July to September 2026``."""
    return locale().quarter(place.first) if place.grain is Grain.QUARTER else locale().month(place.first)


def hundred(ratio: Ratio) -> str:
    return locale().number(in_hundred(*ratio))


def share(ratio: Ratio) -> SafeString:
    """``93 of 137``, in bold."""
    number = locale().number
    return format_html("<b>{}</b>", _("%(x)s of %(n)s") % {"x": number(ratio[0]), "n": number(ratio[1])})


def latest_rate(definition: Definition, place: Place, ratio: Ratio) -> SafeString:
    """What the newest figure of a rate means."""
    words = {
        "need-met": _("Of the requests for help sent in {period}, {share} met the need, says the person."),
        "disposition-known": _("Of the requests for help sent in {period}, we know what became of {share}."),
        "screening-rate": _(
            "Of the people whom partners met to ask in {period}, {share} were asked about food, home, rides "
            "and utilities."
        ),
    }[definition.id]
    said = format_html(words, period=period_words(place), share=share(ratio))
    return _join(said, _("That is {rate} in every 100.").format(rate=hundred(ratio)))


def latest_median(place: Place, days: int | None, sent: int | None) -> SafeString:
    """What the newest median means."""
    number = locale().number
    asked = number(sent) if sent is not None else ""
    if days is None:
        words = _("Of the {asked} requests for help sent in {period}, fewer than half had begun to be met.")
        return format_html(words, asked=asked, period=period_words(place))
    words = ngettext(
        "For half of the {asked} requests sent in {period}, help had begun within {days} day.",
        "For half of the {asked} requests sent in {period}, help had begun within {days} days.",
        days,
    )
    bold = format_html("<b>{}</b>", number(days))
    return format_html(words, asked=asked, period=period_words(place), days=bold)


def also_of(base: Base, ratio: Ratio) -> str:
    """The second denominator of a measure."""
    if base.id != "accepted":
        return ""
    return _("Of the {n} that a service accepted, it is {rate} in every 100.").format(
        n=locale().number(ratio[1]), rate=hundred(ratio)
    )


def compared(before: str, target: str, due: date | None) -> list[str]:
    """A year ago, and where the Table wants to be."""
    said = []
    if before:
        said.append(_("A year before it was {before}.").format(before=before))
    if target and due:
        said.append(_("The target is {target} by {due}.").format(target=target, due=locale().month(due)))
    return said


def standing(judged: Judged, grain: Grain) -> str:
    """Whether it is a change yet, by a rule that is named."""
    if grain is Grain.QUARTER and judged.standing is Standing.TOO_FEW:
        return _(
            "By quarter, since single months are too small to be shown. Too few quarters yet to tell a "
            "change from chance; our rule asks for {n}."
        ).format(n=RUN_RULES.fewest)
    needed = RUN_RULES.shift
    if judged.standing is Standing.TOO_FEW:
        return _("Too few months yet to tell a change from chance. Our rule asks for {n}.").format(
            n=RUN_RULES.fewest
        )
    if judged.standing is Standing.STEADY:
        return _("It goes up and down around the middle, as chance does. We call that no change.")
    side = _("above") if judged.above else _("below")
    if judged.standing is Standing.MOVED:
        return _("{run} months in a row {side} the old middle. Our rule calls that a change.").format(
            run=judged.run, side=side
        )
    words = {
        Standing.PROMISING: _(
            "{run} months in a row {side} the old middle. Our rule asks for {needed} before we call it a "
            "change, so: promising, not proven."
        ),
        Standing.WORRYING: _(
            "{run} months in a row {side} the old middle. Our rule asks for {needed} before we call it a "
            "change, so: worth a look, not proven."
        ),
        Standing.BETTER: _(
            "{run} months in a row {side} the old middle. By our rule that is a change for the better."
        ),
        Standing.WORSE: _(
            "{run} months in a row {side} the old middle. By our rule that is a change for the worse."
        ),
    }[judged.standing]
    return words.format(run=judged.run, side=side, needed=needed)


def holds_back(shape: MeasureShape, place: Place) -> str:
    """What stands in the way, as far as the whole's released counts say."""
    counts = {what: figure.value for what, figure in shape.released.figures.get(place, {}).items()}
    number = locale().number
    period = period_words(place)
    match shape.definition.id, counts:
        case "need-met", {"sent": int(sent), "accepted": int(accepted), "met": int(met)} if sent > met:
            return _(
                "{period}: {refused} of {sent} requests were never accepted. For {silent} that were, nobody "
                "has told us that the need was met."
            ).format(
                period=period,
                refused=number(sent - accepted),
                sent=number(sent),
                silent=number(accepted - met),
            )
        case "disposition-known", {"sent": int(sent), "known": int(known)} if sent > known:
            return _("{period}: for {silent} of {sent} requests nobody has said yet how they ended.").format(
                period=period, silent=number(sent - known), sent=number(sent)
            )
        case "screening-rate", {"people": int(people), "asked": int(asked)} if people > asked:
            return _(
                "{period}: {missed} of {people} people were not asked about all four, or were in the middle "
                "of it when time ran out."
            ).format(period=period, missed=number(people - asked), people=number(people))
    return ""


def too_young(about: int | None) -> str:
    """How many cases are not in the figures because they are too young."""
    if about is None:
        return _("Requests that are too young to be judged are left out: at most 10.")
    said = _("Requests that are too young to be judged are left out: about {n}.")
    return said.format(n=locale().number(about))


def _join(*said: str) -> SafeString:
    return format_html_join(" ", "{}", ((words,) for words in said if words))


def joined(first: SafeString, *more: str) -> SafeString:
    """One sentence after another."""
    return _join(first, *more)
