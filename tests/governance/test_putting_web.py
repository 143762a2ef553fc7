"""Putting a question on a page: among several, with money, with a day of review; and writing on it again."""

from datetime import timedelta

import pytest
from tests.governance.test_questions_web import browser
from tests.governance.voting import DAY, LAWS, PLAIN, World, lay

from commonweal.governance.models import Proposal
from commonweal.kernel.clock import now, today
from commonweal.partners.models import Partner

pytestmark = pytest.mark.django_db
BUDGET = """
[matter.budget]
article = "7.1"
text.en = "Shared out by equal shares."
body = "table"
choosing = "{choosing}"
"""
NEW = "/decisions/questions/new/"


def world_choosing(choosing: str) -> World:
    return lay(LAWS + PLAIN + BUDGET.format(choosing=choosing), starts_at=now() - 10 * DAY)


def said(world: World, **more: object) -> dict[str, object]:
    return {
        "effect": "none",
        "matter": "budget",
        "question": "Which projects shall the fund pay for?",
        "title": "The pooled fund",
        "text": "There is money for this winter.",
        "seat": str(world.seats[world.voter(0)]),
        **more,
    }


def test_a_fund_is_shared_out_by_a_question_put_on_the_page() -> None:
    world = world_choosing("equal-shares")
    page = browser(world.voters[world.voter(0)])
    assert "effect=none&amp;matter=budget" in page.get(NEW).content.decode()
    shown = page.get(f"{NEW}?effect=none&matter=budget").content.decode()
    assert "How many dollars there are to share out" in shown
    options = "Winter coats | 4,500.50\nRides | $3000"
    missing = page.post(NEW, said(world, options=options))
    assert missing.status_code == 422, "without a sum there is nothing to share"
    assert page.post(NEW, said(world, options="", **{"counting-budget_cents": "5000"})).status_code == 422
    answer = page.post(NEW, said(world, options=options, **{"counting-budget_cents": "5000"}))
    assert answer.status_code == 302, answer.content.decode()[:2000]
    question = Proposal.objects.get()
    assert question.counting["budget_cents"] == 500_000
    assert [(o["name"], o["cost_cents"]) for o in question.options] == [
        ("Winter coats", 450_050),
        ("Rides", 300_000),
    ]


@pytest.mark.parametrize(
    ("choosing", "more", "kept"),
    [
        ("dots", {"counting-dots": "4", "counting-seats": "1"}, {"dots": 4, "seats": 1}),
        ("score", {"counting-most": "10", "counting-seats": "1"}, {"most": 10, "seats": 1}),
        ("single-transferable-vote", {"counting-seats": "2"}, {"seats": 2}),
    ],
)
def test_what_counting_needs_is_said_on_the_page(
    choosing: str, more: dict[str, str], kept: dict[str, int]
) -> None:
    world = world_choosing(choosing)
    page = browser(world.voters[world.voter(0)])
    page.post(NEW, said(world, options="Ana\nBen\nCleo", **more))
    assert Proposal.objects.get().counting == kept


def test_an_option_without_a_readable_cost_is_named() -> None:
    world = world_choosing("knapsack")
    page = browser(world.voters[world.voter(0)])
    answer = page.post(NEW, said(world, options="Coats | lots\nRides | 5", **{"counting-budget_cents": "50"}))
    assert answer.status_code == 422
    assert "Say what each option costs." in answer.content.decode()


def test_a_day_of_review_and_a_section_are_written_and_written_again() -> None:
    world = lay(starts_at=now() - 10 * DAY)
    page = browser(world.voters[world.voter(0)])
    later = today() + timedelta(days=90)
    page.post(NEW, said(world, matter="position", review_on=later.isoformat()))
    question = Proposal.objects.get()
    assert question.review_on == later
    address = f"/decisions/questions/{question.number}/edit/"
    assert "There is money for this winter." in page.get(address).content.decode()
    page.post(
        address, {"part": "section-1", "place": "1", "heading": "Why", "text": "There is money until May."}
    )
    assert [(s.place, s.version, s.text) for s in question.sections.order_by("version")] == [
        (1, 1, "There is money for this winter."),
        (1, 2, "There is money until May."),
    ]


def test_an_organization_said_to_bear_the_cost_may_answer_beside_the_text() -> None:
    world = lay(starts_at=now() - 10 * DAY)
    page = browser(world.voters[world.voter(0)])
    page.post(NEW, said(world, matter="position"))
    number = Proposal.objects.get().number
    touched = Partner.objects.get(slug="partner-3")
    gain = {"part": "gain", "who": "The drivers", "bears": "Two evenings a week", "partner": str(touched.pk)}
    page.post(f"/decisions/questions/{number}/edit/", gain)
    other = browser(world.voters[world.voter(3)])
    words = {"reply": "1", "words": "We have one van, not two."}
    other.post(f"/decisions/questions/{number}/say/", words)
    reply = Proposal.objects.get().comments.get()
    assert (reply.is_reply, reply.partner_id) == (True, touched.pk)


def test_what_people_carry_out_is_explained_once_and_a_fund_has_a_name_of_its_own() -> None:
    world = world_choosing("equal-shares")
    page = browser(world.voters[world.voter(0)])
    shown = page.get(NEW).content.decode()
    assert shown.count("the software does nothing by itself") == 1
    assert "Something else" not in shown
    assert "Share out an amount of money" in shown
    form = page.get(f"{NEW}?effect=none&matter=budget").content.decode()
    assert "<h1>Share out an amount of money</h1>" in form
    assert "so that yes and no are clear" not in form
    assert "Look first what a yes would do" not in form


def test_a_question_among_several_says_its_sum_and_no_share_of_yes() -> None:
    world = world_choosing("equal-shares")
    page = browser(world.voters[world.voter(0)])
    options = "Winter coats | 4,500.50\nRides | $3000"
    page.post(NEW, said(world, options=options, **{"counting-budget_cents": "5000"}))
    number = Proposal.objects.get().number
    shown = page.get(f"/decisions/questions/{number}/").content.decode()
    assert "There are $5,000 to share out. All of these together cost $7,500.50." in shown
    assert "Everyone holds an equal part of the money" in shown
    assert "of the votes cast say yes" not in shown
    assert "$4,500.50" in shown
