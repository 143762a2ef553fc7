"""Who is missing from a body, as facts of a page: plain sentences, ranges, never a ranking."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.partners.queries import Missing
from commonweal.partners.queries.missing import Lacking
from commonweal.partners.shapes import PopulationGap
from commonweal.partners.web.seat_rows import (
    Fact,
    Reader,
    authority_fact,
    lacking_fact,
    owner,
    term_fact,
)

MANY = 3
"""More sectors than this that nobody was asked for stand in one line."""


def facts_of(found: Missing, to: Reader, *, in_short: bool = False) -> list[Fact]:
    """What a body lacks, who was asked, whose delegates must ask, whose terms end."""
    unasked = [one for one in found.lacking if one.kind == "sector" and not one.seat and not one.asked]
    together = unasked if len(unasked) > MANY else []
    facts = [lacking_fact(one) for one in found.lacking if one not in together]
    facts += _unasked(together)
    facts += _in_short(found.gaps) if in_short else [gap_fact(gap) for gap in found.gaps]
    asking = authority_fact(found.without_authority)
    facts += [asking] if asking else []
    for seat, short in found.shortfalls:
        words = (
            ngettext(
                "sent nobody with authority to the last meeting.",
                "sent nobody with authority %(n)s times in a row.",
                short.times,
            )
            if short.came_without_authority
            else ngettext(
                "was absent from the last meeting.", "was absent %(n)s times in a row.", short.times
            )
        )
        facts.append(Fact(_("Absent"), owner(seat), words % {"n": short.times}))
    facts += [term_fact(seat, to) for seat in found.ending]
    if found.ending_together:
        facts.append(
            Fact(
                _("Terms"),
                "",
                _("%(n)s terms end within ninety days of each other. Stagger the next ones.")
                % {"n": found.ending_together},
            )
        )
    return facts


def _unasked(lacking: Sequence[Lacking]) -> list[Fact]:
    """Sectors that nobody spoke to yet, in one line."""
    if not lacking:
        return []
    names = [_(one.name) for one in lacking]
    names = [names[0], *(name[:1].lower() + name[1:] for name in names[1:])]
    return [Fact(_("Missing"), ", ".join(names) + ".", _("Nobody was asked yet."))]


def _in_short(gaps: Sequence[PopulationGap]) -> list[Fact]:
    """All populations with fewer seats than their share, in one sentence."""
    if not gaps:
        return []
    words = _("These have fewer seats than their share of neighbors: %(names)s.")
    return [Fact(_("Missing"), "", words % {"names": ", ".join(_within(gap.name) for gap in gaps)})]


def _within(name: str) -> str:
    """The name of a population in the middle of a sentence. Names of peoples stay large where they are so."""
    said = _(name)
    is_common = said != name or name.split()[0] in ("Children", "People", "Neighbors")
    return said[:1].lower() + said[1:] if is_common else said


def gap_fact(gap: PopulationGap) -> Fact:
    """A population with fewer seats than its share, with where the number comes from."""
    share = (
        _("%(low)s of every 100 neighbors") % {"low": gap.low}
        if gap.low == gap.high
        else _("%(low)s to %(high)s of every 100 neighbors") % {"low": gap.low, "high": gap.high}
    )
    have = (
        ngettext("one seat speaks for them", "%(n)s seats speak for them", gap.seats) % {"n": gap.seats}
        if gap.seats
        else _("no seat speaks for them")
    )
    words = _("%(share)s. Of %(of)s seats, %(have)s; at least %(expected)s would be their share. %(source)s")
    said = {
        "share": share,
        "of": gap.of,
        "have": have,
        "expected": gap.expected,
        "source": f"({_(gap.source)}, {gap.year})",
    }
    return Fact(_("Missing"), f"{_(gap.name)}.", words % said)
