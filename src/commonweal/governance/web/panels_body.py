"""What a body decides, on its page: its matters, what needs its yes, its questions and last decisions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.governance.models import Decision
from commonweal.governance.queries import bylaws, proposals
from commonweal.governance.queries import register as reading_register
from commonweal.governance.rules.bylaws_assents import yes_of
from commonweal.governance.shapes_bylaws import BylawsShape, MatterRule
from commonweal.governance.shapes_questions import QuestionLine
from commonweal.governance.vocabulary import MATTER_NAMES, Stage
from commonweal.governance.web.words import mark_of_line
from commonweal.partners.shapes import BodyShape, Panel

LAST = 5
_OPEN = (
    Stage.VOTING,
    Stage.PENDING_RESIDENTS,
    Stage.PENDING_RATIFICATION,
    Stage.NOTICE,
    Stage.TALKING,
)


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A matter as a body has part in it: its name, the article, what it says."""

    name: str
    article: str
    says: str


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A question before the body, with its state mark."""

    it: QuestionLine
    mark: tuple[str, str]


def panels(actor: Actor, body: BodyShape | None) -> Iterable[Panel]:
    """On the page of a body, what it decides; nothing before the first bylaws."""
    held = bylaws.in_force()
    if body is None or held is None:
        return
    decides, agrees = _by_article(_decides(held, body)), _by_article(_agrees(held, body))
    reads = bool(reading_register.may_read(actor))
    asked = [_open(line) for line in proposals.lines(actor, _OPEN, body.id)] if reads else []
    decided = _last(body) if reads else []
    if decides or agrees or asked or decided:
        context = {"decides": decides, "agrees": agrees, "asked": asked, "decided": decided, "body": body}
        yield Panel(20, "main", "governance/panels/body.html", context)


def _decides(held: BylawsShape, body: BodyShape) -> Iterator[MatterLine]:
    for matter, name in MATTER_NAMES.items():
        rule = held.decided_by(body.slug).get(matter)
        if rule is not None:
            yield _line(name, rule)


def _agrees(held: BylawsShape, body: BodyShape) -> Iterator[MatterLine]:
    """The matters of others that wait for this body's yes."""
    for matter, name in MATTER_NAMES.items():
        for rule in held.rules_of(matter):
            if rule.body != body.slug and body.slug in {slug for slug, _kind in yes_of(rule)}:
                yield _line(name, rule)
                break


def _by_article(lines: Iterable[MatterLine]) -> list[MatterLine]:
    """The matters that one article says the same of in one line, where the first of them stands."""
    together: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        together.setdefault((line.article, line.says), []).append(line.name)
    return [MatterLine(_listed(names), article, says) for (article, says), names in together.items()]


def _listed(names: list[str]) -> str:
    return ", ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])


def _line(name: str, rule: MatterRule) -> MatterLine:
    says = rule.text.get((get_language() or "en")[:2]) or rule.text.get("en", "")
    return MatterLine(_(name), rule.article, says)


def _open(line: QuestionLine) -> OpenLine:
    return OpenLine(line, mark_of_line(line))


def _last(body: BodyShape) -> list[Decision]:
    """The last decisions of the body, newest first."""
    return list(Decision.objects.filter(proposal__body_id=body.id).order_by("-number")[:LAST])
