"""The pages of bodies and seats, as strangers, members, delegates and the backbone see them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.foundation.accounts_tools import browser_of
from tests.partners.table import Table, membership_of, someone
from tests.partners.test_seats import body, fill, member_of, neighbor, seat

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts.models import Account
from commonweal.kernel.clock import today
from commonweal.partners import actions, facade, queries
from commonweal.partners.queries import ports
from commonweal.partners.shapes import PackItem, ShortfallShape, StandingShape
from commonweal.partners.vocabulary import Authority, BodyKind


def browser(actor: Actor) -> Client:
    account = Account.objects.get(pk=actor.account_id)
    return browser_of(account, seat=membership_of(actor) if actor.partner_id else None)


def text(client: Client, url: str, status: int = 200) -> str:
    page = client.get(url)
    assert page.status_code == status, url
    return page.content.decode()


def test_the_table_says_who_sits_there_and_who_is_missing(table: Table) -> None:
    board = body()
    fill(seat(board, table.pantry), member_of(table.marcus), authority=Authority.NONE)
    seat(board, place="Northbank")
    with acting(table.priya):
        actions.ask_to_sit(
            board, by=table.priya, whom="A neighbor named Pat", is_human=True, place="Northbank"
        )
    page = text(Client(), "/table/")
    assert "1 of 2 seats at the table are filled" in page
    assert "A resident of Northbank" in page
    assert "One person was asked and has not answered yet." in page
    assert "Pat" not in page, "humans who were asked are counted, never named to strangers"
    assert "Marcus Odom" not in page
    assert "sends someone who must ask before deciding." in page


def test_a_body_that_may_not_bind_is_told_what_to_mend(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    board = body()
    said = StandingShape(
        board, False, "is-no", "Needs a co-lead", "1 of 3 co-leads.", "Find a co-lead.", lacking=(object(),)
    )
    monkeypatch.setattr(ports, "_standing", [lambda ids, on: {board: said}])
    page = text(Client(), "/table/")
    assert "Table can’t decide." in page
    assert "Needs a co-lead" in page
    assert "Find a co-lead." in text(Client(), "/table/bodies/table/")


def test_members_see_names_but_not_of_those_who_sit_for_a_shelter(table: Table) -> None:
    board = body()
    carmen = someone(table.shelter, "Carmen Ortiz", Role.CASE_WORKER)
    chair = seat(board, table.shelter)
    fill(chair, member_of(carmen))
    fill(seat(board, table.pantry), member_of(table.marcus))
    page = text(browser(table.danielle), "/table/bodies/table/")
    assert "Marcus Odom" in page
    for url in ("/table/bodies/table/", f"/table/seats/{chair}/", "/table/"):
        assert "Carmen" not in text(browser(table.danielle), url)
        assert "Carmen" not in text(Client(), url)
    assert "Carmen Ortiz" in text(browser(carmen), f"/table/seats/{chair}/")


def test_a_caucus_is_known_to_stand_and_nothing_more(table: Table) -> None:
    loretta = neighbor()
    closed = body("caucus", BodyKind.CAUCUS)
    chair = seat(closed)
    fill(chair, member_of(loretta))
    hers = browser(loretta)
    assert hers.post("/table/bodies/caucus/say/", {"words": "Between us."}).status_code == 302
    assert "Between us." in text(hers, "/table/bodies/caucus/")
    for visitor in (Client(), browser(table.priya), browser(table.marcus)):
        page = text(visitor, "/table/bodies/caucus/")
        assert "Between us." not in page
        assert "Loretta" not in page
        text(visitor, f"/table/seats/{chair}/", 404)
    assert browser(table.priya).post("/table/bodies/caucus/say/", {"words": "Hello"}).status_code == 403
    assert browser(table.priya).get(f"/table/seats/{chair}/pack/").status_code == 403
    assert browser(table.priya).get("/table/bodies/caucus/volunteers/").status_code == 403


def test_an_administrator_seats_someone_and_the_newcomer_reads_the_pack(table: Table) -> None:
    board = body(purpose="Decides together.")
    chair = seat(board, table.pantry)
    ann = someone(table.pantry, "Ann Lee", Role.CASE_WORKER)
    marcus = browser(table.marcus)
    url = f"/table/seats/{chair}/fill/"
    said = {"member": str(member_of(ann)), "latitude": "within-bounds", "bounds": "", "limit": ""}
    assert "Say where the authority ends." in marcus.post(url, said).content.decode()
    assert marcus.post(url, {**said, "bounds": "Up to $500", "limit": "500"}).status_code == 302
    holder = facade.seat(chair).holder
    assert (holder.name, holder.authority, holder.limit_cents) == ("Ann Lee", Authority.BOUNDED, 50_000)
    ports.add_to_pack(_known)
    try:
        page = text(browser(ann), f"/table/seats/{chair}/pack/")
    finally:
        ports._packs.pop(ports._name(_known))
    assert "For Ann Lee, who sits in Table" in page
    assert "Decides together." in page
    assert "Shall we share the day?" in page
    assert browser(table.danielle).get(f"/table/seats/{chair}/pack/").status_code == 403
    assert browser(table.danielle).get(url).status_code == 403


def _known(seat_, body_):
    yield PackItem("question", "Shall we share the day?", "/decisions/questions/14/")


def test_a_note_is_left_and_read(table: Table) -> None:
    chair = seat(body(), table.pantry)
    fill(chair, member_of(table.marcus))
    marcus = browser(table.marcus)
    assert marcus.post(f"/table/seats/{chair}/pack/", {"words": "Ask us first."}).status_code == 302
    assert "Ask us first." in text(marcus, f"/table/seats/{chair}/pack/")


def test_my_seats_are_mine_and_i_can_leave_them(table: Table) -> None:
    chair = seat(body(), table.pantry)
    held = fill(chair, member_of(table.marcus))
    marcus = browser(table.marcus)
    assert f"/table/sittings/{held}/leave/" in text(marcus, "/table/mine/")
    assert "You sit in no body yet" in text(browser(table.danielle), "/table/mine/")
    assert browser(table.danielle).post(f"/table/sittings/{held}/leave/", {}).status_code == 403
    assert marcus.post(f"/table/sittings/{held}/leave/", {}).status_code == 302
    assert facade.seat(chair).holder is None


def test_the_backbone_is_asked_whose_word_it_is(table: Table) -> None:
    held = fill(seat(body()), member_of(neighbor()))
    priya = browser(table.priya)
    url = f"/table/sittings/{held}/leave/"
    assert priya.post(url, {"why": "Moved away."}).status_code == 422
    assert priya.post(url, {"at_word_of": "Loretta, by phone"}).status_code == 302


def test_authority_is_changed_by_the_organization_only(table: Table) -> None:
    chair = seat(body(), table.pantry)
    held = fill(chair, member_of(table.marcus), authority=Authority.NONE)
    url = f"/table/sittings/{held}/authority/"
    said = {"matter": "", "latitude": "alone", "said_by": "Dolores Pike, director"}
    assert browser(table.danielle).post(url, said).status_code == 403
    marcus = browser(table.marcus)
    assert marcus.post(url, {"matter": "", "latitude": "alone"}).status_code == 422
    assert marcus.post(url, said).status_code == 302
    page = text(marcus, f"/table/seats/{chair}/")
    assert "Said by Dolores Pike, director" in page
    assert "What held before" in page


def test_invitation_and_answer_on_the_page(table: Table) -> None:
    board = body()
    priya = browser(table.priya)
    assert (
        priya.post("/table/bodies/table/ask/", {"whom": "The sheriff", "sector": "justice"}).status_code
        == 302
    )
    (asked,) = queries.invitations(board)
    url = f"/table/invitations/{asked.id}/answer/"
    assert browser(table.danielle).get(url).status_code == 403
    assert priya.post(url, {"answer": "no", "reason": "No time"}).status_code == 302
    assert "The sheriff was asked on" in text(Client(), "/table/bodies/table/")
    assert "“No time”" in text(Client(), "/table/bodies/table/")


def test_the_list_of_volunteers_is_kept_by_those_who_lead(table: Table) -> None:
    group = body("food", BodyKind.WORKGROUP)
    priya = browser(table.priya)
    url = "/table/bodies/food/volunteers/"
    names = "\n".join(f"Neighbor {n}" for n in range(120))
    assert priya.post(url, {"names": names}).status_code == 302
    page = text(priya, url + "?page=2")
    assert "120 volunteers take part" in page
    assert "Page 2 of 3" in page
    assert "Neighbor 77" in text(priya, url + "?named=bor+77")
    assert browser(table.marcus).get(url).status_code == 403
    assert Client().get(url).status_code in (302, 403)
    row = queries.roster(group).rows[0]
    assert priya.post(f"/table/volunteers/{row.id}/stop/").status_code == 302
    assert queries.roster(group).total == 119


def test_nobody_came_again_and_again_is_said_once_meetings_tell(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    chair = seat(body(), table.hospital)
    fill(chair, member_of(table.danielle))
    short = ShortfallShape(chair, 3, came_without_authority=True)
    monkeypatch.setattr(ports, "_attendance", [lambda ids: [short]])
    page = text(Client(), "/table/")
    assert "sent nobody with authority 3 times in a row." in page


def test_what_does_not_exist_is_absent(table: Table) -> None:
    body()
    marcus, nothing = browser(table.marcus), uuid4()
    for url in (
        "/table/bodies/nothing/",
        f"/table/seats/{nothing}/",
        f"/table/sittings/{nothing}/leave/",
        f"/table/invitations/{nothing}/answer/",
    ):
        text(marcus, url, 404)


def test_first_terms_are_staggered_by_the_day_on_which_they_end(table: Table) -> None:
    chair = seat(body(), table.pantry, term_months=36)
    ann = someone(table.pantry, "Ann Lee", Role.CASE_WORKER)
    marcus = browser(table.marcus)
    url = f"/table/seats/{chair}/fill/"
    assert "some first terms end earlier" in text(marcus, url)
    said = {"member": str(member_of(ann)), "latitude": "alone", "bounds": "", "limit": ""}
    for wrong in (today(), today() + timedelta(days=5 * 366)):
        answer = marcus.post(url, {**said, "term_ends_on": wrong.isoformat()})
        assert answer.status_code == 422
        assert "within the months that the seat has" in answer.content.decode()
    early = today() + timedelta(days=365)
    assert marcus.post(url, {**said, "term_ends_on": early.isoformat()}).status_code == 302
    assert facade.seat(chair).holder.term_ends_on == early
