"""The public pages: without sign-in, without JavaScript, shareable, printable, in two languages."""

from datetime import timedelta
from typing import Any

import pytest
from directory_rows import NOW, MakeService

from commonweal.directory.models_search import SuggestedCorrection, UnmetWish

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_first_page_offers_needs_and_asks_the_database_for_no_list(
    make: MakeService, visitor: Any
) -> None:
    page = text(visitor.get("/directory/"))
    assert 'name="q"' in page
    assert "/directory/?need=food-insecurity" in page
    assert "places that can help" not in page


def test_one_primary_act(make: MakeService, visitor: Any) -> None:
    make("Food box")
    assert text(visitor.get("/directory/?q=food")).count("btn first") == 1


def test_a_hit_says_why_and_what_may_stand_in_the_way(make: MakeService, visitor: Any) -> None:
    make("Food box", documents=("Photo ID",), capacity="closed", capacity_at=NOW - timedelta(hours=1))
    page = text(visitor.get("/directory/?q=food&near=Alder+Falls"))
    for words in (
        "1 place that can help",
        "Why it is first",
        "Offers what you asked for: Food to take home",
        "What may stand in the way",
        "Bring: Photo ID",
        "They take nobody new right now",
        "Open until 5:00 pm",
        "About a minute on foot",
        "Checked by phone 5 days ago",
        'href="tel:5550127"',
        "12 Ferry Street, Alder Falls",
        "Looking for: Food to take home. Near Alder Falls.",
    ):
        assert words in page, words


def test_in_spanish(make: MakeService, visitor: Any) -> None:
    make("Food box", documents=("Photo ID",), opens=(9, 13))
    page = text(visitor.get("/directory/?q=comida&near=Alder+Falls", headers={"accept-language": "es"}))
    for words in (
        'lang="es"',
        "1 lugar que puede ayudar",
        "Por qué va primero",
        "Ofrece lo que usted busca: Comida para llevar a casa",
        "Abierto hasta la 1:00 p. m.",
        "Revisado por teléfono hace 5 días",
    ):
        assert words in page, words
    assert "Why it is" not in page


def test_the_address_carries_the_whole_question(make: MakeService, visitor: Any) -> None:
    make("Food box")
    page = text(
        visitor.get(
            "/directory/?q=food&near=Alder+Falls&speaks=spa&open=1&walk=1&noid=1&age=40&within=5&free=1"
        )
    )
    for part in (
        'value="food"',
        'value="Alder Falls"',
        '<option value="spa" selected>',
        'name="open" value="1" checked',
        'name="walk" value="1" checked',
        'name="noid" value="1" checked',
        'value="40"',
        '"5" selected',
    ):
        assert part in page, part
    assert "to=es&amp;next=%2Fdirectory%2F%3Fq%3Dfood" in page


def test_left_out_places_are_counted_with_a_way_to_see_them(make: MakeService, visitor: Any) -> None:
    make("Food box")
    make("Food old", days_unchecked=300)
    page = text(visitor.get("/directory/?q=food"))
    assert "1 place we did not show, and why" in page
    assert "not checked for more than 180 days" in page
    assert "Food old" not in page
    assert "Food old" in text(visitor.get("/directory/?q=food&all=1"))


def test_nothing_fits(make: MakeService, visitor: Any) -> None:
    make("Food box")
    page = text(visitor.get("/directory/?q=xyzzy"))
    assert "We found no place that fits" in page
    assert "We did not understand these words" in page
    assert "/directory/unmet/" in page


def test_danger_comes_first(make: MakeService, visitor: Any) -> None:
    page = text(visitor.get("/directory/?q=quiero+morir", headers={"accept-language": "es"}))
    assert "tel:988" in page
    assert page.index("tel:988") < page.index("<form")


def test_asking_again_costs_nothing_and_no_proxy_keeps_it(make: MakeService, visitor: Any) -> None:
    make("Food box")
    first = visitor.get("/directory/?q=food")
    assert first["Cache-Control"] == "private, max-age=60"
    assert "sessionid" not in first.cookies
    again = visitor.get("/directory/?q=food", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_one_statement_and_no_session(
    make: MakeService, visitor: Any, django_assert_max_num_queries: Any
) -> None:
    make("Food box")
    visitor.get("/directory/?q=food&near=Alder+Falls")
    with django_assert_max_num_queries(0):  # the search itself is prepared below Django's counting
        visitor.get("/directory/?q=food&near=Alder+Falls")


def test_handout(make: MakeService, visitor: Any) -> None:
    for number in range(12):
        make(f"Food {number}")
    page = text(visitor.get("/directory/?q=food&as=print"))
    assert page.count('class="hit"') == 12
    assert "<form" not in page


def test_table_and_json(make: MakeService, visitor: Any) -> None:
    make("Food box")
    table = visitor.get("/directory/?q=food&as=csv")
    assert table["Content-Type"].startswith("text/csv")
    assert "Food box" in text(table)
    found = visitor.get("/directory/?q=food&as=json").json()
    assert found["total"] == 1
    assert found["hits"][0]["phone"] == "555-0127"


def test_service_page(make: MakeService, visitor: Any) -> None:
    service = make(
        "Food box",
        description="Bread & <b>milk</b>",
        languages=("eng", "spa"),
        documents=("None",),
        access="Ramp at the side",
        fees_description="Free",
        minimum_age=18,
    )
    page = text(visitor.get(f"/directory/services/{service}/"))
    for words in ("Bread &amp; <b>milk</b>", "Ages 18 and up", "English, Spanish", "Ramp at the side",
                  "9:00 am to 5:00 pm", "Alder Falls, NY 14991", "Checked by phone 5 days ago", "<svg",
                  "Nothing. No ID or papers are asked.", "Suggest a correction"):  # fmt: skip
        assert words in page, words
    assert page.count("btn first") == 1


def test_who_vouches_for_a_service_is_told_in_two_languages(make: MakeService, visitor: Any) -> None:
    service = make("Food box", accreditations="Feeding America & the county")
    address = f"/directory/services/{service}/"
    line = "<dt>{}</dt><dd>Feeding America &amp; the county</dd>"
    assert line.format("Who vouches for them") in text(visitor.get(address))
    assert line.format("Quién los avala") in text(visitor.get(address, headers={"accept-language": "es"}))
    unsaid = text(visitor.get(f"/directory/services/{make('Food bag')}/"))
    assert "Who vouches for them" not in unsaid


def test_an_ended_service_says_so(make: MakeService, visitor: Any) -> None:
    service = make("Food box", status="defunct")
    page = text(visitor.get(f"/directory/services/{service}/"))
    assert "no longer offered" in page
    assert "Food box" not in text(visitor.get("/directory/?q=food"))


def test_anyone_suggests_a_correction(make: MakeService, visitor: Any) -> None:
    service = make("Food box")
    answer = visitor.post(
        f"/directory/services/{service}/suggest/", {"fact": "hours", "said": "Saturdays too"}, follow=True
    )
    assert "Thank you" in text(answer)
    row = SuggestedCorrection.objects.get()
    assert (row.fact, row.said, row.state, row.from_organization) == (
        "hours",
        "Saturdays too",
        "waits",
        False,
    )
    assert "Saturdays too" not in text(visitor.get(f"/directory/services/{service}/"))


def test_a_suggestion_needs_words_and_loses_none(make: MakeService, visitor: Any) -> None:
    service = make("Food box")
    answer = visitor.post(f"/directory/services/{service}/suggest/", {"fact": "hours", "said": ""})
    assert answer.status_code == 400
    assert "Say in a few words what is right." in text(answer)
    answer = visitor.post(f"/directory/services/{service}/suggest/", {"fact": "", "said": "The door is blue"})
    assert "The door is blue" in text(answer)
    assert not SuggestedCorrection.objects.exists()


def test_a_queue_stays_readable(make: MakeService, visitor: Any) -> None:
    from commonweal.directory.actions.corrections import MOST_WAITING

    service = make("Food box")
    for _ in range(MOST_WAITING + 3):
        visitor.post(f"/directory/services/{service}/suggest/", {"fact": "closed", "said": ""})
    assert SuggestedCorrection.objects.count() == MOST_WAITING


def test_an_unmet_need_is_counted_without_a_person(make: MakeService, visitor: Any) -> None:
    make("Food box")
    page = text(visitor.get("/directory/unmet/?need=utility-insecurity&near=12+Ferry+Street,+Alder+Falls"))
    assert '<option value="utility-insecurity" selected>' in page
    answer = visitor.post(
        "/directory/unmet/",
        {"need": "utility-insecurity", "near": "12 Ferry Street, Alder Falls", "reason": "full"},
        follow=True,
    )
    assert "Counted. Thank you." in text(answer)
    wish = UnmetWish.objects.get()
    assert (wish.domain, wish.town, wish.reason, wish.day) == (
        "utility-insecurity",
        "Alder Falls",
        "full",
        NOW.date(),
    )
    assert {f.name for f in UnmetWish._meta.fields} == {"id", "domain", "town", "reason", "day"}


def test_an_unknown_town_is_not_kept(make: MakeService, visitor: Any) -> None:
    visitor.post("/directory/unmet/", {"need": "food-insecurity", "near": "Mrs. Doyle, 3 Elm", "reason": ""})
    assert UnmetWish.objects.get().town == ""


def test_staff_pages_ask_who_one_is(visitor: Any) -> None:
    for address in ("/directory/review/", "/directory/mine/", "/directory/words/"):
        assert visitor.get(address).status_code == 302
