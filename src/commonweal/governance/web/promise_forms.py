"""Forms of promises."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.governance.vocabulary_promises import PromiseState


class DayInput(forms.DateInput):
    input_type = "date"


class PromiseForm(forms.Form):
    """Something that is promised in public."""

    owner = forms.ChoiceField(label=_("Who promises?"))
    words = forms.CharField(
        label=_("What?"), max_length=400, help_text=_("So that anyone can tell whether it was kept.")
    )
    to_whom = forms.CharField(label=_("To whom?"), max_length=200)
    due_on = forms.DateField(label=_("By when?"), widget=DayInput())

    def __init__(self, *args: Any, owners: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(owners)


class StateForm(forms.Form):
    """What became of a promise."""

    state = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[
            (PromiseState.KEPT.value, _("It was kept")),
            (PromiseState.BROKEN.value, _("It was broken")),
            (PromiseState.WITHDRAWN.value, _("It is withdrawn")),
            ("later", _("It takes longer")),
        ],
        widget=forms.RadioSelect,
    )
    due_on = forms.DateField(label=_("The new day"), widget=DayInput(), required=False)
    why = forms.CharField(
        label=_("In plain words"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone reads this. If it was broken: why, and what happens now."),
    )
