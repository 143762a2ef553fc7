"""The register under bylaws: what was voted, how to count it again, who may end it, who may read it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from tests.foundation.accounts_tools import browser_of
from tests.governance import voting
from tests.governance.voting import DAY, LAWS, PLAIN, START, World

from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.governance.models import Decision, Mandate
from commonweal.governance.queries.polls import polls_of_round
from commonweal.governance.vocabulary import Matter, Result
from commonweal.kernel.clock import at
from commonweal.partners.models import Partner

pytestmark = pytest.mark.django_db
ENDS = (START + 395 * DAY).date()


def shared(laws: str = LAWS + PLAIN) -> tuple[World, Decision]:
    """A table that voted to let one partner tell another, four to one, with the residents' yes."""
    world = voting.lay(laws)
    first, second = (str(UUID(world.voter(n).partition(":")[2])) for n in (0, 1))
    params = {
        "title": "Care partners",
        "tellers": [first],
        "told": [second],
        "segments": ["general"],
        "purposes": ["COORD"],
    }
    with at(START):
        question = voting.ask(world, Matter.DATA_SHARING, effect="sharing.start", params=params, ends_on=ENDS)
        main, gate = voting.open_vote(world, question)
        voting.cast_all(world, main, ["yes", "yes", "yes", "yes", "no"])
        voting.residents_say(world, gate, ["yes", "yes", "yes"])
    assert voting.finish(world, question, START + 8 * DAY) is Result.ADOPTED
    assert polls_of_round(Decision.objects.get().proposal)
    return world, Decision.objects.get()


def page(client: Client, path: str, status: int = 200) -> str:
    reply = client.get(path)
    assert reply.status_code == status, path
    return reply.content.decode()


def signed_in(actor) -> Client:
    account = Account.objects.get(pk=actor.account_id)
    seat, _ = Membership.objects.get_or_create(
        account=account, partner_id=actor.partner_id, role=actor.role.value, until=None
    )
    return browser_of(account, seat=seat)


def test_a_decision_shows_how_it_was_voted_and_lets_anyone_count_again() -> None:
    _world, decision = shared()
    shown = page(Client(), f"/decisions/{decision.number}/")
    for words in (
        "How The Table voted",
        "5 of 5 took part",
        "because",
        "Partner 4: No",
        "The yes of Residents’ Council",
        "Article 6.2 of the bylaws, version 1",
        "commonweal recount",
        "Let partners tell each other",
    ):
        assert words in shown, words
    assert "Put something into effect" not in shown
    board = shown.split("/decisions/boards/")[1].split("/")[0]
    assert "electorate" in page(Client(), f"/decisions/boards/{board}/")
    assert "Care partners" in page(Client(), "/decisions/agreements/")


def test_the_page_of_ending_says_who_may_end_it() -> None:
    world, decision = shared()
    mandate = Mandate.objects.get(decision=decision)
    path = f"/decisions/mandates/{mandate.pk}/withdraw/"
    backbone = signed_in(world.backbone)
    shown = page(backbone, path)
    assert "ends by a decision" in shown
    assert f"mandate={mandate.pk}" in shown
    assert "Yes, it ends now" not in shown
    assert backbone.post(path, {"why": "I would rather."}).status_code == 403
    mandate.refresh_from_db()
    assert mandate.withdrawn_at is None


def test_a_party_stops_its_own_telling_on_that_page() -> None:
    world, decision = shared()
    mandate = Mandate.objects.get(decision=decision)
    teller = signed_in(replace(world.actor(world.voter(0)), role=Role.ORG_ADMIN))
    path = f"/decisions/mandates/{mandate.pk}/withdraw/"
    assert "We stop telling, now" in page(teller, path)
    assert teller.post(path, {"why": "We need to think.", "how": "telling"}).status_code == 302
    shown = page(Client(), f"/decisions/{decision.number}/")
    assert "Partner 0 stopped telling under it" in shown
    assert "We need to think." in shown


def test_the_register_is_closed_to_strangers_where_the_bylaws_say_so() -> None:
    world, decision = shared('register = "partners"\n' + LAWS + PLAIN)
    poll, question = polls_of_round(decision.proposal)[0].pk, decision.proposal.number
    closed = (
        "/decisions/",
        f"/decisions/{decision.number}/",
        "/decisions/questions/",
        f"/decisions/questions/{question}/",
        f"/decisions/boards/{poll}/",
        "/decisions/delegations/",
        "/decisions/initiatives/",
    )
    for path in closed:
        page(Client(), path, 403)
        page(signed_in(world.backbone), path)
    for path in ("/decisions/bylaws/", "/decisions/agreements/"):
        page(Client(), path)  # under what one's record moves is everyone's to read


def test_partners_and_bodies_say_who_decided_them() -> None:
    shared()
    slug = Partner.objects.order_by("name").first().slug
    for path in (f"/table/partners/{slug}/", "/table/bodies/table/"):
        assert "Here since the founding" in page(Client(), path)


def test_a_mandate_that_runs_out_soon_is_told() -> None:
    _world, decision = shared()
    with at(Mandate.objects.get(decision=decision).ends_at - timedelta(days=10)):
        assert "ends" in page(Client(), "/decisions/").lower()
