"""Registering and finding: one's own, what is shared, and nothing that tells of anyone else."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.audit import person_log
from commonweal.foundation.bus import when
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.people import actions, facade
from commonweal.people.events import PersonRegistered
from commonweal.people.models import Person, RecordVersion, SearchKey, SourceRecord
from commonweal.people.queries.finding import likenesses, search
from commonweal.people.queries.persons import records_of, sketch_of
from commonweal.people.rules.births import Birth
from commonweal.people.shapes import OtherName, RecordDraft
from commonweal.people.vocabulary import DatePrecision, MatchGrade

from .cast import HAROLD, TERESA, Table, agree, person_self, register, say_yes


def found(actor, **asked):
    with acting(actor):
        return [person.name for person in search(**asked).people]


def test_a_registered_person_is_found_by_those_who_registered_her(table: Table):
    register(TERESA, table.danielle)
    for asked in (
        {"name": "Teresa Aguilar"},
        {"name": "aguilar rios"},
        {"name": "tereza aguillar"},
        {"name": "Agui"},
        {"phone": "+15415550118"},
        {"birth": Birth(date(1961, 3, 9))},
        {"name": "Teresa", "birth": Birth(date(1961, 1, 1), DatePrecision.YEAR)},
    ):
        assert found(table.danielle, **asked) == ["Teresa Aguilar Ríos"], asked
    for asked in (
        {"name": "Teresa Munn"},
        {"name": "Teresa", "birth": Birth(date(1962, 1, 1), DatePrecision.YEAR)},
        {"name": "Teresa", "phone": "+15415550199"},
        {"name": "Aguzzi"},
    ):
        assert found(table.danielle, **asked) == [], asked


def test_nobody_else_finds_her(table: Table):
    person_id = register(TERESA, table.danielle)
    assert found(table.marcus, name="Teresa Aguilar") == []
    assert found(table.marcus, phone="+15415550118") == []
    with acting(table.marcus):
        assert facade.person(person_id) is None
        assert facade.contact(person_id) is None
        assert facade.people([person_id]) == {}
        assert facade.consents_of(person_id) == []
        assert (
            likenesses(sketch_of(SourceRecord(given="Teresa", family="Aguilar Ríos", phone="+15415550118")))
            == []
        )


def test_the_anchor_is_no_oracle(table: Table):
    """No count and no id of a hidden person, in whatever way the table is asked."""
    person_id = register(TERESA, table.advocate)
    with acting(table.marcus), connection.cursor() as cursor:
        for table_name in ("people_person", "people_source_record", "people_search_key"):
            cursor.execute(f"select count(*) from {table_name}")
            assert cursor.fetchone() == (0,), table_name
        assert not Person.objects.filter(id=person_id).exists()
    with acting(table.advocate):
        assert Person.objects.filter(id=person_id).exists()


def test_someone_known_elsewhere_is_registered_like_anyone(table: Table):
    """A17: the same phone, birth date, name and even number at another partner make no difference."""
    draft = replace(TERESA, own_number="A-1")
    first = register(draft, table.advocate)
    second = register(draft, table.marcus)
    assert first != second
    with acting(table.marcus):
        assert [record.person_id for record in records_of(second)] == [second]


def test_a_number_is_unique_at_its_own_partner(table: Table):
    register(replace(TERESA, own_number="A-1"), table.marcus)
    with pytest.raises(Conflict):
        register(replace(HAROLD, own_number="A-1"), table.marcus)


def test_a_shared_person_is_seen_and_joined(table: Table):
    """With her consent the pantry sees her, makes its own record, and both hang on one person."""
    agree(table, "alder-general", "ferry-street")
    person_id = register(TERESA, table.danielle)
    say_yes(person_id, table.danielle, table["ferry-street"])
    assert found(table.marcus, name="Teresa Aguilar") == ["Teresa Aguilar Ríos"]
    with acting(table.marcus):
        assert (
            actions.register(replace(TERESA, phone="541-555-0119"), by=table.marcus, same_as=person_id)
            == person_id
        )
        mine, theirs = records_of(person_id)
        assert (mine.holder_id, theirs.holder_id) == (table["ferry-street"], table["alder-general"])
        assert facade.person(person_id).phone == "+15415550119", "one's own record speaks first"
        with pytest.raises(Conflict):
            actions.register(TERESA, by=table.marcus, same_as=person_id)


def test_joining_a_hidden_and_an_absent_person_fail_alike(table: Table):
    hidden = register(TERESA, table.advocate)
    said = []
    for person_id in (hidden, uuid4()):
        with pytest.raises(NotFound) as caught, acting(table.marcus):
            actions.register(TERESA, by=table.marcus, same_as=person_id)
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_duplicates_are_seen_before_a_second_record(table: Table):
    person_id = register(TERESA, table.danielle)
    register(HAROLD, table.danielle)
    with acting(table.danielle):
        asked = sketch_of(
            SourceRecord(given="Tere", family="Aguilar", birth_date=date(1961, 3, 9), birth_precision="day")
        )
        alike = likenesses(asked)
    assert [(like.person.id, like.grade) for like in alike] == [(person_id, MatchGrade.CERTAIN)]
    assert "Same birth date" in alike[0].reasons


def test_a_father_and_a_son_are_possible_and_never_certain(table: Table):
    register(HAROLD, table.danielle)
    son = SourceRecord(
        given="Harold", family="Munn", suffix="Jr", birth_date=date(1980, 6, 7), birth_precision="day",
        phone="+15415550143", zip="97702",
    )  # fmt: skip
    with acting(table.danielle):
        grades = [like.grade for like in likenesses(sketch_of(son))]
    assert grades in ([MatchGrade.POSSIBLE], [MatchGrade.PROBABLE])


def test_what_was_kept_apart_stays_apart(table: Table):
    first = register(HAROLD, table.danielle)
    with acting(table.danielle):
        second = actions.register(replace(HAROLD, suffix="Jr"), by=table.danielle, apart_from=[first])
        record = records_of(second)[0]
        assert likenesses(sketch_of(record), leave_out=second) == []


def test_a_shelters_phone_makes_no_likeness(table: Table):
    """5-T10: from the fifth person on, a shared phone tells nothing."""
    names = ["Ana Cruz", "Luis Mora", "Carl Weber", "Nadia Said", "Otto Beck", "Rosa Vega"]
    for name in names:
        given, family = name.split()
        register(RecordDraft(given=given, family=family, phone="541-555-0199"), table.marcus)
    with acting(table.marcus):
        asked = sketch_of(SourceRecord(given="Kim", family="Lund", phone="+15415550199"))
        assert likenesses(asked) == []


def test_a_change_keeps_what_was_said_before(table: Table):
    person_id = register(TERESA, table.danielle)
    with acting(table.danielle):
        changed = replace(TERESA, family="Aguilar", also=(OtherName(family="Ríos"),), phone="541-555-0120")
        assert actions.update_record(person_id, changed, by=table.danielle)
        assert not actions.update_record(person_id, changed, by=table.danielle), "nothing changed"
        version = RecordVersion.objects.get(person_id=person_id)
        assert version.content["phone"] == "+15415550118"
    assert found(table.danielle, phone="+15415550118") == []
    assert found(table.danielle, phone="+15415550120") == ["Teresa Aguilar"]
    assert found(table.danielle, name="Teresa Rios") == ["Teresa Aguilar"]


def test_a_partner_changes_its_own_record_only(table: Table):
    agree(table, "alder-general", "ferry-street")
    person_id = register(TERESA, table.danielle)
    say_yes(person_id, table.danielle, table["ferry-street"])
    with pytest.raises(NotFound), acting(table.marcus):
        actions.update_record(person_id, HAROLD, by=table.marcus)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ORG_ADMIN, Role.ANALYST, Role.PUBLIC, Role.RESIDENT])
def test_only_those_whose_work_it_is_register(table: Table, role):
    actor = table.worker("ferry-street", role)
    with pytest.raises(Refused):
        register(TERESA, actor)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"given": " ", "family": ""}, "given"),
        ({"phone": "call me"}, "phone"),
        ({"email": "teresa"}, "email"),
        ({"birth_date": today() + timedelta(days=2)}, "birth"),
    ],
)
def test_what_cannot_be_used_is_said_by_field(table: Table, change, where):
    with pytest.raises(BadInput) as caught:
        register(replace(TERESA, **change), table.marcus)
    assert caught.value.where == where


def test_many_at_once_are_as_findable_as_one_by_one(table: Table):
    heard = []
    when(PersonRegistered)(heard.append)
    drafts = [TERESA, HAROLD, RecordDraft(given="Bao", family="Trần", language="vi")]
    with acting(table.danielle):
        ids = actions.register_many(drafts, by=table.danielle)
    assert [event.person_id for event in heard if event.person_id in ids] == ids
    assert found(table.danielle, name="bao tran") == ["Bao Trần"]
    assert found(table.danielle, phone="+15415550143") == ["Harold Munn Sr"]
    with acting(person_self(ids[1])):
        assert [line.words for line in person_log(ids[1])] == ["Wrote down your name and how to reach you."]


def test_every_record_has_its_keys_and_no_more(table: Table):
    person_id = register(TERESA, table.danielle)
    with acting(table.danielle):
        keys = set(SearchKey.objects.filter(person_id=person_id).values_list("key", flat=True))
    assert {"w:teresa", "w:aguilar", "w:rios", "w:ríos", "t:+15415550118", "b:1961-03-09"} <= keys
    assert len(keys) < 30


def test_an_account_is_linked_to_one_person_once(table: Table):
    teresa, harold = register(TERESA, table.danielle), register(HAROLD, table.danielle)
    account = Account.objects.create(kind="resident", name="Teresa Aguilar", phone="+15415550118")
    with acting(table.danielle):
        actions.link_account(teresa, account.pk, by=table.danielle)
        with pytest.raises(Conflict):
            actions.link_account(harold, account.pk, by=table.danielle)
    with pytest.raises(NotFound), acting(table.marcus):
        actions.link_account(harold, account.pk, by=table.marcus)
