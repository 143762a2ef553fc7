"""``/directory/words/``: the words of the search and what a source's terms mean, kept by the stewards."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commonweal.directory.access import may_edit_words
from commonweal.directory.actions import words as acts
from commonweal.directory.models import TaxonomyMapping
from commonweal.directory.models_search import SynonymWord
from commonweal.directory.queries.lexicon import lexicon
from commonweal.directory.queries.words import topic_name
from commonweal.directory.rules.needs import read_need
from commonweal.directory.vocabulary import MatchKind
from commonweal.directory.web.forms import MappingForm, SynonymForm
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import actor_of, requires
from commonweal.kernel.domains import NAMES, NeedDomain
from commonweal.kernel.errors import Refused

_KEEPERS = (Role.ORG_ADMIN, Role.COORDINATOR, Role.OPERATOR)


@requires(*_KEEPERS, purpose=Purpose.OPS)
def words(request: HttpRequest) -> HttpResponse:
    """The words of this place, a box to try some, and the mapping of terms: for the stewards."""
    verdict = may_edit_words(actor_of(request))
    if not verdict:
        raise Refused(verdict)
    return _page(request, SynonymForm(list(lexicon().topics)), MappingForm())


def _page(
    request: HttpRequest, synonym: SynonymForm, mapping: MappingForm, status: int = 200
) -> HttpResponse:
    tried = request.GET.get("try", "")[:200]
    reading = read_need(tried, lexicon()) if tried else None
    context = {
        "synonyms": [
            {"row": row, "topic": topic_name(row.topic)} for row in SynonymWord.objects.order_by("phrase")
        ],
        "mappings": [
            {"row": row, "need": NAMES[NeedDomain(row.domain)]}
            for row in TaxonomyMapping.objects.order_by("taxonomy_name", "pattern")[:500]
        ],
        "synonym_form": synonym,
        "mapping_form": mapping,
        "tried": tried,
        "reading": reading,
        "read_topics": [topic_name(code) for code in reading.topics] if reading else [],
        "read_needs": [NAMES[d] for d in reading.domains] if reading else [],
    }
    return render(request, "directory/review/words.html", context, status=status)


@requires(*_KEEPERS, purpose=Purpose.OPS)
def add_word(request: HttpRequest) -> HttpResponse:
    """Teach the search a phrase."""
    form = SynonymForm(list(lexicon().topics), request.POST)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, MappingForm(), status=400)
    acts.add_synonym(form.cleaned_data["phrase"], form.cleaned_data["topic"], by=actor_of(request))
    messages.success(request, _("The search knows it now."))
    return redirect("directory:words")


@requires(*_KEEPERS, purpose=Purpose.OPS)
def map_term(request: HttpRequest) -> HttpResponse:
    """Say which need a term means."""
    form = MappingForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return _page(request, SynonymForm(list(lexicon().topics)), form, status=400)
    given = form.cleaned_data
    acts.map_term(
        given["taxonomy"], MatchKind(given["match"]), given["pattern"], NeedDomain(given["domain"]),
        by=actor_of(request),
    )  # fmt: skip
    messages.success(request, _("Kept. It takes effect with the next delivery."))
    return redirect("directory:words")


@requires(*_KEEPERS, purpose=Purpose.OPS)
def drop_word(request: HttpRequest, synonym_id: UUID) -> HttpResponse:
    """Forget a phrase."""
    return _dropped(request, lambda: acts.drop_synonym(synonym_id, by=actor_of(request)))


@requires(*_KEEPERS, purpose=Purpose.OPS)
def unmap(request: HttpRequest, mapping_id: UUID) -> HttpResponse:
    """Take back what a term means."""
    return _dropped(request, lambda: acts.unmap_term(mapping_id, by=actor_of(request)))


def _dropped(request: HttpRequest, drop: Callable[[], None]) -> HttpResponse:
    if request.method == "POST":
        drop()
        messages.success(request, _("Taken back."))
    return redirect("directory:words")
