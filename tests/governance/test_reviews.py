"""What the table said it would look at again comes back, and what was found stands beside the decision."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.governance.test_register_pages import page, shared, signed_in
from tests.governance.voting import DAY, LAWS, PLAIN

from commonweal.foundation.access import acting
from commonweal.governance.actions import reviewing
from commonweal.governance.models import Decision, Mandate
from commonweal.governance.queries.agenda import open_matters
from commonweal.kernel.clock import at, today
from commonweal.kernel.errors import BadInput, Refused
from commonweal.partners import facade

pytestmark = pytest.mark.django_db
REVIEWED = LAWS.replace("longest_days = 400", "longest_days = 400\nreview_days = 20") + PLAIN


def agenda(slug: str = "table") -> list[str]:
    body = facade.body_named(slug)
    assert body is not None
    return [c.title for c in open_matters(body) if c.ref.startswith("review:")]


def mandate(decision: Decision) -> Mandate:
    return Mandate.objects.get(decision=decision)


def test_a_decision_to_be_looked_at_again_is_on_the_agenda_until_somebody_did() -> None:
    world, decision = shared(REVIEWED)
    assert agenda() == ["Look again: Rides to the clinic"]
    assert agenda("residents") == [], "the highest body looks again"
    path = f"/decisions/mandates/{mandate(decision).pk}/look/"
    page(signed_in(world.actor(world.voter(3))), path, 403)
    seen = signed_in(world.backbone)
    assert "Does it do what it was decided for?" in page(seen, path)
    later = today() + 180 * DAY
    said = {"words": "Forty rides a week; nights are missing.", "next_on": later.isoformat()}
    assert seen.post(path, said).status_code == 302
    assert agenda() == []
    shown = page(Client(), f"/decisions/{decision.number}/")
    assert "nights are missing" in shown
    assert "To be looked at again by" in shown


def test_looking_again_asks_for_words_and_for_a_later_day() -> None:
    world, decision = shared(REVIEWED)
    with acting(world.backbone):
        for words, next_on in (("  ", None), ("Fine", today()), ("Fine", today() - timedelta(days=1))):
            with pytest.raises(BadInput):
                reviewing.look_again(mandate(decision).pk, by=world.backbone, words=words, next_on=next_on)


def test_what_is_not_in_force_is_not_looked_at_again() -> None:
    world, decision = shared(REVIEWED)
    with at(mandate(decision).ends_at + DAY), acting(world.backbone), pytest.raises(Refused):
        reviewing.look_again(mandate(decision).pk, by=world.backbone, words="Fine", next_on=date(2030, 1, 1))
