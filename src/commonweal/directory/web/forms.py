"""What people fill in: corrections, wishes, room, words."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.directory.actions.wishes import REASONS
from commonweal.directory.queries.words import topic_name
from commonweal.directory.rules.checking import FACT_NAMES, MOST_SAID
from commonweal.directory.vocabulary import CAPACITY_NAMES, Capacity, MatchKind
from commonweal.kernel.domains import NAMES, NeedDomain

_TELLABLE = (Capacity.OPEN, Capacity.WAITLIST, Capacity.CLOSED)


class CorrectionForm(forms.Form):
    """Something is no longer right. Nothing is asked about who says so."""

    fact = forms.ChoiceField(label=_("What is not right?"), widget=forms.RadioSelect)
    said = forms.CharField(
        label=_("What would be right?"),
        help_text=_("Please write nothing about yourself or another person."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_SAID,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("fact", [(code, gettext(name)) for code, name in FACT_NAMES.items()])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("fact") and found["fact"] != "closed" and not found.get("said", "").strip():
            self.add_error("said", gettext("Say in a few words what is right."))
        return found


class WishForm(forms.Form):
    """Nothing would do: which need, where, and why."""

    need = forms.ChoiceField(label=_("What did you need?"))
    near = forms.CharField(
        label=_("In which town?"),
        help_text=_("A town is enough. We keep no street."),
        max_length=120,
        required=False,
    )
    reason = forms.ChoiceField(label=_("What stood in the way?"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        need, reason = self.fields["need"], self.fields["reason"]
        assert isinstance(need, forms.ChoiceField)
        assert isinstance(reason, forms.ChoiceField)
        need.choices = [("", gettext("Choose")), *needs()]
        reason.choices = [(code, gettext(words)) for code, words in REASONS.items()]


def needs() -> list[tuple[str, str]]:
    """The needs that one may choose from, by name."""
    left = {NeedDomain.PROTECTIVE, NeedDomain.UNSPECIFIED}
    named = [(d.value, gettext(name)) for d, name in NAMES.items() if d not in left]
    return [
        *sorted(named, key=lambda pair: pair[1]),
        (NeedDomain.UNSPECIFIED.value, gettext("Something else")),
    ]


class RoomForm(forms.Form):
    """Is there room for new people?"""

    room = forms.ChoiceField(label=_("Do you have room for new people?"), widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Until about when?"),
        help_text=_("For a waiting list, or when you are full."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    available = forms.IntegerField(
        label=_("For how many more people?"), required=False, min_value=0, max_value=10_000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["room"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(c.value, gettext(CAPACITY_NAMES[c])) for c in _TELLABLE]


LATER = "later"


class RoomAnswerForm(forms.Form):
    """What a service says about room by the link it was sent."""

    room = forms.ChoiceField(label=_("Do you have room for new people?"), widget=forms.RadioSelect)
    waiting = forms.IntegerField(
        label=_("How many people are on the list?"), required=False, min_value=0, max_value=100_000
    )
    until = forms.DateField(
        label=_("Until about when? Or: on which day shall we ask again?"),
        help_text=_("You can leave this empty, unless we shall ask again."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["room"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (Capacity.OPEN.value, gettext("Yes")),
            (Capacity.WAITLIST.value, gettext("There is a waiting list")),
            (Capacity.CLOSED.value, gettext("We are full")),
            (LATER, gettext("We cannot say now: ask us again")),
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("room") == LATER and not found.get("until") and "until" not in self.errors:
            self.add_error("until", gettext("Say on which day we shall ask again."))
        return found


class SettleForm(forms.Form):
    """What becomes of a suggestion."""

    take = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    words = forms.CharField(max_length=MOST_SAID, required=False)
    new_text = forms.CharField(required=False)


class SynonymForm(forms.Form):
    """A phrase that neighbors say, and what they mean by it."""

    phrase = forms.CharField(label=_("What people say"), max_length=120)
    topic = forms.ChoiceField(label=_("What they mean"))

    def __init__(self, topics: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topic"]
        assert isinstance(field, forms.ChoiceField)
        named = [(topic_name(code), code) for code in topics]
        field.choices = [(code, name) for name, code in sorted(named)]


_MATCHES = {
    MatchKind.WORDS: _("The term contains these words"),
    MatchKind.CODE: _("The code is"),
    MatchKind.CODE_PREFIX: _("The code begins with"),
}


class MappingForm(forms.Form):
    """Which terms of a source's vocabulary mean which need."""

    taxonomy = forms.CharField(
        label=_("Vocabulary"), help_text=_("Its name as the source writes it; empty for any."), required=False
    )
    match = forms.ChoiceField(label=_("How"), choices=[(m.value, words) for m, words in _MATCHES.items()])
    pattern = forms.CharField(label=_("Code or words"), max_length=200)
    domain = forms.ChoiceField(label=_("Means the need"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["domain"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = needs()
