"""Forms of voices: short ones for who says something, plain ones for who answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.partners.shapes import BodyShape
from commonweal.voice.shapes import Node
from commonweal.voice.vocabulary import (
    ANSWERING_NAMES,
    HAND_NAMES,
    LANGUAGE_NAMES,
    MOST,
    WAY_NAMES,
    Answering,
    Hand,
    Way,
)


def _words(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class SayForm(forms.Form):
    """What anybody can fill on a phone: the words; all else may stay as it is."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = _words(_("What do you want to say?"), 5, max_length=MOST)
    body = forms.ChoiceField(label=_("To whom?"))
    is_public = forms.BooleanField(label=_("Everybody may read it"), required=False)
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        required=False,
        help_text=_("Without it, nobody knows who said it."),
    )
    email = forms.EmailField(
        label=_("E-mail, to hear when something happens"),
        required=False,
        help_text=_("Only for that. Each letter has a link that ends them."),
    )
    phone = forms.CharField(
        label=_("Or a phone number, for text messages"),
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, bodies: Sequence[BodyShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(body.id), gettext(body.name)) for body in bodies]


class WriteDownForm(SayForm):
    """What a helper writes down for somebody else, with how they know it."""

    way = forms.ChoiceField(label=_("How was it said?"))
    hand = forms.ChoiceField(label=_("Whose words are these?"))
    language = forms.ChoiceField(label=_("In which language was it said?"))
    said_on = forms.DateField(
        label=_("On which day?"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    where = forms.CharField(label=_("Where?"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("What was said, word for word")
        self.fields["name"].label = _("Who said it, if they want to be named")
        for name, names in (("hand", HAND_NAMES), ("language", LANGUAGE_NAMES)):
            self._choose(name, [(str(value), gettext(words)) for value, words in names.items()])
        self._choose("way", [(w.value, gettext(WAY_NAMES[w])) for w in Way if w is not Way.PAGE])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def hand_said(self) -> Hand:
        """Whose words they are."""
        return Hand(self.cleaned_data["hand"])


class AskForm(forms.Form):
    """The code with which an author asks."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        help_text=_("Like tamo-rike-lusa. Capitals, spaces and lines don’t matter."),
    )


class WhyForm(forms.Form):
    """A reason, without which nothing is put together, taken apart or undone."""

    why = forms.CharField(
        label=_("Why"), max_length=400, help_text=_("Everyone whose words these are reads it.")
    )


class TitledForm(WhyForm):
    """A group that is made: its title and why."""

    title = forms.CharField(label=_("What they ask for, in a few words"), max_length=200)
    field_order = ["title", "why"]


class GroupForm(WhyForm):
    """Inputs into a group that is there, or into a new one."""

    title = forms.CharField(label=_("What they ask for, in a few words"), max_length=200, required=False)
    into = forms.ChoiceField(label=_("Or into this group"), required=False)
    field_order = ["title", "into", "why"]

    def __init__(self, *args: Any, groups: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *groups]

    def clean(self) -> dict[str, Any]:
        """A title, or a group."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("title") and not said.get("into"):
            self.add_error("title", gettext("Write a title, or choose a group."))
        return said


class SplitForm(TitledForm):
    """Inputs out of a group into one of their own."""

    keeps_links = forms.BooleanField(
        label=_("What answers the old group answers the new one too"), required=False
    )
    field_order = ["title", "why", "keeps_links"]


class AnswerForm(forms.Form):
    """What a body says to it."""

    how = forms.ChoiceField(
        label=_("What do you tell them?"),
        choices=[(a.value, ANSWERING_NAMES[a]) for a in Answering],
        widget=forms.RadioSelect,
    )
    words = _words(
        _("In plain words"),
        3,
        max_length=1000,
        help_text=_("If it is no or not now: why. That is counted in public."),
    )
    until = forms.DateField(
        label=_("Not now: until when?"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    words_there = _words(_("The same in Spanish"), 3, max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["how"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(a.value, gettext(ANSWERING_NAMES[a])) for a in Answering]


class LinkForm(WhyForm):
    """What answers it, and how."""

    target = forms.ChoiceField(label=_("What answers it?"))
    field_order = ["target", "why"]

    def __init__(
        self, *args: Any, choices: Sequence[tuple[str, Sequence[tuple[Node, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *((gettext(name), list(those)) for name, those in choices)]


class RedactForm(forms.Form):
    """The words that are shown instead."""

    words = _words(_("What everybody may read instead"), 4, max_length=MOST)
    why = forms.CharField(label=_("Why"), max_length=300)
