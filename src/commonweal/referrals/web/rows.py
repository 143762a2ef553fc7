"""The rows of the long list, written without the template engine: fifty of them in a millisecond.

The markup is that of every other table (``.stacked`` with labels for phones); only the loop is here.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from html import escape
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.kernel.domains import NAMES, NeedDomain
from commonweal.referrals.shapes import TaskLine
from commonweal.referrals.web import saying

_ROW = (
    '<tr role="row"><th scope="row" role="rowheader"><a href="/referrals/%s/">%s</a></th>'
    '<td role="cell" data-l="{}">%s</td><td role="cell" data-l="{}">%s</td>'
    '<td role="cell" data-l="{}">%s</td>'
    '<td role="cell" data-l="{}"><span class="state %s">%s</span></td></tr>\n'
)
_Row = tuple[object, ...]


def sent_rows(lines: Sequence[TaskLine], names: Mapping[UUID, tuple[str, str]], now: datetime) -> SafeString:
    """One row a sending: person, need, who was asked, when, and where it stands."""
    labels = (_("Need"), _("Asked"), _("Sent"), _("Where it stands"))
    row = _ROW.format(*(escape(label).replace("%", "%%") for label in labels))
    cells = _cells_of(names, now)
    return mark_safe("".join([row % cells(line) for line in lines]))  # noqa: S308  # each cell is escaped


def _cells_of(names: Mapping[UUID, tuple[str, str]], now: datetime) -> Callable[[TaskLine], _Row]:
    """The cells of a line, as HTML; words that are the same for all lines are looked up once."""
    nobody, several, urgent = ("", _("A person")), _("Several services"), f" ({_('Urgent')})"
    need, day, state = need_names(), saying.short_days(now), saying.states_of(now)

    def cells(line: TaskLine) -> _Row:
        look, words = state(line)
        about = need[line.domain] + (urgent if line.is_urgent else "")
        when = day(line.sent_at) if line.sent_at else ""
        name = escape(names.get(line.person_id, nobody)[1])
        whom = _common(line.asked_whom or several)
        return line.referral_id, name, _common(about), whom, _common(when), look, _common(words)

    return cells


@lru_cache(maxsize=4096)
def _common(words: str) -> str:
    """Escaped words that stand in many lines: names of needs, services, days and states, never of persons."""
    return escape(words)


_names: dict[str, dict[NeedDomain, str]] = {}


def need_names() -> Mapping[NeedDomain, str]:
    """Every need by its name in the reader's language; looked up once for each language."""
    language = get_language() or "en"
    if language not in _names:
        _names[language] = {domain: _(words) for domain, words in NAMES.items()}
    return _names[language]
