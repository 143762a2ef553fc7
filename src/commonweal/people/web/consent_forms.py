"""The form of asking: nothing is chosen beforehand, and *no* is as easy as *yes*."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.access.vocabulary import SEGMENT_NAMES, Purpose, Segment
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NAMES, SAFETY_DOMAINS, NeedDomain
from commonweal.partners.shapes import PartnerShape
from commonweal.people.rules.drafts import settled_consent
from commonweal.people.shapes import ConsentDraft, PersonShape
from commonweal.people.vocabulary import LANGUAGES, How

EVERYTHING = "all"
_NOT_ASKED_HERE = (Segment.PSYCHOTHERAPY,)

_ASKED_ABOUT = [d for d in NeedDomain if d not in (NeedDomain.UNSPECIFIED, NeedDomain.PROTECTIVE)]
_OFTEN = frozenset(
    {
        NeedDomain.FOOD,
        NeedDomain.HOUSING,
        NeedDomain.TRANSPORT,
        NeedDomain.UTILITIES,
        NeedDomain.MONEY,
        NeedDomain.CHILDCARE,
        NeedDomain.WORK,
        NeedDomain.ISOLATION,
    }
)
"""Stand open on the form; the others are a click away, those about safety last: they are asked for alone."""

DAYS = [
    ("30", _("One month")),
    ("90", _("Three months")),
    ("180", _("Six months")),
    ("365", _("One year")),
]
PURPOSES = [
    (Purpose.COORD.value, _("To arrange help together")),
    (Purpose.TREAT.value, _("To treat the person")),
    (Purpose.PAY.value, _("To pay for care")),
]
HOWS = [
    (How.SIGNED_ON_SCREEN.value, _("On this screen, now")),
    (How.ON_PAPER.value, _("On paper")),
    (How.BY_PHONE.value, _("By phone, with a witness")),
]


class AskForm(forms.Form):
    """Whom, what, why, until when, in which language, how."""

    recipients = forms.MultipleChoiceField(
        label=_("Who may know?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those with whom an agreement of the table lets us share."),
    )
    topics = forms.MultipleChoiceField(
        label=_("About what?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They then see nothing about other needs. Safety is asked for alone."),
    )
    segments = forms.MultipleChoiceField(
        label=_("How private?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Treatment for alcohol or drugs is asked for on a form of its own."),
    )
    purposes = forms.MultipleChoiceField(
        label=_("What for?"), choices=PURPOSES, widget=forms.CheckboxSelectMultiple
    )
    both_ways = forms.ChoiceField(
        label=_("May they tell us how it goes?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    days = forms.ChoiceField(label=_("For how long?"), choices=DAYS, widget=forms.RadioSelect)
    how = forms.ChoiceField(label=_("How will the person answer?"), choices=HOWS, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("In which language?"))
    interpreter = forms.CharField(
        max_length=200,
        required=False,
        label=_("Name of the interpreter"),
        help_text=_("For a language in which we have no written form yet."),
    )

    def __init__(self, *args: Any, partners: list[PartnerShape], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("recipients", [(str(p.id), p.name) for p in partners])
        domains = sorted(
            _ASKED_ABOUT, key=lambda d: (d in SAFETY_DOMAINS, d not in _OFTEN, _ASKED_ABOUT.index(d))
        )
        everything = (EVERYTHING, gettext("Everything the person is helped with"))
        self._choose("topics", [everything, *((d.value, gettext(NAMES[d])) for d in domains)])
        segments = [s for s in Segment if s not in _NOT_ASKED_HERE]
        self._choose("segments", [(s.value, capfirst(gettext(SEGMENT_NAMES[s]))) for s in segments])
        self._choose("language", [(code, capfirst(gettext(name))) for code, name in LANGUAGES.items()])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def draft(self, person: PersonShape, discloser_id: UUID, words: str = "") -> ConsentDraft:
        """What is asked, as a draft; ``words`` once they were shown."""
        said = self.cleaned_data
        topics = () if EVERYTHING in said["topics"] else tuple(NeedDomain(t) for t in said["topics"])
        draft = ConsentDraft(
            person_id=person.id,
            discloser_id=discloser_id,
            recipient_ids=tuple(UUID(i) for i in said["recipients"]),
            segments=tuple(Segment(s) for s in said["segments"]),
            purposes=tuple(Purpose(p) for p in said["purposes"]),
            topics=topics,
            both_ways=said["both_ways"] == "yes",
            ends_at=end_after(int(said["days"]), now()),
            how=How(said["how"]),
            words=words,
            language=said["language"],
            interpreter=said["interpreter"],
        )
        return settled_consent(draft)


def end_after(days: int, moment: datetime) -> datetime:
    """The midnight after so many days, where people here live; so that the last day is whole."""
    last = localtime(moment) + timedelta(days=days + 1)
    return last.replace(hour=0, minute=0, second=0, microsecond=0)


class AnswerForm(forms.Form):
    """The signature, and whoever stood by. Asked only for a yes."""

    signed_name = forms.CharField(max_length=200, required=False, label=_("Your name, as your signature"))
    signed_for = forms.CharField(
        max_length=200,
        required=False,
        label=_("If you sign for someone: in which right?"),
        help_text=_("For example: mother, guardian."),
    )
    witness = forms.CharField(max_length=200, required=False, label=_("Who else heard it?"))
    words_seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, how: How, saying_yes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_name"].required = saying_yes and how is not How.BY_PHONE
        self.fields["witness"].required = saying_yes and how is How.BY_PHONE
        for name in ("signed_name", "signed_for") if how is How.BY_PHONE else ("witness",):
            del self.fields[name]
