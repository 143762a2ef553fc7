"""Every part of the face on one page, for those who build with it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.access.web import public
from commonweal.foundation.ui.lines import DecisionLine
from commonweal.kernel.verdict import allow, deny
from commonweal.kernel.words import N_


class SampleForm(forms.Form):
    """A form with one of each control."""

    name = forms.CharField(label=_("What should we call you?"), help_text=_("A first name is enough"))
    reach = forms.ChoiceField(
        label=_("How may we reach you?"),
        choices=[("call", _("By phone")), ("text", _("By text")), ("not", _("Please don’t"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Anything else?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


@public(context=False)
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the parts, a form that was filled in wrongly among them."""
    line = DecisionLine(
        line=gettext("An answer in 3 working days is the table’s rule."),
        why=(gettext("16 of 18 votes said yes, and the residents’ council agreed."),),
    )
    context = {
        "fresh": SampleForm(auto_id="fresh_%s"),
        "faulty": SampleForm({"note": "x"}, auto_id="faulty_%s"),
        "decided_line": line,
        "yes": allow("sample.yes", N_("The person allows it, and the agreement is in force.")),
        "no": deny(
            "sample.no",
            "No agreement of the table in force lets this go from one to the other.",
            "Ask the table to decide on an agreement.",
        ),
    }
    return render(request, "ui/gallery.html", context)
