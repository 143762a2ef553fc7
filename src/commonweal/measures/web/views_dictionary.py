"""The shared data dictionary: a list, a page for each element, the same as CSV, and holders' own words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundation.access.vocabulary import SEATED, SEGMENT_NAMES, Purpose
from commonweal.foundation.access.web import actor_of, public, requires
from commonweal.foundation.ui.charts.base import write_csv
from commonweal.governance import facade as governance
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.words import N_
from commonweal.measures import actions
from commonweal.measures.access_data import may_say_of_data
from commonweal.measures.queries import dictionary
from commonweal.measures.rules.definitions import BY_ID
from commonweal.measures.shapes_data import ElementShape
from commonweal.measures.vocabulary_data import BAND_NAMES
from commonweal.measures.web.forms_data import OwnWordsForm
from commonweal.measures.web.page import seeing

at_table = requires(*SEATED, purpose=Purpose.GOV)

COLUMNS: tuple[tuple[str, str], ...] = (
    ("element", N_("A stable name for machines; it never changes.")),
    ("version", N_("The version of the definition. Another meaning is another version.")),
    ("name", N_("The name in plain words.")),
    ("meaning", N_("What it means, for everyone alike.")),
    ("standard", N_("The open standard that it follows.")),
    ("values", N_("Codes that may stand there, each with what it means; empty where any may stand.")),
    ("unit", N_("In what it is counted; empty where it is no quantity.")),
    ("segment", N_("How sensitive it is.")),
    ("data_class", N_("Its class in the access rules, D0 to D16.")),
    ("captured_by", N_("Who writes it down.")),
    ("not_shown", N_("What it can never tell.")),
    ("steward", N_("The organization that keeps the definition.")),
    ("adopted", N_("Whether a decision holds this definition in force today: yes or no.")),
    ("measures", N_("The measures that are computed from it.")),
)


def _shape(element_id: str) -> ElementShape:
    found = dictionary.element(element_id)
    if found is None:
        raise NotFound("element")
    return found


@require_safe
@public
def register(request: HttpRequest) -> HttpResponse:
    """Every element: what is in force, and what could be."""
    found = dictionary.dictionary()
    adopted = [shape for shape in found if shape.mandate_id]
    said = ngettext("%(n)s definition is in force.", "%(n)s definitions are in force.", len(adopted)) % {
        "n": len(adopted)
    }
    context = {
        "adopted": adopted,
        "waiting": [shape for shape in found if not shape.mandate_id],
        "said": said,
    }
    return render(request, "measures/dictionary.html", context)


@require_safe
@public
def element(request: HttpRequest, element_id: str) -> HttpResponse:
    """One element: holders' words first, then its definition, who decided it, and what a change touches."""
    shape, actor = _shape(element_id), actor_of(request)
    sees = seeing(actor)
    kept = dictionary.kept(element_id) if sees else []
    context = {
        "shape": shape,
        "element": shape.element,
        "decided": governance.decision_line(shape.mandate_id),
        "words": dictionary.holder_words(element_id),
        "may_say": bool(may_say_of_data(actor, actor.partner_id)),
        "kept": [(one.partner_name, BAND_NAMES[one.band]) for one in kept],
        "kept_on": kept[0].as_of if kept else None,
        "sees": sees,
        "segment": SEGMENT_NAMES[shape.element.segment],
        "measures": [BY_ID[one] for one in shape.measures],
    }
    return render(request, "measures/element.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def own_words(request: HttpRequest, element_id: str) -> HttpResponse:
    """Say what one's own data shows, and what it does not."""
    shape, actor = _shape(element_id), actor_of(request)
    verdict = may_say_of_data(actor, actor.partner_id)
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    before = dictionary.own_words(element_id, actor.partner_id)
    initial = (
        {"shows": before.shows, "not_shown": before.not_shown, "faults": before.faults} if before else {}
    )
    form = OwnWordsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_of_data(element_id, by=actor, **form.cleaned_data)
        except BadInput as fault:
            form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        else:
            messages.success(request, _("Said, for everyone to read."))
            return redirect("measures:element", element_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "measures/own_words.html", {"form": form, "element": shape.element}, status=status)


@require_safe
@public
def dictionary_csv(request: HttpRequest) -> HttpResponse:
    """The whole dictionary as CSV, in the reader's language."""
    records = [_record(shape) for shape in dictionary.dictionary()]
    return _file("data-dictionary.csv", write_csv([name for name, _said in COLUMNS], records))


@require_safe
@public
def columns_csv(request: HttpRequest) -> HttpResponse:
    """What each column of that file means."""
    records = [(name, _(said)) for name, said in COLUMNS]
    return _file("data-dictionary-columns.csv", write_csv(["column", "meaning"], records))


def _record(shape: ElementShape) -> tuple[object, ...]:
    one = shape.element
    return (
        one.id,
        one.version,
        _(one.name),
        _(one.meaning),
        one.standard,
        "; ".join(f"{code} = {_(words)}" for code, words in one.values),
        _(one.unit) if one.unit else "",
        _(SEGMENT_NAMES[one.segment]),
        one.data_class.value,
        _(one.captured),
        _(one.not_shown),
        shape.steward if shape.mandate_id else "",
        "yes" if shape.mandate_id else "no",
        "; ".join(shape.measures),
    )


def _file(name: str, text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
