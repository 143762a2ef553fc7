"""Who checked what, and how long ago. What nobody checked for half a year is not shown as if it held."""

from datetime import datetime, timedelta

from commonweal.directory.shapes_search import Sentence
from commonweal.directory.vocabulary import VerifiedHow
from commonweal.kernel.words import N_

STALE = timedelta(days=180)


def is_stale(verified_at: datetime | None, moment: datetime) -> bool:
    """Whether the last check is too long ago, or never was."""
    return verified_at is None or moment - verified_at > STALE


def freshness_words(verified_at: datetime | None, how: VerifiedHow, by: str, moment: datetime) -> Sentence:
    """*Checked by phone 6 days ago.*"""
    if verified_at is None:
        return Sentence("fresh.never", N_("Nobody has checked this yet. Call first."))
    days = max(0, (moment - verified_at).days)
    ago = _ago(days)
    if days > STALE.days:
        return Sentence("fresh.stale", N_("Not checked for %(days)s days. Call first."), {"days": days})
    if how is VerifiedHow.PARTNER and by:
        return Sentence("fresh.partner", N_("Checked by %(by)s %(ago)s"), {"by": by, "ago": ago})
    return Sentence(f"fresh.{how or 'source'}", _HOW.get(how, _HOW[VerifiedHow.SOURCE]), {"ago": ago})


def _ago(days: int) -> Sentence:
    if days == 0:
        return Sentence("ago.today", N_("today"))
    if days == 1:
        return Sentence("ago.yesterday", N_("yesterday"))
    return Sentence("ago.days", N_("%(days)s days ago"), {"days": days})


_HOW = {
    VerifiedHow.ORGANIZATION: N_("Checked by them %(ago)s"),
    VerifiedHow.CALL: N_("Checked by phone %(ago)s"),
    VerifiedHow.PARTNER: N_("Checked by a partner %(ago)s"),
    VerifiedHow.SOURCE: N_("From their own list, %(ago)s"),
}
