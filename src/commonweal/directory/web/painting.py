"""A page of hits as HTML: skeletons of templates, filled with escaped words."""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from commonweal.directory.queries.words import Voice
from commonweal.directory.rules.languages import LANGUAGES
from commonweal.directory.rules.places import METERS_PER_MILE
from commonweal.directory.rules.room import STATE_LOOKS
from commonweal.directory.shapes_search import Hit, NotShown, SearchPage, SearchQuery, Sentence
from commonweal.directory.web.asking import RADII, parameters
from commonweal.directory.web.skeleton import fill
from commonweal.kernel.domains import NAMES
from commonweal.kernel.words import N_

_CHECKED = " checked"
_LOOKS = {capacity.value: look for capacity, look in STATE_LOOKS.items()}
_WISHES = {"stale": "all", "closed": "open", "hours": "open", "language": "speaks", "age": "age",
           "stairs": "walk", "documents": "noid", "cost": "free", "room": "room"}  # fmt: skip
"""By which wish a place was left out: its name in the address."""
_ORDER = N_("Best chance of real help first")
_FIRST, _HERE = N_("Why it is first"), N_("Why it is here")


def hits_html(hits: Iterable[Hit], query: SearchQuery, voice: Voice) -> str:
    """The hits of a page."""
    headings = [escape(voice.tr(_HERE)), escape(voice.tr(_FIRST))]
    first = query.page == 1
    painted = []
    for hit in hits:
        painted.append(_hit(hit, headings[first], voice))
        first = False
    return "".join(painted)


def _hit(hit: Hit, why_heading: str, voice: Voice) -> str:
    obstacles = _items(hit.obstacles, voice)
    facts = f"<span>{voice.html(hit.hours)}</span>"
    if hit.way:
        facts += f"<span>{voice.html(hit.way)}</span>"
    call = ""
    if hit.phone_link:
        numbers = {"link": escape(hit.phone_link), "number": escape(hit.phone)}
        call = fill("directory/parts/call.html", numbers, voice.language)
    return fill(
        "directory/parts/hit.html",
        {
            "service": str(hit.service_id),
            "at": f"?at={hit.location_id}" if hit.location_id else "",
            "name": escape(title_of(hit.organization, hit.name)),
            "look": _LOOKS[hit.capacity],
            "room": voice.html(hit.room),
            "facts": facts,
            "why_heading": why_heading,
            "why": _items(hit.why, voice),
            "obstacles": fill("directory/parts/obstacles.html", {"items": obstacles}, voice.language)
            if obstacles
            else "",
            "call": call,
            "address": f'<span class="fine">{escape(hit.address)}</span>' if hit.address else "",
            "freshness": voice.html(hit.freshness),
        },
        voice.language,
    )


def _items(sentences: Iterable[Sentence], voice: Voice) -> str:
    return "".join([f"<li>{voice.html(sentence)}</li>" for sentence in sentences])


def title_of(organization: str, name: str) -> str:
    """*Ferry Street Pantry: weekly food box*; the name alone where it says who already."""
    if not organization or organization.casefold() in name.casefold():
        return name
    return f"{organization}: {name}"


def results_html(page: SearchPage, query: SearchQuery, counted: str, voice: Voice) -> str:
    """The whole answer: what was understood, the hits, what was left out, and what if nothing will do."""
    return fill(
        "directory/parts/results.html",
        {
            "heading": escape(heading(page, voice)),
            "order": f"<p>{escape(voice.tr(_ORDER))}</p>" if page.total else "",
            "said": "".join(
                f'<p class="fine mb3">{escape(line)}</p>' for line in said_back(page, query, voice)
            ),
            "hits": hits_html(page.hits, query, voice),
            "pages": _pages(page, query, voice),
            "not_shown": _not_shown(page.not_shown, query, voice),
            "empty": unmet_html(page, query, counted, voice),
        },
        voice.language,
    )


def heading(page: SearchPage, voice: Voice) -> str:
    """*4 places that can help*."""
    if not page.total:
        return voice.tr(N_("We found no place that fits"))
    ngettext = voice.counted
    return ngettext("%(count)s place that can help", "%(count)s places that can help", page.total)


def said_back(page: SearchPage, query: SearchQuery, voice: Voice) -> list[str]:
    """How the question was understood, so that a misreading is seen at once."""
    tr = voice.tr
    lines = [
        tr(N_("We read “%(typed)s” as “%(read)s”.")) % {"typed": typed, "read": read}
        for typed, read in page.reading.corrected
    ]
    wanted = _wanted(page, query, voice)
    near = page.spot.name if page.spot and page.spot.name else ""
    if wanted and near:
        lines.append(tr(N_("Looking for: %(need)s. Near %(place)s.")) % {"need": wanted, "place": near})
    elif wanted:
        lines.append(tr(N_("Looking for: %(need)s.")) % {"need": wanted})
    elif near:
        lines.append(tr(N_("Near %(place)s.")) % {"place": near})
    if query.need and not wanted and not page.total:
        lines.append(
            tr(N_("We did not understand these words. Try others, such as food, rent or light bill."))
        )
    if page.place_unknown:
        words = N_(
            "We know no place called “%(near)s”, so these are from everywhere. Try a town or a ZIP code."
        )
        lines.append(tr(words) % {"near": query.near})
    if page.widened:
        lines.append(tr(N_("Nothing is near, so these are farther away.")))
    if page.stale_shown and not query.include_stale:
        lines.append(tr(N_("Nobody checked these for more than 180 days. Call before you go.")))
    return lines


def _wanted(page: SearchPage, query: SearchQuery, voice: Voice) -> str:
    if query.domain:
        return voice.tr(NAMES[query.domain])
    topics = sorted(page.reading.topics, key=lambda code: -page.reading.topics[code])
    return ", ".join(voice.topic(code) for code in topics[:2])


def _pages(page: SearchPage, query: SearchQuery, voice: Voice) -> str:
    if page.pages < 2:
        return ""
    before_words, more_words = voice.tr(N_("Before")), voice.tr(N_("More places"))
    parts = []
    if page.page > 1:
        before = escape(parameters(query, page=str(page.page - 1)))
        parts.append(f'<a class="btn small" rel="prev" href="/directory/?{before}">{before_words}</a>')
    where = voice.tr(N_("Page %(page)s of %(pages)s")) % {"page": page.page, "pages": page.pages}
    parts.append(f'<span class="fine">{where}</span>')
    if page.page < page.pages:
        after = escape(parameters(query, page=str(page.page + 1)))
        parts.append(f'<a class="btn small" rel="next" href="/directory/?{after}">{more_words}</a>')
    label = voice.tr(N_("Pages"))
    return f'<nav class="acts mt5" aria-label="{label}">{"".join(parts)}</nav>'


def _not_shown(left_out: tuple[NotShown, ...], query: SearchQuery, voice: Voice) -> str:
    if not left_out:
        return ""
    ngettext = voice.counted
    count = sum(reason.count for reason in left_out)
    words = ngettext(
        "%(count)s place we did not show, and why", "%(count)s places we did not show, and why", count
    )
    show = voice.tr(N_("Show them"))
    items = "".join(
        f"<li>{reason.count} {voice.html(reason.why)}. "
        f'<a href="/directory/?{escape(_without(reason.reason, query))}">{show}</a></li>'
        for reason in left_out
    )
    return fill("directory/parts/not_shown.html", {"heading": words, "items": items}, voice.language)


def _without(reason: str, query: SearchQuery) -> str:
    """The same question without the wish that left these places out."""
    name = _WISHES[reason]
    return parameters(query, page=None, **{name: "1" if name == "all" else None})


def unmet_html(page: SearchPage | None, query: SearchQuery, counted: str, voice: Voice) -> str:
    """*None of these will do? Say so.* The link carries the need and the place, nothing about a person."""
    domain = query.domain or (
        max(page.reading.domains, key=lambda d: page.reading.domains[d], default=None) if page else None
    )
    words = N_("None of these will do?") if page is None or page.total else N_("Nothing here will do?")
    link = f"need={quote(domain.value) if domain else ''}&near={quote(query.near)}"
    slots = {"heading": escape(voice.tr(words)), "counted": escape(counted), "query": escape(link)}
    return fill("directory/parts/unmet.html", slots, voice.language)


def form_html(query: SearchQuery, languages: Iterable[str], voice: Voice) -> str:
    """The form as it was asked."""
    more = query.age is not None or query.free or query.room_now or query.include_stale or query.radius
    domain = ""
    if query.domain and not query.need:
        domain = f'<input type="hidden" name="need" value="{query.domain.value}">'
    return fill(
        "directory/parts/form.html",
        {
            "need": escape(query.need),
            "near": escape(query.near),
            "languages": "".join(_option(c, voice.language_name(c), query.language) for c in languages),
            "domain": domain,
            "open": _CHECKED if query.open_now else "",
            "walk": _CHECKED if query.step_free else "",
            "noid": _CHECKED if query.no_documents else "",
            "more_open": " open" if more else "",
            "age": "" if query.age is None else str(query.age),
            "radii": _radii(query.radius, voice),
            "free": _CHECKED if query.free else "",
            "room": _CHECKED if query.room_now else "",
            "all": _CHECKED if query.include_stale else "",
        },
        voice.language,
    )


def _option(value: str, words: str, chosen: str) -> str:
    return f'<option value="{value}"{" selected" if value == chosen else ""}>{escape(words)}</option>'


def _radii(radius: float | None, voice: Voice) -> str:
    ngettext = voice.counted
    chosen = str(round(radius / METERS_PER_MILE)) if radius else ""
    options = [("", voice.tr(N_("As far as usual")))]
    options += [(str(n), ngettext("Within %(count)s mile", "Within %(count)s miles", n)) for n in RADII]
    return "".join([_option(value, words, chosen) for value, words in options])


def known_languages(spoken: Iterable[str], asked: str) -> list[str]:
    """The languages to choose from, by the list's order: those spoken somewhere, and the one asked for."""
    held = {*spoken, asked}
    return [code for code in LANGUAGES if code in held] or ["eng", "spa"]
