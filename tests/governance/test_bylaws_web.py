"""The pages of the bylaws: the text beside the rule, versions, the file, and putting a change."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.governance.test_questions_web import browser
from tests.governance.voting import LAWS, PLAIN, World, ask, cast_all, finish, lay, open_vote

from commonweal.governance.models import Proposal
from commonweal.governance.queries import bylaws
from commonweal.governance.shapes_voting import Share
from commonweal.governance.vocabulary import Matter, Result
from commonweal.kernel.clock import at, now

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TEXT = LAWS + PLAIN


@pytest.fixture
def world() -> World:
    return lay(starts_at=now() - 20 * DAY)


def test_anyone_reads_the_rule_beside_its_article(world: World, client: Client) -> None:
    page = client.get("/decisions/bylaws/").content.decode()
    assert "Two thirds, and the residents." in page
    assert (
        "The Table decides: at least two thirds of the votes cast say yes; Residents’ Council must say yes"
        in page
    )
    assert "The article does not say this" in page, "400 days are not in the article"
    assert "Propose a change" not in page
    spanish = client.get("/decisions/bylaws/", headers={"accept-language": "es"})
    assert spanish.status_code == 200


def test_the_file_is_given_as_written(world: World, client: Client) -> None:
    answer = client.get("/decisions/bylaws/bylaws.toml")
    assert answer["Content-Type"].startswith("application/toml")
    assert answer.content.decode() == TEXT
    assert client.get("/decisions/bylaws/1/bylaws.toml").content.decode() == TEXT
    assert client.get("/decisions/bylaws/2/").status_code == 404


def test_before_bylaws_the_page_says_so(db: None, client: Client) -> None:
    assert "No bylaws are laid down yet" in client.get("/decisions/bylaws/").content.decode()
    assert client.get("/decisions/bylaws/bylaws.toml").status_code == 404


def test_a_faulty_text_is_told_where_and_nothing_is_lost(world: World) -> None:
    page = browser(world.voters[world.voter(0)])
    wrong = TEXT.replace('threshold = "2/3"', 'threshold = "most"', 1).replace(
        'body = "table"', 'body = "tabel"'
    )
    answer = page.post("/decisions/bylaws/change/", {"text": wrong, "words": "Majority", "based_on": 1})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "matter.bylaws.threshold" in said
    assert "line 12" in said
    assert "tabel" in said
    same = page.post("/decisions/bylaws/change/", {"text": TEXT, "words": "Nothing", "based_on": 1})
    assert "Nothing would change." in same.content.decode()
    assert not Proposal.objects.exists()


def test_a_change_is_looked_at_put_voted_and_holds_until_its_trial_ends(world: World) -> None:
    page = browser(world.voters[world.voter(0)])
    other = TEXT.replace("longest_days = 400", "longest_days = 200")
    said = {
        "text": other.replace("\n", "\r\n"),
        "words": "Sharing ends sooner",
        "why": "A year is long.",
        "based_on": 1,
        "trial_ends_on": (now() + 90 * DAY).date().isoformat(),
    }
    looked = page.post("/decisions/bylaws/change/", said).content.decode()
    assert "It ends after 200 days at the latest" in looked
    assert not Proposal.objects.exists()
    answer = page.post("/decisions/bylaws/change/", {**said, "put": "1"})
    assert answer.status_code == 302
    question = Proposal.objects.get()
    assert "It ends after 1 year" not in page.get(answer["Location"]).content.decode()
    with at(now() - 9 * DAY):
        polls = open_vote(world, question.pk)
        cast_all(world, polls[0], ["yes", "yes", "yes", "yes", "no"])
    assert bylaws.in_force().version == 1, "an open vote changes nothing"
    assert finish(world, question.pk, now() - DAY) is Result.ADOPTED
    held = bylaws.in_force()
    assert held is not None
    assert (held.version, held.text) == (2, other)
    assert bylaws.in_force(now() - 2 * DAY).version == 1, "never backwards"
    assert bylaws.in_force(now() + 92 * DAY).version == 1, "the trial is over"
    assert "Sharing ends sooner" in page.get("/decisions/bylaws/").content.decode()
    differs = page.get("/decisions/bylaws/2/").content.decode()
    assert "It ends after 400 days at the latest" in differs
    assert "It ends after 200 days at the latest" in differs


def test_only_those_at_the_table_put_a_change(world: World, client: Client) -> None:
    assert client.get("/decisions/bylaws/change/").status_code in (302, 401, 403)


def test_an_amendment_while_a_vote_is_open_changes_nothing_in_it(world: World) -> None:
    """A vote goes on by the rule that it froze, and so it is counted and recounted (DOMAIN 7-T9)."""
    with at(now() - 19 * DAY):
        amendment = ask(
            world,
            Matter.BYLAWS,
            effect="bylaws.amend",
            params={"text": TEXT.replace('article = "5.1"', 'article = "5.1"\nthreshold = "4/5"')},
        )
        cast_all(world, open_vote(world, amendment)[0], ["yes"] * 5)
    with at(now() - 14 * DAY):
        question = ask(world)
        cast_all(world, open_vote(world, question)[0], ["yes", "yes", "yes", "no", "no"])
    assert finish(world, amendment, now() - 11 * DAY) is Result.ADOPTED
    held = bylaws.rule_for(Matter.POSITION)
    assert held is not None
    assert held.voting.threshold == Share(4, 5)
    assert finish(world, question, now() - 6 * DAY) is Result.ADOPTED, "three of five, by the rule of its day"
    with at(now() - 10 * DAY):
        later = ask(world)
        cast_all(world, open_vote(world, later)[0], ["yes", "yes", "yes", "no", "no"])
    assert finish(world, later, now() - 2 * DAY) is Result.REJECTED
