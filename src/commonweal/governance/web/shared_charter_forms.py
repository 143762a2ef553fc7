"""Forms of the shared charter: write a part, say something, put it to the table, say no with a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.governance.actions.shared_charter import LONGEST
from commonweal.governance.vocabulary_shared_charter import Part


class WriteForm(forms.Form):
    """A new wording of a part. ``after``: the wording that was on the page."""

    part = forms.ChoiceField(choices=[(p.value, p.value) for p in Part], widget=forms.HiddenInput)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("How it should read"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )


class RemarkForm(forms.Form):
    """Something said about the wording that was on the page."""

    writing = forms.UUIDField(widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("What do you say about it?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class PutForm(forms.Form):
    """The draft, as it stands, becomes a question."""

    title = forms.CharField(label=_("What changes, in a few words"), max_length=200)
    why = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class SignForm(forms.Form):
    """What a partner says, or who is asked. ``why`` is for a no."""

    verb = forms.ChoiceField(choices=[(v, v) for v in ("sign", "decline", "take-back", "ask", "ask-all")])
    partner = forms.UUIDField(required=False)
    why = forms.CharField(max_length=500, required=False)
