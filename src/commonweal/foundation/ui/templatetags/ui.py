"""The tag library ``ui``: states, seats, decisions, verdicts, form controls, language links."""

from collections.abc import Hashable
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BoundField
from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from commonweal.foundation.ui.dates import weekday
from commonweal.foundation.ui.framing import said
from commonweal.foundation.ui.lines import DecisionLine
from commonweal.foundation.ui.tongues import tongue_of
from commonweal.kernel.verdict import Verdict

register = template.Library()

_RINGS = {"decided": "seats", "wait": "seats-wait", "ended": "seats-ended"}


@register.filter
def tr(words: str) -> str:
    """Translate English words that a quiet room marked with ``N_``."""
    return said(words)


@register.filter
def tongue(words: str) -> SafeString:
    """``<blockquote{{ words|tongue }}>``: says the language of somebody's own words where it is another than
    the page's. What ``tr`` translates is in the page's own."""
    code = tongue_of(words) if words and said(words) == words else ""
    is_other = code and code != (get_language() or "en")[:2]
    return format_html(' lang="{}"', code) if is_other else SafeString("")


@register.filter
def own(words: str) -> SafeString | str:
    """Somebody's own words amid ours, as ``tr``, in a span with their language where it is another."""
    mark = tongue(words)
    return format_html("<span{}>{}</span>", mark, tr(words)) if mark else tr(words)


register.filter("weekday", weekday)


@register.filter
def say(verdict: Verdict) -> str:
    """The verdict's sentence in the reader's language, with the names in it."""
    sentence = gettext(verdict.sentence)
    return sentence % _told(verdict) if verdict.params else sentence


def _told(verdict: Verdict) -> dict[str, object]:
    """What a verdict is about; names of ours, such as those of sectors, are translated."""
    return {k: gettext(v) if isinstance(v, str) and v else v for k, v in verdict.params.items()}


@register.filter
def cure(verdict: Verdict) -> str:
    """What would make it possible, in the reader's language."""
    words = gettext(verdict.cure) if verdict.cure else ""
    return words % _told(verdict) if verdict.params else words


@register.simple_tag
def state(kind: str, words: str, chip: bool = False) -> SafeString:
    """``{% state "is-wait" _("Waits for Ferry Street Pantry") %}``: shape, word, color."""
    return format_html('<span class="state{} {}">{}</span>', " chip" if chip else "", kind, words)


@register.simple_tag
def seats(kind: str = "decided") -> SafeString:
    """The ring of eight seats; the words beside it say what it means."""
    return format_html('<svg class="seats" aria-hidden="true"><use href="#{}"/></svg>', _RINGS[kind])


@register.simple_tag
def decided(line: DecisionLine | None) -> str:
    """Who decided this, opened on demand; nothing where no decision is named."""
    if not line:
        return ""
    return get_template("ui/parts/decided.html").render({"line": line})


@register.simple_tag(takes_context=True)
def language_url(context: Context, code: str) -> str:
    """The address that switches the language and comes back here."""
    request = context.get("request")
    here = request.get_full_path() if request is not None and request.method == "GET" else "/"
    return "/language/?" + urlencode({"to": code, "next": here})


class Kept(Node):
    """A part of a page that is the same for everybody of one language, but for a few values."""

    MOST = 500
    """Renderings kept by one place; beyond it all are forgotten and made anew."""

    def __init__(self, values: list[FilterExpression], nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist
        self._known: dict[Hashable, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_language(), *(value.resolve(context) for value in self.values))
        html = self._known.get(key)
        if html is None:
            html = self.nodelist.render(context)
            if len(self._known) >= self.MOST:
                self._known.clear()
            self._known[key] = html
        return html


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """``{% kept tab demo %}…{% endkept %}``: rendered once for each language and these values.

    The values must be all that the part depends on. Nothing about a person, no token of a form and no
    block belongs in it, and no value that a visitor makes up: a page's own choices are few.
    """
    values = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(values, nodelist)


@register.simple_tag
def csv_link(url: str) -> SafeString:
    """The download beside a table or chart."""
    return format_html('<a class="btn" href="{}" download>{}</a>', url, gettext("Download as CSV"))


@register.filter
def control(field: BoundField) -> SafeString:
    """A form control with our class and with its hint and errors announced."""
    attrs: dict[str, Any] = {}
    kind = field.widget_type
    if kind not in ("checkbox", "radioselect", "checkboxselectmultiple"):
        attrs["class"] = "input"
    said = []
    if field.help_text:
        said.append(f"{field.id_for_label}-hint")
    said += [f"{field.id_for_label}-error{n}" for n, _ in enumerate(field.errors, 1)]
    if said:
        attrs["aria-describedby"] = " ".join(said)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)
