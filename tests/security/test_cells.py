"""P06, C07: on the county's real rows, database, ``explain``, page and the design's table say the same.

``test_matrix`` walks every cell on rows of its own; here the rows are those that the product wrote.
"""

import random
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from tests.security.canaries import Canaries, Source, Who, everything_written, tables
from tests.security.county import CANARY, PROBER, VICTIMS, County
from tests.security.walker import Site, all_addresses, everything_in, in_a_form, lay_site, unknown_links

from commonweal.foundation.access import Actor, acting, explain
from commonweal.foundation.access.vocabulary import CARE_ROLES, DataClass, Purpose, Role, Segment

PURPOSES = (Purpose.COORD, Purpose.TREAT, Purpose.OPS, Purpose.PAY, Purpose.AUD, Purpose.EMERG)
NARROWER = {
    "people_consent": "shown to those whom it names",
    "referrals_personanswer": "hidden from the helper whom it is about",
}
"""Tables whose own policy hides more than the design asks for."""

CODES = frozenset(
    """
    how kind status language sex interpreter linked_how birth_precision outcome reason via intent agreed
    urgency domain result rule rule_version wish question link_id value absent because words_version
    revoked_how signed_for topic segment data_class chosen_how chosen_taken_by last_step taken_by
    by_name asked_by asked_by_name recorded_by_name owner_name partner_name service_name provenance
    helped before after getting_around error_reason phone suffix key code channels score stuck trace
    goes_to mode laws purposes segments topics recipient_ids recipient_classes codes flags
    """.split()  # noqa: SIM905  # sixty words read better as words
)
"""Text columns of words from a list of ours, of staff and services by name, or derived from other columns."""


@pytest.fixture(scope="module")
def site(county: County) -> Site:
    laid = lay_site(county)
    for slug in county.table.ids:
        for role in CARE_ROLES:
            county.browser(role, slug)
    return laid


def acts(site: Site) -> Iterator[tuple[Who, Actor]]:
    for slug in site.county.table.ids:
        for role in (*CARE_ROLES, Role.ORG_ADMIN, Role.ANALYST, Role.PRIVACY_OFFICER):
            for purpose in PURPOSES:
                yield Who(role, slug), site.county.actor(slug, role, purpose)


def sources(site: Site) -> dict[str, Source]:
    """Each row about a person under its id."""
    known = site.canaries.marks
    return {
        row["id"]: next(s for s in known[row["id"]] if s.table == table)
        for table in tables()
        for row in site.canaries.rows[table]
        if isinstance(row["id"], str)
    }


def test_the_database_shows_the_rows_that_the_design_shows(site: Site) -> None:
    """Every role, purpose and partner; every row of every table about persons."""
    rows, differ, seen = sources(site), [], 0
    everything = " union all ".join(f"select id::text from {t}" for t in tables())
    narrower = {row for row, source in rows.items() if source.table in NARROWER}
    for who, actor in acts(site):
        with acting(actor), connection.cursor() as cursor:
            cursor.execute(everything)
            got = {row for (row,) in cursor.fetchall()} & set(rows)
        wanted = {row for row, source in rows.items() if site.canaries.may_see(who, source, actor.purpose)}
        seen += len(got)
        differ += [(str(who), actor.purpose, rows[row]) for row in (got - wanted) | (wanted - got - narrower)]
    assert differ == []
    assert seen > 1_000


def test_explain_says_of_these_rows_what_the_design_says(site: Site) -> None:
    """Six hundred questions drawn at random, each with fresh facts."""
    rows = [s for s in sources(site).values() if s.table not in NARROWER]
    asked = [(who, actor, source) for who, actor in acts(site) for source in rows]
    for who, actor, source in random.Random(5).sample(asked, 600):
        with acting(actor):
            said = explain.explain(
                actor,
                source.person,
                DataClass(source.data_class),
                Segment(source.segment),
                holder_id=source.holder,
            )
        assert bool(said) is site.canaries.may_see(who, source, actor.purpose), (
            who,
            actor.purpose,
            source,
            said,
        )


PAGES = [
    # class, address, a word that stands on it where the class may be read, under the purpose of its door
    ("D2", "/people/{person_id}/", "family", Purpose.COORD),
    ("D3", "/people/{person_id}/safe-address/", "hideaway", Purpose.TREAT),
    ("D9", "/people/{person_id}/consent/{consent_id}/", "signature", Purpose.COORD),
]


@pytest.mark.parametrize(("data_class", "path", "word", "purpose"), PAGES, ids=[p[0] for p in PAGES])
def test_the_page_of_a_class_opens_where_explain_says_so(
    site: Site, data_class: str, path: str, word: str, purpose: Purpose
) -> None:
    """Every caring role of every partner, every victim: page and ``explain`` agree."""
    differ, open_to = [], 0
    for slug in site.county.table.ids:
        for role in CARE_ROLES:
            actor = site.county.actor(slug, role, purpose)
            for victim in VICTIMS:
                bag, holder = site.bags[victim][0], site.county.table[victim]
                person = site.county.persons[victim]
                with acting(actor):
                    may, identity = (
                        bool(explain.explain(actor, person, asked, holder_id=holder))
                        for asked in (DataClass(data_class), DataClass.D2)
                    )
                page = everything_in(site.ask(Who(role, slug), "get", path.format(**bag)))
                shown = f"{CANARY[victim]}{word}" in page
                open_to += shown
                if shown is not (may and identity):
                    differ.append((data_class, str(role), slug, victim, "shown" if shown else "hidden"))
    assert differ == []
    assert open_to > 3


def test_every_column_of_words_about_persons_holds_a_canary(site: Site) -> None:
    """Or a leak of that column would go unseen. A new column of free words is filled in ``county``."""
    found = everything_written(site.canaries)
    without = {
        f"{table}.{column}" for table, column in found if column not in CODES and not found[table, column]
    }
    assert without == set()


def test_what_a_stranger_posts_leaves_every_row_of_others_as_it_was(site: Site) -> None:
    """A03, A04: every form of the site with others' ids in it, sent and kept, by those whom nobody named."""
    site_before = _held_by_victims(site)
    with transaction.atomic():
        for role in (Role.COORDINATOR, Role.CASE_WORKER, Role.RESIDENT, Role.ORG_ADMIN):
            for address in all_addresses():
                if role not in address.view.door.roles:
                    continue
                for slug in VICTIMS:
                    bag = unknown_links(site.bags[slug][0])
                    data = in_a_form(site, address, slug, bag) | {"holder_id": str(site.county.table[slug])}
                    site.ask(Who(role, PROBER), "post", address.path(bag), data, keep=True)
        after = _held_by_victims(site)
        transaction.set_rollback(True)
    assert site_before == {key: after.get(key) for key in site_before}
    assert set(after) == set(site_before), "nothing was added in their name"


def _held_by_victims(site: Site) -> dict[tuple[str, str], str]:
    fresh = Canaries(site.county)
    victims = {str(site.county.table[slug]) for slug in VICTIMS}
    return {
        (table, str(row["id"])): str(sorted(row.items()))
        for table, rows in fresh.rows.items()
        for row in rows
        if row.get("holder_id") in victims
    }
