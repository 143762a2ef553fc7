"""In which ways this reader may end what a decision put into effect."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.governance import access
from commonweal.governance.queries import stopping
from commonweal.governance.shapes import MandateShape
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Ways:
    """``whole``: by hand, at once. ``party``: one's own telling. ``rest``: the emergency path. ``agreed``:
    the body that said yes, where the reader may ask it to take that back. ``ask``: where to put it to the
    table, empty while there are no bylaws."""

    whole: Verdict
    party: bool
    rest: bool
    rest_days: int
    agreed: str
    ask: str

    @property
    def any(self) -> bool:
        return bool(self.whole) or self.party or self.rest or bool(self.agreed)


def ways_to_end(by: Actor, mandate: MandateShape) -> Ways:
    """What this reader may do about it, by the rules that the acts ask again."""
    resting = stopping.to_rest(by, mandate)
    is_sharing = mandate.matter is Matter.DATA_SHARING
    query = urlencode({"effect": "mandate.withdraw", "mandate": str(mandate.id)})
    gate = stopping.body_that_agreed(mandate) if stopping.may_take_assent_back(by, mandate) else None
    bound = access.first_day_of_bylaws() is not None
    return Ways(
        whole=access.may_withdraw(by),
        party=is_sharing and bool(stopping.may_stop_telling(by, mandate)),
        rest=bool(resting.verdict),
        rest_days=resting.expires_days,
        agreed=_(gate.name) if gate else "",
        ask=f"{reverse('governance:question-new')}?{query}" if bound else "",
    )
