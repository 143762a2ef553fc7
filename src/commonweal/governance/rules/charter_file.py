"""Reading a charter's file: ``[charter]`` with the bodies to found, and the bylaws beside it. Pure."""

from collections.abc import Iterable

from commonweal.governance.rules import bylaws_file, bylaws_writing
from commonweal.governance.rules.toml_reading import Reading, Table
from commonweal.governance.shapes_charters import Charter, CharterBody, CharterSeats
from commonweal.kernel.words import N_
from commonweal.partners.vocabulary import BodyKind, MemberClass, Scale, SeatRole, Sector


def read(text: str, key: str, file: str) -> Charter:
    """The charter in a file. Raises FileFaults (a BadInput) with all that is wrong, each with its cure."""
    reading = Reading(text, file)
    root = reading.root
    head = root.table("charter")
    if head is None:
        root.fault("charter", N_("This is missing."), N_("Write a table [charter] with the bodies to found."))
        reading.end()
        raise AssertionError  # the fault above ended the reading
    bodies = tuple(_body(slug, table) for slug, table in head.tables("body"))
    place, summary = head.text("place"), head.languages("summary")
    head.end()
    bylaws = bylaws_file.read_table(root)
    _check_bodies(root, bodies, bylaws.named_bodies)
    reading.end()
    return Charter(
        key=key,
        name=bylaws.name,
        place=place,
        summary=summary,
        bodies=_parents_first(bodies),
        bylaws=bylaws,
        text=bylaws_writing.write(bylaws),
    )


def _body(slug: str, table: Table) -> CharterBody:
    found = CharterBody(
        slug=slug,
        name=table.languages("name"),
        purpose=table.languages("purpose", is_required=False),
        kind=table.one_of("kind", BodyKind) or BodyKind.COUNCIL,
        parent=table.text("parent"),
        scale=table.choice("scale", Scale, Scale.COUNTY),
        place=table.text("place"),
        is_private=table.yes_no("private", False),
        seats=tuple(_seats(seats) for seats in table.each("seats")),
    )
    table.end()
    return found


def _seats(table: Table) -> CharterSeats:
    whose = table.text("for", is_required=True)
    if whose and whose != "partners":
        table.known("for", whose, MemberClass)
    sectors = table.several("sectors")
    found = CharterSeats(
        partners=whose == "partners",
        sectors=tuple(s for name in sectors if (s := table.known("sectors", name, Sector))),
        member_class=MemberClass(whose) if whose in set(MemberClass) else None,
        count=table.whole("count", 1, least=1, most=400),
        sector=table.one_of("sector", Sector, is_required=False),
        role=table.choice("role", SeatRole, SeatRole.MEMBER),
        title=table.languages("title", is_required=False) or None,
        place=table.text("place"),
        population=table.text("population"),
        has_vote=table.yes_no("vote", True),
        term_months=table.maybe_whole("term_months", most=120),
        terms_at_most=table.maybe_whole("terms_at_most", most=20),
    )
    table.end()
    return found


def _check_bodies(root: Table, bodies: Iterable[CharterBody], named: Iterable[str]) -> None:
    founded = {body.slug: body for body in bodies}
    above = {body.slug: body.parent for body in founded.values()}
    for slug in sorted(set(named) - founded.keys()):
        root.reading.fault(
            ("charter", "body", slug),
            N_("A rule names this body, and the charter does not found it."),
            N_("Write a table [charter.body.%(slug)s], or name one of: %(known)s."),
            slug=slug,
            known=", ".join(sorted(founded)),
        )
    for slug, parent in above.items():
        seen = {slug}
        while parent in above and parent not in seen:
            seen.add(parent)
            parent = above[parent]
        if parent:
            root.reading.fault(
                ("charter", "body", slug, "parent"),
                N_("It stands in a body that the charter does not found, or in itself."),
                N_("Name one of: %(known)s."),
                known=", ".join(sorted(founded)),
            )


def _parents_first(bodies: tuple[CharterBody, ...]) -> tuple[CharterBody, ...]:
    done: dict[str, CharterBody] = {}
    while len(done) < len(bodies):
        done |= {b.slug: b for b in bodies if not b.parent or b.parent in done}
    return tuple(done.values())
