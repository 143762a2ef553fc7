"""The pages: what anyone reads, what only the table reads, what nobody does; nothing without a mandate."""

import csv
import io
import random
import re
from datetime import date
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client
from tests.measures.conftest import County

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.measures.models import Release, ReleasedFigure
from commonweal.measures.rules.definitions import DEFINITIONS
from commonweal.measures.shapes import Place
from commonweal.measures.vocabulary import Grain
from commonweal.measures.web import views

MONTHS = [date(2024 + (m // 12), m % 12 + 1, 1) for m in range(10, 33)]
ALL = tuple(d.id for d in DEFINITIONS)


_released: list[tuple[Release, list[ReleasedFigure]]] = []
_targets: list[str] = []


@pytest.fixture
def counted(county: County) -> County:
    """Two years at eight partners, all four measures adopted, released. Computed once; later tests lay the
    same released rows again, under their own partners' ids."""
    county.adopt(*ALL)
    if _released:
        _lay_again(county)
        return county
    county.ledger.history(random.Random(11), county.targets, MONTHS, 15)
    for i, first in enumerate(MONTHS):
        for person in range(60):
            topics = ("food", "housing", "transport", "utilities")[: 4 if (person + i) % 4 else 2]
            county.ledger.asked(f"{i}-{person}", county.targets[person % 3], first, frozenset(topics))
    county.compute()
    _targets[:] = [str(target) for target in county.targets]
    _released[:] = [(release, list(release.figures.all())) for release in Release.objects.all()]
    return county


def _lay_again(county: County) -> None:
    new = dict(zip(_targets, map(str, county.targets), strict=True)) | {"": ""}
    for release, figures in _released:
        release.save(force_insert=True)
        for figure in figures:
            figure.who = new.get(figure.who, figure.who)
        ReleasedFigure.objects.bulk_create(figures)
    _targets[:] = [str(target) for target in county.targets]


def read(path: str, language: str = "en") -> str:
    answer = Client(headers={"accept-language": language}).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def as_table(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads now sits at the table."""
    actor = Actor(Role.MEMBER, Purpose.GOV, county.table.pantry, name="Marcus Odom")
    monkeypatch.setattr(views, "actor_of", lambda request: actor)


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize("measure", ALL)
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_page_has_chart_sentence_table_and_csv(counted: County, measure: str, language: str) -> None:
    html = read(f"/measures/{measure}/", language)
    assert html.count('role="img"') >= 2
    assert '<svg class="wide-only"' in html
    assert '<svg class="narrow-only"' in html
    assert 'class="sentence' in html
    assert html.count("<table") >= 2
    assert f"/measures/{measure}.csv" in html
    assert 'class="decided"' in html
    assert "style=" not in html
    assert "<script" not in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_the_list_shows_what_is_adopted(counted: County) -> None:
    said = words_of(read("/measures/"))
    for definition in DEFINITIONS:
        assert definition.name in said
    assert "Could be counted, and is not" not in said


def test_before_anything_is_adopted_the_list_teaches(county: County) -> None:
    said = words_of(read("/measures/"))
    assert "Nothing is counted yet" in said
    assert "Could be counted, and is not" in said


class TestMandate:
    def test_withdrawn_and_the_next_read_is_empty(self, counted: County) -> None:
        numbers = {
            str(v) for v in ReleasedFigure.objects.filter(what="met", who="").values_list("value", flat=True)
        }
        before = read("/measures/need-met/")
        assert any(f">{n}<" in before for n in numbers)
        counted.withdraw("need-met")
        after = read("/measures/need-met/")
        assert "This page is empty on purpose" in after
        assert "<table" not in after
        assert "c-line" not in after
        assert 'class="sentence' not in after
        answer = Client().get("/measures/need-met.csv")
        assert answer.status_code == 410
        assert b"no figures" in answer.content
        said = words_of(read("/measures/"))
        assert "Could be counted, and is not" in said

    def test_the_others_stay(self, counted: County) -> None:
        counted.withdraw("need-met")
        assert "c-line" in read("/measures/disposition-known/")

    def test_a_withdrawn_measure_is_not_counted_on(self, counted: County) -> None:
        counted.withdraw("need-met")
        before = ReleasedFigure.objects.filter(what="met").count()
        counted.ledger.history(random.Random(1), counted.targets, [date(2026, 10, 1)], 15)
        from datetime import UTC, datetime

        counted.compute(datetime(2026, 12, 20, 12, tzinfo=UTC))
        assert ReleasedFigure.objects.filter(what="met").count() == before
        assert ReleasedFigure.objects.filter(what="known", starts_on=date(2026, 10, 1)).exists()


class TestPartners:
    """Results by name are for those at the table, unless the Table decides to publish them."""

    def names(self, html: str) -> set[str]:
        return {
            name for name in ("Ferry Street Pantry", "Hope Street", "Millrace", "St. Brigid") if name in html
        }

    def test_the_public_reads_no_partner(self, counted: County) -> None:
        for path in ("/measures/need-met/", "/measures/need-met.csv", "/measures/"):
            assert self.names(read(path)) == set()
        assert "The Table has not decided to publish results by name." in words_of(
            read("/measures/need-met/")
        )

    def test_the_table_does(self, counted: County, monkeypatch: pytest.MonkeyPatch) -> None:
        as_table(counted, monkeypatch)
        assert self.names(read("/measures/need-met/"))
        assert self.names(read("/measures/need-met.csv"))

    def test_and_the_public_does_under_a_decision(self, counted: County) -> None:
        from commonweal.governance.vocabulary import Matter

        counted.adopt("measures-by-partner", matter=Matter.PUBLICATION)
        assert self.names(read("/measures/need-met/"))

    def test_held_partners_are_named_with_the_one_reason(
        self, counted: County, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        as_table(counted, monkeypatch)
        html = read("/measures/need-met/")
        boxes = html.count('class="held-box"')
        assert boxes
        reason = "Fewer than 11 people, or a number that would give so few away."
        assert html.count(reason) == boxes

    def test_partners_stand_in_the_order_of_their_names(
        self, counted: County, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An order by rate would tell where a held one lies."""
        as_table(counted, monkeypatch)
        html = read("/measures/need-met/")
        table = html[html.index("By partner, July to September 2026") :]
        names = re.findall(r'scope="row">([^<]+)<', table)
        assert names[-1] == "All together"
        assert names[:-1] == sorted(names[:-1])
        held = re.search(r"Held back: ([^<]*)\.</p>", table)
        wholly = re.split(r", | and ", held[1]) if held else []
        assert len({*names[:-1], *wholly}) == 8


class TestNothingSmall:
    """SECURITY D01: page, alternative text and CSV tell no count of 1 to 10 and nothing that was held."""

    @pytest.mark.parametrize("measure", ALL)
    def test_csv(self, counted: County, monkeypatch: pytest.MonkeyPatch, measure: str) -> None:
        as_table(counted, monkeypatch)
        rows = list(csv.DictReader(io.StringIO(read(f"/measures/{measure}.csv"))))
        assert {row["state"] for row in rows} >= {"shown", "held"}
        for row in rows:
            counts = [int(row[k]) for k in ("numerator", "denominator") if row[k]]
            assert not any(1 <= n <= 10 for n in counts)
            if len(counts) == 2:
                assert not 1 <= counts[1] - counts[0] <= 10
            if row["state"] == "held":
                assert not any(row[k] for k in ("in_every_100", "low_95", "high_95", "median_days"))

    def test_counts_in_words_and_alternative_texts(
        self, counted: County, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        as_table(counted, monkeypatch)
        for measure in ALL:
            said = words_of(read(f"/measures/{measure}/"))
            for x, n in re.findall(r"\b(\d[\d,]*) of (\d[\d,]*)\b(?! votes)", said):
                small, whole = int(x.replace(",", "")), int(n.replace(",", ""))
                assert small == 0 or small > 10, (measure, x, n)
                assert whole == small or whole - small > 10, (measure, x, n)

    def test_every_number_of_the_description_is_in_the_table(self, counted: County) -> None:
        html = read("/measures/need-met/")
        desc = re.search(r'<desc id="run-w-d">(.*?)</desc>', html)
        assert desc
        cells = set(re.findall(r'data-l="In every 100">(\d+)<', html))
        said = re.findall(r"(\d+) in 100", desc[1])
        assert set(said[:4]) <= cells

    def test_the_drawings_are_well_formed(self, counted: County, monkeypatch: pytest.MonkeyPatch) -> None:
        as_table(counted, monkeypatch)
        for svg in re.findall(r'<svg [^>]*role="img".*?</svg>', read("/measures/need-met/"), re.S):
            ElementTree.fromstring(svg)


def test_two_denominators_stand_side_by_side(counted: County) -> None:
    html = read("/measures/need-met/")
    for head in ("Need met", "Requests", "Of them accepted", "In every 100", "Likely between"):
        assert f">{head}</th>" in html
    assert "that a service accepted, it is" in html


def test_the_median_page_speaks_of_days(counted: County) -> None:
    said = words_of(read("/measures/days-to-service/"))
    assert re.search(
        r"For half of the \d+ requests sent in September 2026, help had begun within \d+ day", said
    )
    assert "Wilson" not in said


def test_unknown_measures_look_alike(county: County) -> None:
    for path in ("/measures/nothing/", "/measures/nothing.csv", "/measures/NEED-MET/"):
        assert Client().get(path).status_code == 404


@pytest.mark.parametrize("path", ["/measures/", "/measures/need-met/", "/measures/need-met.csv"])
def test_nothing_is_written_by_reading(counted: County, path: str) -> None:
    assert Client().post(path).status_code == 405


def test_raw_results_are_on_no_page(counted: County, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was held back was counted; make sure that its number is not where it could be read."""
    as_table(counted, monkeypatch)
    held = ReleasedFigure.objects.filter(state="held", what="met", grain="quarter").exclude(who="")
    assert held.exists()
    rows = list(csv.DictReader(io.StringIO(read("/measures/need-met.csv"))))
    quarters = {(row["period"], row["partner"]): row for row in rows if row["grain"] == "quarter"}
    assert any(not row["numerator"] for row in quarters.values())
    assert Place(Grain.QUARTER, date(2026, 7, 1))


class TestSmallPlaces:
    """Where single months are too small, the page speaks by quarter instead of showing a row of blanks."""

    @pytest.fixture
    def small(self, county: County) -> County:
        county.adopt(*ALL)
        for i, first in enumerate(MONTHS):
            for target in county.targets[:7]:
                county.ledger.month(first, target, sent=4, accepted=3, known=3, met=2 + i % 2, after_days=5)
        county.compute()
        return county

    def test_the_chart_is_by_quarter(self, small: County) -> None:
        html = read("/measures/need-met/")
        said = words_of(html)
        assert "Quarter by quarter" in said
        assert "By quarter, since single months are too small to be shown." in said
        assert re.search(r"sent in July to September 2026, \d+ of 84", said)
        assert "<polyline" in html

    def test_and_the_months_are_there_to_unfold(self, small: County) -> None:
        html = read("/measures/need-met/")
        assert ">Sep 2026</th>" in html
        assert ">Jul–Sep 2026</th>" in html
