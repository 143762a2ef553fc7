"""Who may see and do what in the directory. Silence means no."""

from uuid import UUID

from commonweal.directory.vocabulary import Visibility
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

OWN_STAFF = frozenset(
    {Role.CASE_WORKER, Role.SUPERVISOR, Role.CLINICIAN, Role.PART2_STAFF, Role.COUNTY_WORKER, Role.ORG_ADMIN}
)
"""Roles that speak for the services of their own partner."""
SENDERS = OWN_STAFF | {Role.COORDINATOR, Role.OPERATOR}
"""Roles that send people to services, and so may ask whether an entry still holds."""
REVIEWERS = frozenset({Role.COORDINATOR, Role.OPERATOR, Role.ORG_ADMIN, Role.SUPERVISOR, Role.COUNTY_WORKER})
"""Roles that see the review pages; all but the stewards see their own partner's services there."""


def is_steward(actor: Actor) -> bool:
    """Whether ``actor`` looks after the whole directory: at the backbone, or the operator."""
    if actor.role is Role.OPERATOR:
        return True
    if actor.role not in (Role.ORG_ADMIN, Role.COORDINATOR) or actor.partner_id is None:
        return False
    backbone = partners.backbone()
    return backbone is not None and actor.partner_id == backbone.id


def _is_own(actor: Actor, partner_id: UUID | None) -> bool:
    return partner_id is not None and actor.partner_id == partner_id and actor.role is not Role.PUBLIC


def sight(actor: Actor) -> tuple[Visibility, ...]:
    """The visibilities that ``actor`` may see anywhere: strangers only what is public."""
    if actor.role is Role.PUBLIC or actor.partner_id is None:
        return (Visibility.PUBLIC,)
    return (Visibility.PUBLIC, Visibility.PARTNERS)


def may_see(actor: Actor, visibility: str, partner_id: UUID | None) -> Verdict:
    """Whether ``actor`` may see a row of this visibility, of an organization of ``partner_id``."""
    if Visibility(visibility) in sight(actor):
        return allow("directory.see", N_("Everyone may see this."))
    if _is_own(actor, partner_id):
        return allow("directory.see.own", N_("It is your own organization’s."))
    return deny("directory.see.hidden", N_("There is no such entry."))


def may_report_capacity(actor: Actor, service_partner_id: UUID | None, *, by_link: bool = False) -> Verdict:
    """Room is told by the organization itself, also by its link, or by a steward who asked it."""
    if by_link:
        return allow("directory.capacity.link", N_("The link was sent to the organization itself."))
    if service_partner_id is not None and actor.partner_id == service_partner_id:
        return allow("directory.capacity.own", N_("It is your own organization’s service."))
    if is_steward(actor):
        return allow("directory.capacity.steward", N_("Stewards may record what they hear."))
    return deny(
        "directory.capacity.other",
        N_("Only the organization itself can say whether it has room."),
        N_("Call them and ask, or suggest a correction."),
    )


def may_review(actor: Actor, service_partner_id: UUID | None = None) -> Verdict:
    """Corrections and checks are settled by stewards, and by an organization for its own services."""
    if is_steward(actor):
        return allow("directory.review.steward", N_("You look after the directory."))
    if _is_own(actor, service_partner_id) and actor.role in REVIEWERS:
        return allow("directory.review.own", N_("It is your own organization’s service."))
    return deny(
        "directory.review.no",
        N_("Entries are changed by those who look after the directory."),
        N_("Suggest a correction: it reaches them."),
    )


def may_ask_verification(actor: Actor) -> Verdict:
    """Anyone signed in who helps people may ask that an entry be checked."""
    if actor.role in SENDERS:
        return allow(
            "directory.verify.ask", N_("Whoever sends people somewhere may ask whether it still holds.")
        )
    return deny("directory.verify.no", N_("Sign in to ask for a check, or suggest a correction."))


def may_ask_all(actor: Actor) -> Verdict:
    """Asking every organization whose entries are due is for those who look after the whole directory."""
    if is_steward(actor):
        return allow("directory.verify.all", N_("You look after the directory."))
    return deny(
        "directory.verify.all.no",
        N_("Everyone is asked by those who look after the directory."),
        N_("Ask about one entry at a time."),
    )


def may_ask_room(actor: Actor, service_partner_id: UUID | None) -> Verdict:
    """Whoever sends people may ask a service for room; one's own partner tells its room itself."""
    if _is_own(actor, service_partner_id):
        return deny(
            "directory.room.own",
            N_("It is your own organization’s service."),
            N_("Say under “Our room” whether there is room."),
        )
    if actor.role in SENDERS:
        return allow("directory.room.ask", N_("Whoever sends people may ask whether there is room."))
    return deny("directory.room.no", N_("Sign in to ask whether there is room, or call."))


def may_verify(actor: Actor, service_partner_id: UUID | None, *, by_link: bool) -> Verdict:
    """What is published is confirmed by the organization: by the link it was sent, or signed in."""
    if by_link:
        return allow("directory.verify.link", N_("The link was sent to the organization itself."))
    if _is_own(actor, service_partner_id):
        return allow("directory.verify.own", N_("It is your own organization’s service."))
    return deny("directory.verify.other", N_("Only the organization itself can confirm its entry."))


def may_suggest(actor: Actor) -> Verdict:
    """Anyone, signed in or not."""
    return allow("directory.suggest", N_("Everyone may say that something is no longer right."))


def may_edit_words(actor: Actor) -> Verdict:
    """The words of the search and the mapping of terms are kept by the stewards."""
    if is_steward(actor):
        return allow("directory.words", N_("You look after the directory."))
    return deny("directory.words.no", N_("The words of the search are kept by those who look after it."))
