"""The rows of the long list, written without the template engine: fifty of them in a millisecond.

The markup is that of every other table (``.stacked`` with labels for phones); only the loop is here.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.kernel.domains import NAMES, NeedDomain
from commonweal.referrals.shapes import TaskShape
from commonweal.referrals.web import saying

_ROW = (
    '<tr role="row"><th scope="row" role="rowheader"><a href="/referrals/{}/">{}</a></th>'
    '<td role="cell" data-l="{}">{}</td><td role="cell" data-l="{}">{}</td>'
    '<td role="cell" data-l="{}">{}</td>'
    '<td role="cell" data-l="{}"><span class="state {}">{}</span></td></tr>\n'
)


def sent_rows(tasks: Sequence[TaskShape], names: Mapping[UUID, tuple[str, str]], now: datetime) -> SafeString:
    """One row a sending: person, need, who was asked, when, and where it stands."""
    labels = (_("Need"), _("Asked"), _("Sent"), _("Where it stands"))
    nobody, several = _("A person"), _("Several services")
    need, day = need_names(), saying.short_days(now)
    fixed = [escape(label) for label in labels]
    rows = [_ROW.format(*_row(task, names, fixed, nobody, several, need, day, now)) for task in tasks]
    return mark_safe("".join(rows))  # noqa: S308  # each row escapes its cells


def _row(
    task: TaskShape,
    names: Mapping[UUID, tuple[str, str]],
    labels: Sequence[str],
    nobody: str,
    several: str,
    need: Mapping[NeedDomain, str],
    day: Callable[[datetime], str],
    now: datetime,
) -> tuple[object, ...]:
    look, words = saying.state_of(task, now)
    name = names[task.person_id][1] if task.person_id in names else nobody
    about = need[task.domain] + (f" ({_('Urgent')})" if task.is_urgent else "")
    whom = task.asked_whom or several
    when = day(task.sent_at) if task.sent_at else ""
    name, about, whom, when, words = map(escape, (name, about, whom, when, words))
    return (
        task.referral_id, name, labels[0], about, labels[1], whom, labels[2], when, labels[3], look, words,
    )  # fmt: skip


_names: dict[str, dict[NeedDomain, str]] = {}


def need_names() -> Mapping[NeedDomain, str]:
    """Every need by its name in the reader's language; looked up once for each language."""
    language = get_language() or "en"
    if language not in _names:
        _names[language] = {domain: _(words) for domain, words in NAMES.items()}
    return _names[language]
