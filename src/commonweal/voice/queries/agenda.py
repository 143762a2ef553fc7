"""What a body owes comes on its agenda: inputs that wait for a first answer past the clock."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import ngettext

from commonweal.partners.facade import Candidate
from commonweal.partners.shapes import BodyShape
from commonweal.voice.queries import inputs


def late_answers(body: BodyShape) -> Iterable[Candidate]:
    """One matter for all of them, named by the one that waits longest."""
    late = inputs.unanswered(body)
    if not late:
        return
    (owed,) = inputs.silences([body])
    title = ngettext(
        "Answer what was said to us: %(n)s waits", "Answer what was said to us: %(n)s wait", len(late)
    ) % {"n": len(late)}
    words = ngettext(
        "The longest waits for %(days)s day. A first answer was due in %(due)s.",
        "The longest waits for %(days)s days. A first answer was due in %(due)s.",
        owed.longest_days,
    ) % {"days": owed.longest_days, "due": owed.days_allowed}
    url = reverse("voice:body", args=[body.slug])
    yield Candidate(f"voice:{late[0]}", title, words, url, 15, by_residents=True)
