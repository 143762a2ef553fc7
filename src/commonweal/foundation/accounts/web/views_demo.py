"""The demo: be anyone of the cast with one click. Exists only where the data is invented."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access.context import acting
from commonweal.foundation.access.web import public
from commonweal.foundation.accounts import demo, installation, names, sessions
from commonweal.foundation.accounts.models import DemoCard, as_uuid
from commonweal.foundation.accounts.notices import SENDER
from commonweal.foundation.accounts.web.common import come_in


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cast(request: HttpRequest) -> HttpResponse:
    """Cards of the cast; a press signs in as that one."""
    if not installation.demo_is_on():
        raise Http404
    if request.method == "POST":
        with acting(SENDER):
            card = get_object_or_404(
                DemoCard.objects.select_related("account"), pk=as_uuid(request.POST.get("who"))
            )
        come_in(request, card.account, sessions.Factor.DEMO)
        seats = sessions.seats_of(card.account)
        return redirect("/") if len(seats) == 1 else redirect("accounts:as")
    with acting(SENDER):
        cards = [_card(card) for card in DemoCard.objects.select_related("account")]
    return render(request, "accounts/demo.html", {"cards": cards, "introduction": demo.introduction()})


def _card(card: DemoCard) -> dict[str, str]:
    seats = sessions.seats_of(card.account)
    known = names.partner_names(seat.partner_id for seat in seats if seat.partner_id)
    return {
        "id": str(card.account_id),
        "name": card.account.name,
        "title": _(card.title),
        "words": _(card.words),
        "partners": ", ".join(sorted(set(known.values()))),
        "language": card.account.language,
    }
