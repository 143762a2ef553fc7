"""Opening a record in an emergency, and reviewing that it was right."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundation import audit
from commonweal.foundation.access.glass import break_glass, open_until, opening
from commonweal.foundation.access.glass import review as keep_review
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import actor_of, requires
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.people.vocabulary import LANGUAGES

SEEN = N_("your name and how to reach you, in an emergency")


class BreakForm(forms.Form):
    """Why it cannot wait."""

    reason = forms.CharField(
        label=gettext_lazy("What is the emergency?"),
        help_text=gettext_lazy("The privacy officer reads this, and tells it to the person if they ask."),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=500,
    )


class ReviewForm(forms.Form):
    """Was it right, and why."""

    was_right = forms.ChoiceField(
        label=gettext_lazy("Was it right to open the record?"),
        choices=[("yes", gettext_lazy("Yes, it was right")), ("no", gettext_lazy("No, it was not right"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("Why do you think so?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


@requires(Role.CLINICIAN, purpose=Purpose.TREAT)
@require_http_methods(["GET", "HEAD", "POST"])
def open_record(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ask for the reason, then open for an hour."""
    actor = actor_of(request)
    form = BreakForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            break_glass(person_id, reason=form.cleaned_data["reason"], by=actor)
        except BadInput as bad:
            form.add_error("reason", _(bad.what))
        else:
            messages.success(request, _("Opened for an hour. The person and the privacy officer are told."))
            return redirect("glass-record", person_id)
    return render(request, "site/glass_open.html", {"form": form})


@requires(Role.CLINICIAN, purpose=Purpose.EMERG)
@require_safe
def record(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What an emergency needs: who it is and how to reach those around them. Gone when the hour is over."""
    actor = actor_of(request)
    until = open_until(person_id, by=actor)
    who, how = people.person(person_id), people.contact(person_id)
    if until is None or who is None or how is None:
        raise NotFound("person")
    audit.note_read(by=actor, person_id=person_id, what=SEEN, because="access.glass")
    shown = {"phone": people.phone_shown(how.phone), "language": _language(how.language)}
    return render(request, "site/glass_record.html", {"person": who, "how": how, "until": until, **shown})


def _language(code: str) -> str:
    words = LANGUAGES.get(code) or LANGUAGES.get(code.split("-")[0])
    return _(words) if words else code


@requires(Role.PRIVACY_OFFICER, purpose=Purpose.AUD)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """Look at one opening and say whether it was right."""
    actor = actor_of(request)
    one = opening(glass_id)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        keep_review(glass_id, was_right=said["was_right"] == "yes", words=said["words"], by=actor)
        messages.success(request, _("Kept. The person reads it in their log."))
        return redirect("home")
    return render(request, "site/glass_review.html", {"form": form, "one": one})
