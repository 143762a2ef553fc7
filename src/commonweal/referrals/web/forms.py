"""Forms of referrals."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.people.vocabulary import LANGUAGES
from commonweal.referrals.vocabulary import GETTING_AROUND


def _languages() -> list[tuple[str, object]]:
    return [(code, _(words)) for code, words in LANGUAGES.items()]


class AskForm(forms.Form):
    """The least that a service needs for its answer."""

    words = forms.CharField(
        label=_("What is needed"),
        help_text=_(
            "For example: food boxes and baby formula, weekly. No name, no number, no health details."
        ),
        max_length=280,
    )
    area = forms.CharField(
        label=_("Where"), help_text=_("A part of town, never an address."), max_length=120, required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=_languages)
    household = forms.IntegerField(
        label=_("How many live together"), min_value=1, max_value=30, required=False
    )
    getting_around = forms.ChoiceField(
        label=_("How they get around"),
        choices=[("", _("Not said")), *((code, _(words)) for code, words in GETTING_AROUND.items())],
        required=False,
    )
    handoff_to = forms.CharField(
        label=_("Warm handoff to"),
        help_text=_("Name the one who receives the person there, if you will speak together, all three."),
        max_length=200,
        required=False,
    )
    urgent = forms.BooleanField(label=_("It can’t wait"), required=False)
    waitlist = forms.BooleanField(label=_("The person wants to wait for a place"), required=False)
    no_contact = forms.BooleanField(
        label=_("The person wants no message about this: no text, call or letter"), required=False
    )
    then = forms.ChoiceField(choices=[("send", "send"), ("draft", "draft")], initial="send", required=False)
    intent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def ask_nothing_anew(self) -> None:
        """For another service on the same request: what it is told stays as it was."""
        for name in ("words", "area", "language", "household", "getting_around"):
            self.fields[name].required = False
