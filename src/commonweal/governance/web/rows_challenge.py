"""A challenge on the page of its decision: who may make one, what it does, and those that were made."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.governance.facade import day_of
from commonweal.governance.queries import challenging
from commonweal.governance.queries.challenging import ChallengeGround, ChallengeMade
from commonweal.governance.rules.bylaws_words import WHO
from commonweal.governance.shapes import DecisionShape
from commonweal.governance.web.words import STAGE_WORDS
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_

NO_PATH = deny(
    "governance.challenge.no-path",
    N_("The bylaws have no challenge for this."),
    N_("Who holds a seat can put a new question about it."),
)


@dataclass(frozen=True, slots=True)
class ChallengeWay:
    """Who may challenge until when, in a sentence, and each thing that it does."""

    who: str
    does: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeRow:
    """A challenge that was made."""

    it: ChallengeMade
    kind: str
    state: str
    said: str


@dataclass(frozen=True, slots=True)
class Challenges:
    """All of it, for the page of one decision. ``refusal``: why this reader may not."""

    made: tuple[MadeRow, ...]
    way: ChallengeWay | None
    may: bool
    refusal: Verdict | None

    @property
    def is_open(self) -> bool:
        """Whether a challenge waits for its answer."""
        return any(one.it.is_open for one in self.made)


def challenges_of(decision: DecisionShape, actor: Actor) -> Challenges:
    """What the page of a decision says about challenging it."""
    made = challenging.challenges_of([decision.id]).get(decision.id, [])
    ground = challenging.ground(actor, decision.id) if decision.is_certified else None
    may = ground is not None and bool(ground.verdict)
    return Challenges(
        made=tuple(_made(one) for one in made),
        way=way_of(ground) if ground else None,
        may=may,
        refusal=ground.verdict if ground and not may and actor.account_id else None,
    )


def way_of(ground: ChallengeGround) -> ChallengeWay:
    """The way as the bylaws have it."""
    who = ", ".join(_(WHO[one]) for one in sorted(ground.challengers))
    words = _("Up to %(day)s it can be challenged, with reasons, by: %(who)s.")
    return ChallengeWay(words % {"day": day_of(ground.until), "who": who}, tuple(_does(ground)))


def _does(ground: ChallengeGround) -> list[str]:
    if ground.rests:
        return [
            _("What it put into effect stops the same moment."),
            _(
                "The same question is asked again, with your reasons at its head. "
                "Only a new yes lets it begin anew."
            ),
        ]
    if ground.asks_again:
        return [_("The same question is asked again, with your reasons at its head.")]
    return [
        _("What it put into effect goes on meanwhile."),
        _("A new question asks whether to withdraw it, with your reasons at its head."),
    ]


def _made(one: ChallengeMade) -> MadeRow:
    kind, state = STAGE_WORDS[one.stage]
    words = _("Challenged on %(day)s by %(who)s")
    return MadeRow(one, kind, _(state), words % {"day": day_of(one.recorded_at), "who": _(one.by_name)})
