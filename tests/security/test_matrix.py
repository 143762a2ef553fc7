"""C07, P06: four deciders agree on every cell of SECURITY §2.5.

The pure rules, row-level security on real rows with real facts behind them, ``explain`` (what the page says)
and the reference, which was transcribed from the design by hand. 20 roles by 17 classes by 12 purposes by
10 states are 40,800 cells; each is asked in every relation, and with and without what a rule needs.
"""

import random
from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.security import matrix, reference
from tests.security.matrix import BASES, Row, World, table_of
from tests.security.reference import ABOUT_A_PERSON, CLASSES, STATES, Cell

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access import explain as explaining
from commonweal.foundation.access.rules import Reading, decide, decide_write
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Relation, Role, State

CONTEXTS = [(role, purpose) for role in Role for purpose in Purpose]
NEEDS: list[dict[str, bool]] = [{}, {"assigned": False}, {"named": False}, {"case": False}]
OWN_RECORD = (Role.RESIDENT, Role.PROXY, Role.APP, Role.MEMBER)
"""Roles that the design gives a record of their own."""


def test_the_space_is_whole() -> None:
    assert len(Role) * len(CLASSES) * len(Purpose) * len(STATES) == 40_800
    assert [c.value for c in DataClass] == list(CLASSES)
    assert list(reference.TABLE) == [r.value for r in Role], "R1 to R20, in the design's order"
    assert all(len(cells) == len(reference.COLUMNS) for cells in reference.TABLE.values())


def test_the_rules_say_what_the_design_says() -> None:
    """(a) the pure function against (d) the reference: every cell, every relation, each need met and not."""
    differences, asked = [], 0
    for cell, reading in _cells(tuple(Relation)):
        asked += 1
        if bool(decide(reading)) is not reference.allows(cell):
            differences.append(cell)
    assert asked > 40_800 * len(Relation)
    assert differences == []


def _cells(relations: tuple[Relation, ...]) -> Iterator[tuple[Cell, Reading]]:
    """Every cell in every relation; where a need can matter, also with each of the needs unmet."""
    for role, purpose in CONTEXTS:
        for data_class in DataClass:
            for relation in relations:
                may_lack = data_class.value in ABOUT_A_PERSON and relation in (Relation.OWN, Relation.SHARED)
                for state in State:
                    for needs in NEEDS if may_lack else NEEDS[:1]:
                        yield (
                            Cell(role, purpose, data_class, state, relation, **needs),
                            Reading(role, purpose, data_class, relation, state, **needs),
                        )


def test_the_rules_let_write_what_the_design_lets_write() -> None:
    differences = []
    for cell, reading in _cells((Relation.OWN, Relation.SHARED, Relation.SELF)):
        for two_sided in (False, True) if cell.relation == "shared" else (False,):
            said = bool(decide_write(reading, shared_writes=two_sided))
            if said is not reference.may_write(cell, two_sided):
                differences.append((cell, two_sided))
    assert differences == []


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: object) -> Iterator[World]:
    laid = matrix.build()
    yield laid
    matrix.clear(laid)


def _actors(world: World) -> Iterator[tuple[Actor, str, list[Row]]]:
    """Each context with the rows that it is asked about: as a partner's account, and as each person."""
    for role, purpose in CONTEXTS:
        worker = Actor(role, purpose, world.me, world.account)
        yield worker, "", [row for row in world.rows if row.relation != "self"]
        for state in STATES if role in OWN_RECORD else ("S1",):
            person = world.self_in(state)
            alone = Actor(role, purpose, None, world.account, person)
            yield alone, state, [row for row in world.rows if row.person == person]


def _cell(actor: Actor, row: Row) -> Cell:
    return Cell(actor.role, actor.purpose, row.data_class, row.state, row.relation, **row.needs)


def _expected(actor: Actor, row: Row) -> bool:
    if row.relation == "glass" and row.segment == "domestic-violence":
        return False  # DOMAIN §2.8
    return reference.allows(_cell(actor, row))


def _query(statement: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {tag for (tag,) in cursor.fetchall()}


@pytest.mark.django_db
def test_the_database_shows_what_the_design_shows(world: World) -> None:
    """(b) row-level security: one SELECT for each context over rows of all classes, states and relations."""
    everything = " union all ".join(f"select word from {table_of(base)}" for base in BASES)
    differences, seen = [], 0
    for actor, _state, rows in _actors(world):
        with acting(actor):
            got = _query(everything)
        wanted = {row.tag for row in rows if _expected(actor, row)}
        seen += len(got)
        differences += [(actor.role, actor.purpose, tag) for tag in got ^ wanted]
    assert differences == []
    assert seen > 3_000, "a walk over empty tables proves nothing"


@pytest.mark.django_db
def test_the_page_says_what_the_database_does(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """(c) ``explain`` on the same facts. Each is fetched once; what is made of it runs for every cell."""
    fetched: dict[object, dict[object, explaining.Facts]] = {}
    fetch = explaining._facts

    def once(actor: Actor, persons, segment, holder, topic) -> dict[object, explaining.Facts]:
        # The facts hang on who is asked about and who asks, not on the role.
        key = (actor.partner_id, actor.person_id, actor.purpose, tuple(persons), segment, holder, topic)
        if key not in fetched:
            fetched[key] = fetch(actor, persons, segment, holder, topic)
        return fetched[key]

    monkeypatch.setattr(explaining, "_facts", once)
    differences = []
    for actor, _state, rows in _actors(world):
        with acting(actor):
            for row in rows:
                said = explaining.explain(
                    actor,
                    row.person,
                    DataClass(row.data_class),
                    row.segment,
                    holder_id=row.holder,
                    topic="food",
                )
                if bool(said) is not _expected(actor, row):
                    differences.append((actor.role, actor.purpose, row.tag, said))
    assert differences == []


@pytest.mark.django_db
def test_the_page_says_so_with_fresh_facts_too(world: World) -> None:
    """As above for five hundred cells drawn at random, nothing kept from one to the next."""
    draw = random.Random(7)
    asked = [(actor, row) for actor, _state, rows in _actors(world) for row in rows]
    for actor, row in draw.sample(asked, 500):
        with acting(actor):
            said = explaining.explain(
                actor, row.person, DataClass(row.data_class), row.segment, holder_id=row.holder, topic="food"
            )
        assert bool(said) is _expected(actor, row), (actor, row.tag, said)


@pytest.mark.django_db
def test_what_is_not_about_a_person_has_one_level(world: World) -> None:
    """Directories, figures, audit, ballots, ledger, keys: ``guard.level`` against rules and reference."""
    for role, purpose in CONTEXTS:
        with acting(Actor(role, purpose, world.me, world.account)), connection.cursor() as cursor:
            cursor.execute(
                "select c, r, guard.level(c, r) from unnest(%s::text[]) c, unnest(%s::text[]) r",
                [list(CLASSES), ["own", "self"]],
            )
            for data_class, relation, level in cursor.fetchall():
                if data_class not in ABOUT_A_PERSON:
                    cell = Cell(role, purpose, data_class, "S1", relation)
                    assert bool(level) is reference.allows(cell), cell


@pytest.mark.django_db
def test_the_database_lets_change_what_the_design_lets_write(world: World) -> None:
    """UPDATE: a row is changed if it may be both read and written."""
    steps = [f"u{n} as (update {table_of(b)} set topic = topic returning word)" for n, b in enumerate(BASES)]
    changes = f"with {', '.join(steps)} " + " union all ".join(
        f"select word from u{n}" for n in range(len(BASES))
    )
    differences, seen = [], 0
    for actor, _state, rows in _actors(world):
        with acting(actor):
            got = _query(changes)
        wanted = {row.tag for row in rows if _expected(actor, row) and _may_write(actor, row)}
        seen += len(got)
        differences += [(actor.role, actor.purpose, tag) for tag in got ^ wanted]
    assert differences == []
    assert seen > 500


def _may_write(actor: Actor, row: Row) -> bool:
    return reference.may_write(_cell(actor, row), row.base in matrix.TWO_SIDED)


@pytest.mark.django_db
def test_the_database_lets_add_what_the_design_lets_write(world: World) -> None:
    """INSERT: the check of the policy itself over every row, then real statements for a fifth of what is
    allowed and for several hundred rows that are not."""
    checks = _checks()
    draw = random.Random(11)
    differences: list[object] = []
    refused: list[tuple[Actor, Row]] = []
    added = 0
    for actor, _state, rows in _actors(world):
        wanted = {row.tag: row for row in rows if _may_write(actor, row)}
        with acting(actor):
            differences += [(actor.role, actor.purpose, t) for t in _query(checks) ^ wanted.keys()]
            drawn = [row for row in wanted.values() if draw.random() < 0.2]
            differences += [
                (actor.role, actor.purpose, row.tag, "not added") for row in drawn if not _adds(row)
            ]
            added += len(drawn)
        refused += [(actor, row) for row in rows if row.tag not in wanted and draw.random() < 0.003]
    assert differences == []
    assert added > 100
    for actor, row in refused:
        with acting(actor):
            assert not _adds(row), (actor.role, actor.purpose, row.tag)
    assert len(refused) > 400


def _checks() -> str:
    """The INSERT policies' own expressions, asked of rows that stand in an open table."""
    parts = []
    with connection.cursor() as cursor:
        cursor.execute("reset commonweal.ctx")
        for base in BASES:
            cursor.execute(
                "select pg_get_expr(polwithcheck, polrelid) from pg_policy"
                " where polrelid = %s::regclass and polname = 'adding'",
                [table_of(base)],
            )
            parts.append((base, cursor.fetchone()[0]))
    return " union all ".join(
        f"select word from probe_matrix_open as {table_of(base)} where base = '{base}' and ({check})"
        for base, check in parts
    )


def _adds(row: Row) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"insert into {table_of(row.base)}"
                " (id, person_id, holder_id, segment, data_class, topic, word)"
                " values (gen_random_uuid(), %s, %s, %s, %s, 'food', 'added')",
                [row.person, row.holder, row.segment, row.data_class],
            )
            cursor.execute("set constraints all immediate")
            transaction.set_rollback(True)
    except ProgrammingError as refusal:
        if "row-level security" not in str(refusal):
            raise
        return False
    return True
