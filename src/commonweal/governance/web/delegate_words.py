"""What the one who votes may decide here, and why, in plain words on the ballot (DOMAIN §7.6)."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commonweal.governance.rules.delegation import dollars
from commonweal.governance.shapes_questions import MyVote
from commonweal.governance.vocabulary import MATTER_NAMES
from commonweal.partners.shapes import AuthorityShape, Latitude


def may_here(vote: MyVote) -> str:
    """What the word of their organization lets them decide in this vote; empty where nobody stands behind
    the seat."""
    if vote.word is None:
        return ""
    said = [_word(vote.word, vote), _source(vote.word)]
    if vote.is_advisory:
        if _lets(vote.word, vote):
            said.append(_("When voting opened you had not been given this yet."))
        said.append(_("Your yes waits until your organization stands behind it."))
    return " ".join(filter(None, said))


def _lets(word: AuthorityShape, vote: MyVote) -> bool:
    if word.latitude is Latitude.WITHIN and word.limit_cents is not None and vote.cents is not None:
        return vote.cents <= word.limit_cents
    return word.latitude in (Latitude.ALONE, Latitude.WITHIN)


def _word(word: AuthorityShape, vote: MyVote) -> str:
    about = {"matter": _(MATTER_NAMES[vote.matter])}
    if word.latitude is Latitude.WITHIN:
        return _within(word, vote)
    if word.latitude is Latitude.ALONE:
        return (
            _("On “%(matter)s” your organization lets you decide alone.") % about
            if word.matter
            else _("Your organization lets you decide alone.")
        )
    if word.latitude is Latitude.AFTER_ASKING:
        return (
            _("On “%(matter)s” you decide after asking your organization.") % about
            if word.matter
            else _("You decide after asking your organization.")
        )
    return (
        _("On “%(matter)s” you do not decide; someone else in your organization does.") % about
        if word.matter
        else _("You do not decide; someone else in your organization does.")
    )


def _within(word: AuthorityShape, vote: MyVote) -> str:
    bounds = _(word.bounds)
    if word.limit_cents is None or vote.cents is None:
        return _("You decide alone within bounds: %(bounds)s") % {"bounds": bounds}
    sums = {"limit": dollars(word.limit_cents), "sum": dollars(vote.cents), "bounds": bounds}
    if vote.cents <= word.limit_cents:
        return _("You decide alone up to %(limit)s, and a yes costs up to %(sum)s. %(bounds)s") % sums
    return _("You decide alone up to %(limit)s, and a yes may cost %(sum)s. %(bounds)s") % sums


def _source(word: AuthorityShape) -> str:
    if not word.said_by:
        return ""
    day = date_format(word.starts_on, "DATE_FORMAT")
    return _("Said by %(who)s, %(day)s.") % {"who": word.said_by, "day": day}
