"""The adopted measures as one sentence each, for homes."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.measures import facade as measures
from commonweal.measures.web import sentences


@dataclass(frozen=True, slots=True)
class Headline:
    """One measure's latest figure in words."""

    name: str
    sentence: str
    url: str


def headlines() -> list[Headline]:
    """Live measures that have something to show, in the order of their list."""
    found = []
    for shape in measures.live_measures():
        sentence = sentences.latest(shape)
        if sentence:
            url = reverse("measures:measure", args=[shape.definition.id])
            found.append(Headline(_(shape.definition.name), sentence, url))
    return found
