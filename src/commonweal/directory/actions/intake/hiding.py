"""What hangs on a row that is not public is not public either, and comes back with it."""

from collections.abc import Set as AbstractSet

from psycopg import sql

from commonweal.directory.actions.intake.statements import Parts, either, exists, name, put, run, table_of
from commonweal.directory.shapes_intake import LAYOUTS, MERGE_ORDER
from commonweal.directory.vocabulary import RecordType as T

_HIDERS = (T.ORGANIZATION, T.LOCATION, T.SERVICE, T.SERVICE_AT_LOCATION, T.CONTACT, T.PHONE, T.PROGRAM)
_SPEAKS_FOR_ITSELF = (T.TAXONOMY, T.TAXONOMY_TERM, T.UNIT)


def inherit(hiders: AbstractSet[T]) -> int:
    """Hide what must be hidden and show what may be shown again; returns how many rows changed.

    ``hiders``: kinds of which some rows are not public. Without any there is nothing to do.

    A row that names its service follows the service, so that a shelter's hotline stays though its
    place is confidential; other rows follow whatever they hang on. A location follows its addresses:
    a confidential one hides the map.
    """
    if hiders <= {*_SPEAKS_FOR_ITSELF}:
        return 0
    changed = 0
    for kind in MERGE_ORDER:
        if kind in _SPEAKS_FOR_ITSELF:
            continue
        hidden = _hidden(kind)
        if hidden is None:
            continue
        changed += _lift(kind, hidden)
        changed += _hide(kind, hidden)
    return changed


def _hidden(kind: T) -> Parts | None:
    """A condition on row ``t``: something that it hangs on is not public."""
    layout = LAYOUTS[kind]
    asks: list[Parts] = []
    for column, parent in layout.parents.items():
        if parent not in _HIDERS or parent is kind:
            continue
        follows = "service_id" in layout.parents and kind is not T.SERVICE_AT_LOCATION
        alone = put("t.service_id is null and ") if follows and parent is not T.SERVICE else sql.SQL("")
        asks.append(
            put(
                "({alone}t.{c} in (select p.id from {parent} p where p.visibility <> 'public'))",
                alone=alone,
                c=name(column),
                parent=table_of(parent),
            )
        )
    if kind is T.LOCATION:
        asks.append(
            put(
                "t.id in (select a.location_id from {a} a where a.hidden_reason = 'confidential-address'"
                " and a.not_seen_since is null)",
                a=table_of(T.ADDRESS),
            )
        )
    if kind in (T.ATTRIBUTE, T.METADATA):
        asks += _of_link("link_id" if kind is T.ATTRIBUTE else "resource_id")
    return either(asks) if asks else None


def _of_link(column: str) -> list[Parts]:
    return [
        put(
            "t.{c} in (select p.id from {parent} p where p.visibility <> 'public')",
            c=name(column),
            parent=table_of(parent),
        )
        for parent in (T.ORGANIZATION, T.SERVICE, T.LOCATION, T.ADDRESS, T.PHONE, T.CONTACT)
    ]


def _lift(kind: T, hidden: Parts) -> int:
    inherited = put("select from {table} t where t.hidden_reason = 'inherited'", table=table_of(kind))
    if not exists(inherited):
        return 0
    return run(
        put(
            "update {table} t set visibility = 'public', hidden_reason = ''"
            " where t.hidden_reason = 'inherited' and not coalesce({hidden}, false)",
            table=table_of(kind),
            hidden=hidden,
        )
    )


def _hide(kind: T, hidden: Parts) -> int:
    return run(
        put(
            "update {table} t set visibility = 'private', hidden_reason = 'inherited'"
            " where t.visibility = 'public' and ({hidden})",
            table=table_of(kind),
            hidden=hidden,
        )
    )
