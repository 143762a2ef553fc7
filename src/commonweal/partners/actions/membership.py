"""Acts on partners and members."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, current_actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts import actions as accounts
from commonweal.foundation.accounts import notices
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import access, queries, rules
from commonweal.partners.events import (
    LimitsStated,
    MembershipEnded,
    PartnerJoined,
    PartnerLeft,
    SeatVacated,
)
from commonweal.partners.models import Holding, Member, Partner, Seat
from commonweal.partners.vocabulary import Kind, MemberKind, Sector
from commonweal.partners.vocabulary_seats import OnLeaving


def _check(verdict: Verdict) -> Verdict:
    if not verdict:
        raise Refused(verdict)
    return verdict


def _locked(partner_id: UUID) -> Partner:
    found = Partner.objects.select_for_update().filter(pk=partner_id).first()
    if found is None:
        raise NotFound("partner")
    return found


@transaction.atomic
def join(
    *,
    by: Actor,
    slug: str,
    name: str,
    sector: Sector,
    kind: Kind = Kind.ORGANIZATION,
    can_do: str = "",
    cannot_do: str = "",
    languages: Iterable[str] = ("en",),
    email: str = "",
    phone: str = "",
    website: str = "",
    place: str = "",
    is_victim_service_provider: bool = False,
    joined_on: date | None = None,
    partner_id: UUID | None = None,
    under: UUID | None = None,
) -> UUID:
    """Take an organization in; once bylaws are in force, under a mandate that admits it.

    Raises Refused; Conflict when the slug or the backbone's place is taken.
    """
    because = _check(access.may_take_in(by, under))
    if Partner.objects.filter(slug=slug).exists():
        raise Conflict(f"There is a partner called {slug} already.")
    if kind is Kind.BACKBONE and queries.backbone() is not None:
        raise Conflict("There is a backbone already.")
    day = joined_on or today()
    row = Partner(
        slug=slug,
        name=name.strip(),
        sector=sector.value,
        kind=kind.value,
        can_do=can_do.strip(),
        cannot_do=cannot_do.strip(),
        limits_stated_on=day if can_do.strip() else None,
        languages=list(languages),
        email=email,
        phone=phone,
        website=website,
        place=place,
        is_victim_service_provider=is_victim_service_provider,
        joined_on=day,
        given_under=under,
    )
    if partner_id is not None:
        row.id = partner_id
    row.save(force_insert=True)
    audit.record(
        "partner.joined",
        by=by,
        subject=("partner", row.id),
        words=N_("Took a partner in."),
        because=because.rule,
    )
    publish(PartnerJoined(row.id))
    return row.id


@transaction.atomic
def leave(partner_id: UUID, *, by: Actor, why: str, under: UUID | None = None) -> None:
    """Let a partner leave: every role of its people, and every seat that it had, ends now. Leaving twice
    changes nothing. An organization's own administrator may always let it leave."""
    because = _check(_may_let_leave(by, partner_id, under))
    row = _locked(partner_id)
    if row.left_on is not None:
        return
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    row.left_on, row.left_why = max(today(), row.joined_on), why.strip()[:300]
    row.given_under = under or row.given_under
    row.save(update_fields=["left_on", "left_why", "given_under"])
    _leave_seats(row, under)
    accounts.unseat_partner(partner_id, why=why, by=by, verdict=because)
    Member.objects.filter(partner=row, left_on=None, joined_on__lte=row.left_on).update(left_on=row.left_on)
    audit.record(
        "partner.left",
        by=by,
        subject=("partner", row.id),
        words=N_("A partner left."),
        because=because.rule,
    )
    publish(PartnerLeft(row.id, why.strip()))


def _may_let_leave(by: Actor, partner_id: UUID, under: UUID | None) -> Verdict:
    if by.role is Role.ORG_ADMIN and by.partner_id == partner_id:
        return access.may_run(by, partner_id)
    return access.may_take_in(by, under)


def _leave_seats(row: Partner, under: UUID | None) -> None:
    """Whoever sat for a partner that left sits no longer. A seat that speaks for more than the partner stays,
    vacant, for the table to give to another; the others are taken away, unless the bylaws say otherwise."""
    assert row.left_on is not None
    seats = Seat.objects.filter(partner=row, ends_on=None, starts_on__lte=row.left_on).select_related("body")
    _end_sitting(Q(seat__in=seats), row.left_on, row.left_why)
    ending = [seat.pk for seat in seats if _fate(seat) is OnLeaving.ENDS]
    changes = {"given_under": under} if under else {}
    Seat.objects.filter(pk__in=ending).update(ends_on=row.left_on, ended_why=row.left_why, **changes)


def _fate(seat: Seat) -> OnLeaving:
    return rules.on_leaving(
        speaks_for_more=bool(seat.sector or seat.place or seat.population),
        rule=queries.seat_rule(seat.body.slug),
    )


def _end_sitting(whose: Q, day: date, why: str) -> set[UUID]:
    """End the sittings of some members; returns the seats that fell vacant."""
    live = Holding.objects.filter(whose & (Q(ended_on=None) | Q(ended_on__gt=day)), starts_on__lte=day)
    vacated = set(live.filter(is_alternate=False).values_list("seat_id", flat=True))
    live.update(ended_on=day, ended_why=why[:300])
    return vacated


@transaction.atomic
def state_limits(partner_id: UUID, *, by: Actor, can_do: str, cannot_do: str) -> None:
    """Say in plain words what the partner can and cannot do. Raises BadInput for half a statement."""
    because = _check(access.may_run(by, partner_id))
    fault = rules.limits_fault(can_do, cannot_do)
    if fault:
        raise BadInput("can_do", fault)
    row = _locked(partner_id)
    row.can_do, row.cannot_do, row.limits_stated_on = can_do.strip(), cannot_do.strip(), today()
    row.save(update_fields=["can_do", "cannot_do", "limits_stated_on"])
    audit.record(
        "partner.limits-stated",
        by=by,
        subject=("partner", row.id),
        words=N_("Said what a partner can and cannot do."),
        because=because.rule,
    )
    publish(LimitsStated(row.id))


@transaction.atomic
def set_contact(
    partner_id: UUID, *, by: Actor, email: str, phone: str, website: str, place: str, languages: Iterable[str]
) -> None:
    """Say how a partner is reached, and in which languages."""
    because = _check(access.may_run(by, partner_id))
    row = _locked(partner_id)
    row.email, row.phone, row.website, row.place = (
        email.strip(),
        phone.strip(),
        website.strip(),
        place.strip(),
    )
    row.languages = list(languages)
    row.save(update_fields=["email", "phone", "website", "place", "languages"])
    audit.record(
        "partner.contact-set",
        by=by,
        subject=("partner", row.id),
        words=N_("Changed how a partner is reached."),
        because=because.rule,
    )


@transaction.atomic
def invite_member(
    partner_id: UUID,
    *,
    by: Actor,
    name: str,
    email: str,
    role: Role,
    title: str = "",
    language: str = "en",
    send: bool = True,
) -> accounts.Invited:
    """Ask someone to work for a partner in a role.

    - New here: account, membership and member are made; the invitation ends in a passkey.
    - Works here already: gets the further role at once (``secret`` is empty). Invited to the role that they
      hold, they get a new way in: that is how someone who lost every passkey comes back.
    - Has an account elsewhere: the seat is made only when they accept it, signed in as themselves, so that
      no partner can touch the account of another's worker.

    Whether a person served uses the address for their own page plays no part. Raises Refused, and Conflict
    for a partner that left.
    """
    existing = queries.account_with_email(email)
    because = _check(access.may_seat(by, partner_id, role, to_account=existing.pk if existing else None))
    partner = _locked(partner_id)
    if partner.left_on is not None:
        raise Conflict("This partner has left.")
    account_id = accounts.open_staff_account(
        name=name, email=email, language=language, by=by, verdict=because
    )
    roles = {m.role for m in queries.memberships(account_id=account_id, partner_id=partner_id)}
    is_elsewhere = not roles and bool(queries.memberships(account_id=account_id))
    if is_elsewhere:
        invited = accounts.invite(account_id, None, by=by, verdict=because, partner_id=partner_id, role=role)
    else:
        membership_id = accounts.seat(account_id, partner_id=partner_id, role=role, by=by, verdict=because)
        add_member(partner_id, by=by, name=name, title=title, account_id=account_id)
        if roles and role.value not in roles and Account.objects.get(pk=account_id).is_active:
            return accounts.Invited(account_id, membership_id, "")
        invited = accounts.invite(account_id, membership_id, by=by, verdict=because)
    if send:
        notices.send_invitation(Account.objects.get(pk=account_id), invited.secret, partner=partner.name)
    return invited


@transaction.atomic
def add_member(
    partner_id: UUID,
    *,
    by: Actor,
    name: str,
    title: str = "",
    kind: MemberKind = MemberKind.DELEGATE,
    lives_here: bool = False,
    account_id: UUID | None = None,
    joined_on: date | None = None,
) -> UUID:
    """Add a human who takes part for a partner; the same account twice changes nothing."""
    because = _check(access.may_run(by, partner_id))
    if account_id:
        known = Member.objects.filter(partner_id=partner_id, account_id=account_id, left_on=None).first()
        if known is not None:
            return known.id
    row = Member.objects.create(
        partner_id=partner_id,
        account_id=account_id,
        name=name.strip(),
        title=title.strip(),
        kind=kind.value,
        lives_here=lives_here,
        joined_on=joined_on or today(),
    )
    audit.record(
        "member.added",
        by=by,
        subject=("member", row.id),
        words=N_("Added someone who takes part for a partner."),
        because=because.rule,
    )
    return row.id


@transaction.atomic
def welcome(account_id: UUID, partner_id: UUID, *, by: Actor | None = None) -> None:
    """Count an account that accepted a partner's invitation among those who take part for it.

    The offer was judged when it was made; ``by`` is who accepted, by default the present actor.
    """
    account = Account.objects.get(pk=account_id)
    row, made = Member.objects.get_or_create(
        partner_id=partner_id,
        account_id=account_id,
        left_on=None,
        defaults={"name": account.name, "kind": MemberKind.DELEGATE.value, "joined_on": today()},
    )
    if made:
        audit.record(
            "member.added",
            by=by or current_actor(),
            subject=("member", row.id),
            words=N_("Added someone who takes part for a partner."),
            because="partners.invitation.accepted",
        )


@transaction.atomic
def welcome_resident_member(
    *,
    by: Actor,
    name: str,
    lives_here: bool,
    is_or_was_served: bool,
    works_for_partner: bool = False,
    account_id: UUID | None = None,
    joined_on: date | None = None,
) -> UUID:
    """Welcome a resident member; with an account, it may act as a member of the table. Raises Refused."""
    because = _check(access.may_admit(by))
    _check(
        rules.may_be_resident_member(
            lives_here=lives_here, is_or_was_served=is_or_was_served, works_for_partner=works_for_partner
        )
    )
    row = Member.objects.create(
        name=name.strip(),
        kind=MemberKind.RESIDENT.value,
        lives_here=True,
        is_or_was_served=True,
        account_id=account_id,
        joined_on=joined_on or today(),
    )
    if account_id is not None:
        accounts.seat(account_id, partner_id=None, role=Role.MEMBER, by=by, verdict=because)
    audit.record(
        "member.resident-welcomed",
        by=by,
        subject=("member", row.id),
        words=N_("Welcomed a resident member."),
        because=because.rule,
    )
    return row.id


@transaction.atomic
def end_membership(membership_id: UUID, *, by: Actor, why: str) -> None:
    """End someone's role; it is gone with their next request."""
    found = queries.membership(membership_id)
    if found is None:
        raise NotFound("membership")
    because = _check(access.may_unseat(by, found.partner_id))
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    if found.until is not None:
        return
    accounts.unseat(membership_id, why=why, by=by, verdict=because)
    _stand_down(found.account_id, found.partner_id, why.strip())
    publish(MembershipEnded(found.account_id, found.partner_id, found.role))


def _stand_down(account_id: UUID, partner_id: UUID | None, why: str) -> None:
    """Whoever lost their last role at a partner no longer takes part for it, nor sits in its seats."""
    if partner_id is None or queries.memberships(account_id=account_id, partner_id=partner_id):
        return
    day = today()
    gone = Member.objects.filter(account_id=account_id, partner_id=partner_id, left_on=None)
    gone = gone.filter(joined_on__lte=day)
    for seat_id in sorted(_end_sitting(Q(member__in=list(gone)), day, why)):
        publish(SeatVacated(seat_id))
    gone.update(left_on=day)
