"""Who speaks for a holder's data. Silence means no."""

from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import SEATED, Purpose, Role
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import Authority

_KNOWS_ITS_DATA = (Role.ORG_ADMIN, Role.ANALYST, Role.SUPERVISOR, Role.MEMBER)


def may_say_of_data(by: Actor, partner_id: UUID | None) -> Verdict:
    """May ``by`` say in a partner's own words what its data shows, and what it does not?"""
    own = partner_id is not None and by.partner_id == partner_id and by.account_id is not None
    if own and by.purpose is Purpose.GOV and by.role in _KNOWS_ITS_DATA:
        return allow("data.words.own", N_("Each organization says for itself what its data shows."))
    return deny(
        "data.words.not-own",
        N_("Only the organization that holds the data says what it shows and what it does not."),
        N_("Ask its delegate or its administrator to write it."),
    )


def may_ask_analysis(by: Actor) -> Verdict:
    """May ``by`` ask holders for an analysis? Whoever sits at the table may ask; nobody has to answer yes."""
    if by.purpose is Purpose.GOV and by.account_id is not None and by.role in SEATED:
        return allow("analysis.ask.at-table", N_("Whoever sits at the table may ask."))
    return deny(
        "analysis.ask.not-at-table",
        N_("Only those who sit at the table ask for an analysis."),
        N_("Ask a delegate or a resident member to ask for you."),
    )


def may_answer(by: Actor, partner_id: UUID | None) -> Verdict:
    """May ``by`` answer for a holder's rows? Its own delegate, whom it let decide on data sharing alone."""
    if by.purpose is not Purpose.GOV or by.account_id is None or partner_id is None:
        return _NOT_DELEGATE
    if by.partner_id != partner_id:
        return _NOT_DELEGATE
    held = [
        one
        for seat in partners.seats_with_account(by.account_id)
        if seat.partner_id == partner_id
        for one in ((seat.holder,) if seat.holder else ()) + seat.alternates
        if one.account_id == by.account_id
    ]
    if not held:
        return _NOT_DELEGATE
    if all(partners.authority_in(one, "data-sharing") is not Authority.FULL for one in held):
        return deny(
            "analysis.answer.no-authority",
            N_("You sit for your organization, and it has not let you decide on its data alone."),
            N_("Ask it to say so on the page of your seat."),
        )
    return allow("analysis.answer.own", N_("You sit for the organization that holds these rows."))


_NOT_DELEGATE = deny(
    "analysis.answer.not-delegate",
    N_("Only the organization that holds the rows answers for them, by its own delegate."),
    N_("Ask its delegate."),
)


def may_run(by: Actor) -> Verdict:
    """May ``by`` let an analysis run? The counting program alone reads rows, without names."""
    if by.role in (Role.ANALYST, Role.BACKEND_SERVICE) and by.purpose is Purpose.OPS:
        return allow("analysis.run.counting", N_("Counting, without names, what was authorized."))
    return deny(
        "analysis.run.not-counting",
        N_("Only the counting program runs an analysis."),
        N_("It runs each night once it is authorized."),
    )
