"""What the person does on their own page: say whether it helped, stop, confirm a handoff."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import actor_of, requires
from commonweal.referrals import facade
from commonweal.referrals.vocabulary import Helped
from commonweal.referrals.web import saying

own = requires(Role.RESIDENT, purpose=Purpose.SELF)


@own
@require_POST
def said(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Keep the person's answer."""
    try:
        helped = Helped(request.POST.get("helped", ""))
    except ValueError:
        messages.info(request, _("Choose one of the answers."))
        return redirect("/my/")
    facade.answer_person(
        task_id,
        helped,
        by=actor_of(request),
        words=request.POST.get("words", ""),
        language=request.LANGUAGE_CODE,
        intent=saying.as_uuid(request.POST.get("intent")),
    )
    later = helped is Helped.LATER
    messages.success(
        request, _("We ask you again in a week.") if later else _("Thank you. Your answer is kept.")
    )
    return redirect("/my/")


@own
@require_POST
def stop(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """The person does not want this help any more."""
    facade.withdraw_wish(task_id, by=actor_of(request), intent=saying.as_uuid(request.POST.get("intent")))
    messages.success(request, _("Stopped. Whoever was asked is told that the request has ended."))
    return redirect("/my/#help")


@own
@require_POST
def met(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """The person confirms that the three of them spoke."""
    facade.confirm_handoff(task_id, by=actor_of(request), intent=saying.as_uuid(request.POST.get("intent")))
    messages.success(request, _("Thank you. Your answer is kept."))
    return redirect("/my/#help")
