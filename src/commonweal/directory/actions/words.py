"""The words of this installation: synonyms of topics, and which terms of a vocabulary mean which need."""

from uuid import UUID

from django.db import transaction

from commonweal.directory import access
from commonweal.directory.models import TaxonomyMapping
from commonweal.directory.models_search import SynonymWord
from commonweal.directory.queries import lexicon as words_in_use
from commonweal.directory.rules.lexicon import tokens_to_key
from commonweal.directory.vocabulary import MatchKind
from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.words import N_


def _check(by: Actor) -> str:
    verdict = access.may_edit_words(by)
    if not verdict:
        raise Refused(verdict)
    return verdict.rule


@transaction.atomic
def add_synonym(phrase: str, topic: str, *, by: Actor) -> UUID:
    """Let a phrase name a topic. Raises BadInput for an unknown topic or a phrase of no words."""
    rule = _check(by)
    if topic not in words_in_use.lexicon().topics:
        raise BadInput("topic", N_("Choose a topic from the list."))
    if not tokens_to_key(phrase):
        raise BadInput("phrase", N_("Write the words that people say."))
    row, _ = SynonymWord.objects.update_or_create(
        phrase=" ".join(phrase.split())[:120], topic=topic, defaults={"added_by": by.name}
    )
    words_in_use.forget()
    _record(by, "directory.synonym-added", N_("taught the search a word"), rule, row.id, phrase=row.phrase)
    return row.id


@transaction.atomic
def drop_synonym(synonym_id: UUID, *, by: Actor) -> None:
    """Forget a phrase again."""
    rule = _check(by)
    deleted, _ = SynonymWord.objects.filter(pk=synonym_id).delete()
    if not deleted:
        raise NotFound("synonym")
    words_in_use.forget()
    _record(by, "directory.synonym-dropped", N_("took a word from the search"), rule, synonym_id)


@transaction.atomic
def map_term(taxonomy: str, match: MatchKind, pattern: str, domain: NeedDomain, *, by: Actor) -> UUID:
    """Let terms that match mean a need; takes effect for a service when it is next delivered or mended."""
    rule = _check(by)
    if not pattern.strip():
        raise BadInput("pattern", N_("Write the code or the words of the term."))
    row, _ = TaxonomyMapping.objects.get_or_create(
        taxonomy_name=taxonomy.strip(),
        match=match,
        pattern=pattern.strip(),
        domain=domain,
        defaults={"provenance": by.name},
    )
    _record(by, "directory.term-mapped", N_("mapped a term to a need"), rule, row.id, domain=domain.value)
    return row.id


@transaction.atomic
def unmap_term(mapping_id: UUID, *, by: Actor) -> None:
    """Let terms no longer mean a need."""
    rule = _check(by)
    deleted, _ = TaxonomyMapping.objects.filter(pk=mapping_id).delete()
    if not deleted:
        raise NotFound("mapping")
    _record(by, "directory.term-unmapped", N_("took back the mapping of a term"), rule, mapping_id)


def _record(by: Actor, verb: str, words: str, because: str, subject: UUID, **details: object) -> None:
    audit.record(
        verb, by=by, subject=("directory-word", subject), words=words, details=details, because=because
    )
