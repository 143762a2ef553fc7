"""``/directory/``: find help. Public, without sign-in, useful without JavaScript, printable, shareable.

A stranger's search runs without session, transaction or audit: it reads public entries alone and leaves no
trace. Somebody signed in sees the same page in their own frame, and what partners may see besides.
"""

import csv
import hashlib
import io
from dataclasses import replace
from html import escape
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.directory import facade
from commonweal.directory.queries.offers import kept, season_start, spoken_languages, unmet_counts
from commonweal.directory.queries.words import full_day, say, voice
from commonweal.directory.shapes_search import Hit, SearchPage, SearchQuery
from commonweal.directory.web import painting
from commonweal.directory.web.asking import is_asked, parameters, query_from
from commonweal.directory.web.skeleton import fill, mark
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.foundation.access.web import public
from commonweal.foundation.accounts.sessions import actor_for
from commonweal.foundation.ui.templatetags.ui import decided
from commonweal.governance import facade as governance
from commonweal.kernel.clock import today
from commonweal.kernel.domains import NAMES, NeedDomain

PRINTED, TABLED = 15, 50
"""Hits of a handout, which must fit on a few sheets, and of a table."""


@public(context=False)
def search(request: HttpRequest) -> HttpResponse:
    """The search page, its handout, or its table."""
    query = query_from(request.GET)
    form = request.GET.get("as", "")
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        actor = actor_for(request, Purpose.COORD)
        with acting(actor):
            return _answer(request, actor, query, form)
    return _answer(request, Actor.public(), query, form)


def _answer(request: HttpRequest, actor: Actor, query: SearchQuery, form: str) -> HttpResponse:
    request.actor = actor  # type: ignore[attr-defined]
    if form in ("csv", "json", "print"):
        return _FORMS[form](request, query)
    page = facade.find(query) if is_asked(query) else None
    slots = _slots(page, query)
    if actor == Actor.public():
        html = fill("directory/search.html", slots, voice().language, _stranger)
        return _fresh(request, html)
    safe = {name: mark_safe(html) for name, html in slots.items()}  # noqa: S308 - escaped when painted
    html = render_to_string("directory/search.html", {"slot": safe}, request=request)
    response = HttpResponse(html)
    response.headers["Cache-Control"] = "no-store"
    return response


def _slots(page: SearchPage | None, query: SearchQuery) -> dict[str, str]:
    speech = voice()
    languages = painting.known_languages(spoken_languages(), query.language)
    counted = kept(f"counted {speech.language}", _counted)
    if page is None:
        empty = painting.unmet_html(None, query, counted, speech)
        results = fill("directory/parts/browse.html", {"empty": empty}, speech.language, _domains)
    else:
        results = painting.results_html(page, query, counted, speech)
    asked = parameters(query, page=None)
    paper = {"query": f"{escape(asked)}&amp;as=print", "csv": f"{escape(asked)}&amp;as=csv"}
    return {
        "title": escape(_title(page, query)),
        "robots": "noindex" if page else "index, follow",
        "danger": _danger(page.reading.danger) if page and page.reading.danger else "",
        "form": painting.form_html(query, languages, speech),
        "results": results,
        "paper": fill("directory/parts/paper.html", paper, speech.language) if page else "",
        "decided": _decided(),
        "here": quote(asked, safe=""),
    }


def _title(page: SearchPage | None, query: SearchQuery) -> str:
    if page is None:
        return _("Find help")
    words = query.need or (_(NAMES[query.domain]) if query.domain else "")
    return _("Find help: %(words)s") % {"words": words} if words else _("Find help")


def _domains() -> dict[str, object]:
    left = {NeedDomain.UNSPECIFIED, NeedDomain.PROTECTIVE}
    return {"domains": [(d.value, name) for d, name in NAMES.items() if d not in left]}


def _danger(kind: str) -> str:
    return render_to_string("directory/parts/danger.html", {"kind": kind})


def _counted() -> str:
    told = unmet_counts(season_start(today()))[:3]
    if not told:
        return ""
    parts = [_("%(need)s: %(count)s") % {"need": _(NAMES[domain]), "count": count} for domain, count in told]
    return _("In the last 90 days: %(list)s.") % {"list": "; ".join(parts)}


def _stranger() -> dict[str, object]:
    """The frame of the page for someone not signed in: the same for everybody in one language."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = "/directory/"
    request.META = {"QUERY_STRING": mark("here"), "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.actor = Actor.public()  # type: ignore[attr-defined]
    return {"request": request}


def _decided() -> str:
    """Who decided how places are put in order, where the table did; asked anew every minute."""
    return kept(f"decided {get_language()}", _ask_who_decided, seconds=60)


def _ask_who_decided() -> str:
    mandate = governance.live_mandate("directory", "order")
    return decided(governance.decision_line(mandate.id)) if mandate else ""


def _fresh(request: HttpRequest, html: str) -> HttpResponse:
    """With a tag, so that asking again costs nothing; kept by the browser alone, and only for a minute."""
    body = html.encode()
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, max-age=60"
    response.headers["Vary"] = "Cookie, Accept-Language"
    return response


def _many(query: SearchQuery, size: int) -> SearchPage:
    return facade.find(replace(query, page=1, size=size))


def _handout(request: HttpRequest, query: SearchQuery) -> HttpResponse:
    """The list in large type, for a hand or a wall."""
    page = _many(query, PRINTED)
    slots = {
        "title": painting.heading(page, voice()),
        "lede": " ".join([*painting.said_back(page, query, voice()), _first_of(page)]),
        "date": full_day(today()),
        "hits": mark_safe(painting.hits_html(page.hits, query, voice())),  # noqa: S308 - escaped when painted
        "query": parameters(query),
    }
    return HttpResponse(render_to_string("directory/handout.html", {"slot": slots}, request=request))


def _first_of(page: SearchPage) -> str:
    if page.total <= len(page.hits):
        return ""
    return _("The first %(shown)s of %(total)s.") % {"shown": len(page.hits), "total": page.total}


_COLUMNS = (
    "service",
    "organization",
    "phone",
    "address",
    "open",
    "room",
    "why",
    "obstacles",
    "checked",
    "url",
)


def _record(hit: Hit) -> dict[str, str]:
    return {
        "service": hit.name,
        "organization": hit.organization,
        "phone": hit.phone,
        "address": hit.address,
        "open": say(hit.hours),
        "room": say(hit.room),
        "why": "; ".join(map(say, hit.why)),
        "obstacles": "; ".join(map(say, hit.obstacles)),
        "checked": say(hit.freshness),
        "url": f"{settings.BASE_URL}/directory/services/{hit.service_id}/",
    }


def _csv(request: HttpRequest, query: SearchQuery) -> HttpResponse:
    out = io.StringIO()
    table = csv.DictWriter(out, _COLUMNS)
    table.writeheader()
    for hit in _many(query, TABLED).hits:
        table.writerow({name: _plain(value) for name, value in _record(hit).items()})
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="find-help.csv"'
    return response


def _plain(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _json(request: HttpRequest, query: SearchQuery) -> HttpResponse:
    page = _many(query, TABLED)
    return JsonResponse(
        {
            "total": page.total,
            "hits": [_record(hit) for hit in page.hits],
            "not_shown": {left.reason: left.count for left in page.not_shown},
            "language": get_language(),
        }
    )


_FORMS = {"csv": _csv, "json": _json, "print": _handout}
