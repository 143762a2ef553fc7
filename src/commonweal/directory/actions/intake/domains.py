"""From the terms of services to the needs that they help with."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from commonweal.directory.actions.intake.statements import exists, put, rows, run
from commonweal.directory.models import TaxonomyMapping
from commonweal.directory.queries.lexicon import lexicon
from commonweal.directory.rules.domains import Mapping, domains_of_term
from commonweal.directory.vocabulary import MatchKind
from commonweal.kernel.domains import NeedDomain


def derive(since: datetime) -> int:
    """Work out anew the needs of services changed at or after ``since``; what a person chose stays.

    Returns how many were written.
    """
    if not exists(put("select from directory_service where last_modified >= %(since)s"), {"since": since}):
        return 0
    meanings = _meanings()
    with (
        connection.cursor() as cursor,
        cursor.copy("copy directory_stage_meaning (term, domain) from stdin") as copy,
    ):
        for term, domain in meanings:
            copy.write_row((term, domain))
    if _all_new(since):
        return _write_first()
    run(
        put(
            "insert into directory_stage_need"
            " select distinct a.service_id, m.domain from directory_attribute a"
            " join directory_service s on s.id = a.service_id and s.last_modified >= %(since)s"
            " join directory_stage_meaning m on m.term = a.taxonomy_term_id where a.not_seen_since is null"
        ),
        {"since": since},
    )
    run(
        put(
            "delete from directory_serviceneeddomain d using directory_service s"
            " where s.id = d.service_id and s.last_modified >= %(since)s and d.provenance <> 'hand'"
            " and not exists (select from directory_stage_need n"
            " where n.service_id = d.service_id and n.domain = d.domain)"
        ),
        {"since": since},
    )
    return run(
        put(
            "insert into directory_serviceneeddomain (id, service_id, domain, provenance)"
            " select md5(n.service_id::text || n.domain)::uuid, n.service_id, n.domain, 'term'"
            " from directory_stage_need n on conflict (service_id, domain) do nothing"
        )
    )


def _all_new(since: datetime) -> bool:
    """Whether every service came with this delivery."""
    return not exists(put("select from directory_service where first_seen_at < %(since)s"), {"since": since})


def _write_first() -> int:
    """The needs of services that are all new: nobody else can have chosen any, so nothing is compared."""
    return run(
        put(
            "insert into directory_serviceneeddomain (id, service_id, domain, provenance)"
            " select md5(n.service_id::text || n.domain)::uuid, n.service_id, n.domain, 'term' from ("
            " select distinct a.service_id, m.domain from directory_attribute a"
            " join directory_stage_meaning m on m.term = a.taxonomy_term_id"
            " where a.service_id is not null and a.not_seen_since is null) n"
        )
    )


def _meanings() -> list[tuple[UUID, str]]:
    """Term → need, for all terms of the directory."""
    terms = rows(
        put(
            "select t.id, coalesce(nullif(t.taxonomy_name, ''), x.name, ''), t.code, t.name"
            " from directory_taxonomyterm t left join directory_taxonomy x on x.id = t.taxonomy_id"
        )
    )
    if not terms:
        return []
    mappings = [
        Mapping(row.taxonomy_name, MatchKind(row.match), row.pattern, NeedDomain(row.domain))
        for row in TaxonomyMapping.objects.order_by("taxonomy_name", "match", "pattern")
    ]
    words = lexicon()
    return [
        (term, domain.value)
        for term, vocabulary, code, label in terms
        for domain in sorted(domains_of_term(vocabulary, code, label, mappings, words))
    ]
