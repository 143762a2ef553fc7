"""The adopted measures as one sentence each, for homes."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commonweal.measures import facade as measures
from commonweal.measures.web.page import card_of


@dataclass(frozen=True, slots=True)
class Headline:
    """One measure's latest figure in words."""

    name: str
    sentence: SafeString | str
    url: str


def headlines() -> list[Headline]:
    """Live measures that have something to show, in the order of their list."""
    cards = [card_of(shape) for shape in measures.live_measures()]
    return [
        Headline(
            _(card.shape.definition.name),
            card.sentence,
            reverse("measures:measure", args=[card.shape.definition.id]),
        )
        for card in cards
        if card.sentence
    ]
