"""An emergency on the page: that it is one, by which rule, when it ends, and how it can last."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.governance.actions.proposing import confirming
from commonweal.governance.models import Proposal
from commonweal.governance.queries import bylaws, emergencies
from commonweal.governance.shapes_bylaws import Emergency
from commonweal.governance.vocabulary import Matter
from commonweal.governance.web.questions_rows import moment_said


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says of an emergency; ``may_keep``: whether the reader can ask the table to keep it."""

    words: tuple[str, ...]
    is_live: bool
    may_keep: bool
    kept_by: int | None


def shown(question_id: UUID, actor: Actor) -> Shown | None:
    """The emergency of a question; None where there is none."""
    found = emergencies.hurried(question_id)
    if found is None:
        return None
    words = [_("It is voted on before notice has run, because it can’t wait.")]
    if found.ends_at is not None:
        words = _since(found)
    elif found.path is not None:
        words += rule_words(found.path)
    row = Proposal.objects.get(pk=question_id)
    may = confirming.may_ask_to_keep(actor, row, bylaws.rule_for(Matter(row.matter)))
    return Shown(tuple(words), found.is_live, bool(may), found.kept_by)


def told_of(number: int | None) -> list[str]:
    """What the page of a decision says of its emergency: nothing where it was not hurried."""
    row = Proposal.objects.filter(number=number or 0, is_emergency=True).first()
    found = emergencies.hurried(row.pk) if row else None
    return _since(found) if found else []


def _since(found: emergencies.Hurried) -> list[str]:
    """That notice had not run, when what it started ends, and when it is looked at."""
    words = [_("It was voted on before notice had run.")]
    if found.ends_at is not None:
        ends = _("What it started ends by itself on %(day)s.") % {"day": moment_said(found.ends_at)}
        words.append(ends.replace("..", "."))  # after “p.m.” one is enough
        if found.review_on is not None:
            day = date_format(found.review_on, "DATE_FORMAT")
            words.append(_("The table looks at it again on %(day)s.") % {"day": day})
    return words


def rule_words(path: Emergency) -> list[str]:
    """What the bylaws ask of an emergency, and what they take from it."""
    share = path.threshold
    part = {"part": f"{share.numerator}/{share.denominator}"}
    asks = _("More than %(part)s must say yes.") if share.over else _("At least %(part)s must say yes.")
    ends = _("What it starts ends by itself after %(days)s days, and is looked at again after %(review)s.")
    return [asks % part, ends % {"days": path.expires_days, "review": path.review_days}]
