"""Put a question to the body that decides it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import effects
from commonweal.governance.actions.proposing.held import check, told
from commonweal.governance.events_voting import QuestionPut
from commonweal.governance.models import Proposal, Section
from commonweal.governance.queries import bylaws, reach
from commonweal.governance.rules.choices import read_counting
from commonweal.governance.shapes_bylaws import BylawsShape, MatterRule
from commonweal.governance.vocabulary import Choosing, Matter, Stage
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.text import fold
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

MOST_OPTIONS = 50


@transaction.atomic
def propose(
    *,
    by: Actor,
    matter: Matter,
    title: str,
    question: str,
    effect: str = "none",
    params: Mapping[str, Any] | None = None,
    seat_id: UUID | None = None,
    sections: Iterable[tuple[str, str]] = (),
    options: Sequence[Mapping[str, Any]] = (),
    counting: Mapping[str, Any] | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    review_on: date | None = None,
    with_partner_id: UUID | None = None,
    is_emergency: bool = False,
    body: str = "",
) -> UUID:
    """Put a question to the body that decides this matter by the bylaws in force; it is talked about at once.

    ``body``: the slug of a body that decides the matter within itself; by default the one that decides it for
    all, and for an end the one that decided what is to end.

    ``effect`` and ``params`` say what a yes does (``effects``); ``sections`` are headings with their text;
    ``options`` have a key, a name and for budgets ``cost_cents``. ``seat_id``: the seat it comes from, by
    default the first that the bylaws let propose. Raises Refused, BadInput, NotFound.
    """
    law = bylaws.in_force()
    rule = law.rule(matter, body or reach.begun_in(effect, params or {})) if law else None
    because = check(access.may_propose(by, rule))
    assert law is not None  # may_propose refuses without bylaws
    assert rule is not None
    if is_emergency:
        check(may_hurry(by, rule, effect))
    if body and rule.body != body:
        raise BadInput("body", N_("By the bylaws, this body does not decide that."))
    clean = effects.read(effect, _told(effect, params or {}, law, rule))
    if effects.matter_of(effect, clean) is not matter and effect not in ("", "none"):
        raise BadInput("effect", N_("This effect follows from another kind of decision."))
    check(reach.may_reach(law, rule, effect, clean))
    choosing = choosing_of(rule, effect)
    row = put(
        by,
        rule,
        body=rule.body,
        title=title,
        question=question,
        effect=effect or "none",
        params=dict(clean),
        options=_options(options, choosing),
        starts_on=starts_on,
        ends_on=ends_on,
        review_on=review_on,
        proposed_by_seat_id=_seat_of(by, rule, seat_id),
        with_partner_id=with_partner_id,
        is_emergency=is_emergency,
    )
    if choosing:
        row.counting = read_counting(choosing, row.options, counting or {})
        row.save(update_fields=["counting"])
    write_first(row, sections, by)
    told(row, by, "question.put", N_("Put a question to the table."), because.rule)
    publish(QuestionPut(row.id, row.number))
    return row.id


def _told(effect: str, params: Mapping[str, Any], law: BylawsShape, rule: MatterRule) -> Mapping[str, Any]:
    """What an effect is told; a plain position names the body that takes it within itself."""
    if effect in ("", "none") and reach.is_within(law, rule):
        return {**params, "within": rule.body}
    return params


def may_hurry(by: Actor, rule: MatterRule, effect: str) -> Verdict:
    """Vote before notice has run: where the bylaws have that path, who they name for it, what can run out."""
    if rule.emergency is None:
        return deny("governance.emergency.no-path", N_("The bylaws have no way to hurry this."))
    if effects.effect(effect).is_done_at_once:
        return deny(
            "governance.emergency.lasts",
            N_("What is done once and for all is not hurried: it could not run out."),
            N_("Give notice, or stop what does harm by the emergency path of its own page."),
        )
    seats = access.seats_of_account(by)
    openers = rule.emergency.openers
    if any(access.is_of(seat, openers) for seat in seats):
        return allow("governance.emergency.opener", N_("The bylaws let you hurry this, under review."))
    if "backbone" in openers and partners.acts_for_backbone(by):
        return allow("governance.emergency.opener", N_("The bylaws let you hurry this, under review."))
    return deny(
        "governance.emergency.not-an-opener",
        N_("The bylaws name who may hurry this, and you are not among them."),
    )


def put(by: Actor, rule: MatterRule, *, body: str, **columns: Any) -> Proposal:
    """The row, under the next number. Raises BadInput for what is missing and for impossible days."""
    place = partners.body_named(body)
    if place is None or place.ends_on is not None:
        raise NotFound("body")
    title, asked = columns["title"].strip(), columns["question"].strip()
    if not title or not asked:
        raise BadInput("question", N_("Say what you ask, in a title and a question."))
    columns["title"], columns["question"] = title[:200], asked
    check_days(rule, columns["starts_on"], columns["ends_on"], begins=columns["effect"] != "mandate.withdraw")
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('governance.proposal'))")
    with acting(THE_COUNT):  # which sees the questions of private bodies too
        last = Proposal.objects.order_by("-number").values_list("number", flat=True).first()
    return Proposal.objects.create(
        number=(last or 0) + 1,
        matter=rule.matter.value,
        body_id=place.id,
        stage=Stage.TALKING.value,
        proposed_by_id=by.account_id,
        **columns,
    )


def check_days(rule: MatterRule, starts_on: date | None, ends_on: date | None, *, begins: bool) -> None:
    """What ``begins`` something about people says when it ends; ending something is done at once."""
    start = starts_on or today()
    if ends_on is not None and ends_on <= start:
        raise BadInput("ends_on", N_("It ends before it starts."))
    if begins and ends_on is None and rule.matter is Matter.DATA_SHARING:
        raise BadInput("ends_on", N_("Sharing about people needs a day on which it ends."))
    if ends_on is not None and rule.longest_days and ends_on > start + timedelta(days=rule.longest_days):
        raise BadInput("ends_on", N_("The bylaws let this run for a shorter time."))


def choosing_of(rule: MatterRule, effect: str) -> Choosing | None:
    """How one chooses among several, where the bylaws decide the matter so. An end is yes or no."""
    return None if effect == "mandate.withdraw" else rule.choosing


def _options(given: Sequence[Mapping[str, Any]], choosing: Choosing | None) -> list[dict[str, Any]]:
    if not choosing:
        if given:
            raise BadInput("options", N_("The bylaws decide this by yes or no."))
        return []
    if len(given) > MOST_OPTIONS:
        raise BadInput("options", N_("These are too many options for one ballot."))
    found = []
    for place, option in enumerate(given, start=1):
        name = str(option.get("name", "")).strip()[:200]
        if not name:
            raise BadInput("options", N_("Give each option a name."))
        key = fold(str(option.get("key") or place)).replace(" ", "-")[:40]
        found.append({"key": key, "name": name, "cost_cents": option.get("cost_cents")})
    return found


def _seat_of(by: Actor, rule: MatterRule, seat_id: UUID | None) -> UUID | None:
    mine = [seat for seat in access.seats_of_account(by) if access.is_of(seat, rule.proposers)]
    if seat_id is not None and seat_id not in {seat.id for seat in mine}:
        raise NotFound("seat")
    return seat_id or next((seat.id for seat in mine), None)


def write_first(row: Proposal, sections: Iterable[tuple[str, str]], by: Actor) -> None:
    Section.objects.bulk_create(
        Section(
            proposal=row,
            place=place,
            heading=heading.strip()[:200],
            text=text.strip(),
            recorded_by_id=by.account_id,
        )
        for place, (heading, text) in enumerate(sections, start=1)
        if text.strip()
    )
