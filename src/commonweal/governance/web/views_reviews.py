"""Look at a decision again: the page on which what was found is written."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access.vocabulary import SEATED, Purpose
from commonweal.foundation.access.web import actor_of, requires
from commonweal.governance.actions import reviewing
from commonweal.governance.models import Mandate
from commonweal.governance.queries import reviews
from commonweal.governance.vocabulary import MATTER_NAMES, Matter
from commonweal.kernel.errors import BadInput, NotFound


class ReviewForm(forms.Form):
    """What was found, and by when it is next looked at."""

    words = forms.CharField(
        label=gettext_lazy("What did you find?"),
        max_length=500,
        help_text=gettext_lazy("Does it do what it was decided for? Everyone can read this."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    next_on = forms.DateField(
        label=gettext_lazy("When is it next looked at?"),
        required=False,
        help_text=gettext_lazy("Empty: not again before it ends."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*SEATED, purpose=Purpose.GOV)
def look_again(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Write what was found; what is to change is a question, and the page leads there."""
    row = Mandate.objects.select_related("decision__proposal").filter(pk=mandate_id).first()
    if row is None:
        raise NotFound("mandate")
    verdict = reviews.may_look(actor_of(request), row)
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _written(request, mandate_id, form):
        messages.success(request, _("Written down. Everyone can read what you found."))
        return redirect("governance:decision", row.decision.number)
    context = {
        "form": form,
        "decision": row.decision,
        "mandate": row,
        "matter": MATTER_NAMES[Matter(row.matter)],
        "looked": reviews.looked_at([row.pk])[row.pk],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/look_again.html", context, status=status)


def _written(request: HttpRequest, mandate_id: UUID, form: ReviewForm) -> bool:
    try:
        reviewing.look_again(
            mandate_id,
            by=actor_of(request),
            words=form.cleaned_data["words"],
            next_on=form.cleaned_data["next_on"],
        )
    except BadInput as fault:
        form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        return False
    return True
