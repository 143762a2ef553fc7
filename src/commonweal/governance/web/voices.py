"""Whose words a question answers: what may be picked, and how it stands on the question's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.access import Actor
from commonweal.governance.actions import proposing
from commonweal.governance.shapes_questions import QuestionShape
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape
from commonweal.voice import facade as voice

ITS_QUESTION = N_("This question takes it up.")


def choices(body_id: UUID | None = None) -> list[tuple[str, str]]:
    """Groups of what people said, and what stands alone, as far as the actor may read: of open bodies, or of
    one body alone."""
    bodies = [b for b in partners.bodies() if b.id == body_id or (body_id is None and not b.is_private)]
    return [one for body in bodies for one in _of(body)]


def _of(body: BodyShape) -> Iterable[tuple[str, str]]:
    name = gettext(body.name)
    for group, count in voice.groups_of(body.id):
        voices = ngettext("%(n)s voice", "%(n)s voices", count) % {"n": count}
        yield group.node, f"{gettext(group.title)} ({voices}, {name})"
    for one in voice.single_inputs_of(body.id):
        if one.words is None:
            continue
        yield one.node, f"“{Truncator(gettext(one.words or '')).chars(120)}” ({name})"


class VoicesForm(forms.Form):
    """What people said that a question answers, and how."""

    voices = forms.MultipleChoiceField(
        label=_("What people said"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each who said it is told."),
    )
    answer = forms.CharField(label=_("How this question answers it"), max_length=400)

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["voices"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(choices)


def take_up(question_id: UUID, chosen: Iterable[str], *, by: Actor, why: str = ITS_QUESTION) -> None:
    """Link what was chosen to a question that was just put; what is no choice is left."""
    known = {node for node, _words in choices()}
    picked = [one for one in chosen if one in known]
    if picked:
        with transaction.atomic():
            proposing.take_up(question_id, picked, by=by, why=why)


@dataclass(frozen=True, slots=True)
class Voice:
    """What was said, on the page of the question that answers it. ``words`` empty: not said to everybody."""

    words: str
    said_by: str
    how: str
    answer: str
    is_answered: bool
    url: str


def nodes_of(found: QuestionShape) -> set[str]:
    """What is linked to the question already: inputs, and groups of them."""
    linked = voice.answered_by("question", found.line.id)
    return {one.input.node for one in linked} | {one.group.node for one in linked if one.group}


def voices_of(found: QuestionShape) -> list[Voice]:
    """What the question quotes, then what is linked to it besides."""
    quoted = voice.inputs_by_id(i.id for i in found.inputs)
    rows = []
    for i in found.inputs:
        kept = quoted.get(i.id)
        words = kept.words if kept and kept.is_redacted and kept.words else i.words
        url = reverse("voice:input", args=[i.id]) if kept and kept.words is not None else ""
        rows.append(Voice(words, i.said_by, i.how_said, i.answer, i.is_answered, url))
    for one in voice.answered_by("question", found.line.id):
        if one.input.id in quoted:
            continue
        url = reverse("voice:input", args=[one.input.id]) if one.input.words is not None else ""
        rows.append(
            Voice(
                one.input.words or "", one.input.name, one.input.way_name, one.why, is_answered=True, url=url
            )
        )
    return rows
