"""Forms beside the instrument: how to ask, what else is wanted, where a need stands."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.kernel.clock import now
from commonweal.kernel.domains import NAMES, NeedDomain
from commonweal.kernel.words import N_
from commonweal.screening.rules.needs import SAY_WHY, may_move
from commonweal.screening.shapes import InstrumentShape
from commonweal.screening.vocabulary import (
    AGREED_NAMES,
    MODE_NAMES,
    NEED_STATUS_NAMES,
    Agreed,
    Mode,
    NeedStatus,
)

LANGUAGE_NAMES = {"en": N_("English"), "es": N_("Spanish")}


class StartForm(forms.Form):
    """How a person is asked."""

    instrument = forms.ChoiceField(label=_("Which questions?"), widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=_("How do they answer?"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("In which language?"), widget=forms.RadioSelect)
    interpreter = forms.BooleanField(label=_("An interpreter helps"), required=False)
    asked_on = forms.DateField(
        label=_("Date on the paper"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(
        self, *args: object, instruments: list[InstrumentShape], here: str, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        languages = sorted({code for one in instruments for code in one.languages})
        self._choose("instrument", [(one.key, one.title.said_in(here)) for one in instruments])
        self._choose("mode", [(mode.value, gettext(words)) for mode, words in MODE_NAMES.items()])
        self._choose(
            "language", [(code, capfirst(gettext(LANGUAGE_NAMES.get(code, code)))) for code in languages]
        )
        self.by_key = {one.key: one for one in instruments}

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = choices

    def clean(self) -> dict[str, object]:
        """The language is one of the form's; paper has its date, and not one to come."""
        cleaned = super().clean() or {}
        form = self.by_key.get(str(cleaned.get("instrument")))
        language = cleaned.get("language")
        if form is not None and language and language not in form.languages:
            self.add_error("language", gettext("These questions are not there in that language."))
        day = cleaned.get("asked_on")
        if cleaned.get("mode") == Mode.PAPER and "asked_on" not in self.errors and day is None:
            self.add_error("asked_on", gettext("Write the date that is on the paper."))
        if day is not None and day > timezone.localdate(now()):
            self.add_error("asked_on", gettext("This date has not come yet."))
        return cleaned


class RaiseForm(forms.Form):
    """What the person wants help with, without a screening."""

    domain = forms.ChoiceField(label=_("With what do they want help?"), widget=forms.RadioSelect)
    agreed = forms.ChoiceField(label=_("How did they say so?"), widget=forms.RadioSelect)
    urgent = forms.BooleanField(label=_("It can’t wait"), required=False)

    def __init__(self, *args: object, domains: list[NeedDomain], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        said = [(how.value, gettext(AGREED_NAMES[how]).capitalize()) for how in (Agreed.SPOKEN, Agreed.PAPER)]
        for name, choices in (("domain", [(d.value, gettext(NAMES[d])) for d in domains]), ("agreed", said)):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = choices


class MoveForm(forms.Form):
    """Where a need stands now."""

    status = forms.ChoiceField(label=_("Where does it stand?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why, or what happened"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, before: NeedStatus, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        open_to = [s for s in NeedStatus if may_move(before, s, "any")]
        chosen = self.fields["status"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(status.value, gettext(NEED_STATUS_NAMES[status])) for status in open_to]

    def clean(self) -> dict[str, object]:
        """An ending without help says why."""
        cleaned = super().clean() or {}
        status, reason = cleaned.get("status"), str(cleaned.get("reason") or "").strip()
        if status in {s.value for s in SAY_WHY} and not reason:
            self.add_error("reason", gettext("Say why, so that others can learn from it."))
        return cleaned


class MistakeForm(forms.Form):
    """Why a screening is wrong as a whole."""

    reason = forms.CharField(
        label=_("What is wrong?"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )
