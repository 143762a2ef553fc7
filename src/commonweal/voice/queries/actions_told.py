"""Action items tell what became of an input that somebody took on."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.facade import ActionShape
from commonweal.partners.shapes import BodyShape
from commonweal.voice.shapes import Line, Teller


def _told(refs: Iterable[str]) -> Mapping[str, Sequence[Line]]:
    found = partners.actions_by_id(UUID(ref) for ref in refs)
    return {str(one.id): [_line(one)] for one in found.values()}


def _line(one: ActionShape) -> Line:
    said = {"who": one.seat_name, "what": one.words, "day": date_format(one.due_on, "DATE_FORMAT")}
    url = reverse("partners:action", args=[one.id])
    if one.is_done:
        words = _("%(who)s did it: %(what)s.") % said
        return Line(words, one.settled_at, url, "is-done", is_now=True)
    if not one.is_open:
        words = _("%(who)s will not do it, because: %(why)s") % {**said, "why": _(one.settled_words)}
        return Line(words, one.settled_at, url, "is-off", is_now=True)
    return Line(_("%(who)s does it by %(day)s: %(what)s.") % said, None, url, "is-half", is_now=True)


def _choices(actor: Actor, body: BodyShape) -> list[tuple[str, str]]:
    return [(str(one.id), one.words) for one in partners.open_actions(body.id)]


TELLER = Teller("action", N_("Work that somebody took on"), _told, _choices)
