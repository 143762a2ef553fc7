"""What the page of the table shows of the shared charter: what we are here for, and how many signed it."""

from collections.abc import Iterable

from commonweal.foundation.access import Actor
from commonweal.governance.queries import shared_charter
from commonweal.governance.rules.shared_charter import counted
from commonweal.governance.vocabulary_shared_charter import Part, Signs
from commonweal.partners.shapes import BodyShape, Panel


def panels(actor: Actor, body: BodyShape | None) -> Iterable[Panel]:
    """On the page of the table, the mission that was adopted."""
    if body is not None:
        return
    held = shared_charter.in_force()
    if held is not None:
        found = shared_charter.signatories(held.id)
        signed = counted(one.stands for one in found)[Signs.SIGNED]
        context = {"mission": held.parts[Part.MISSION], "signed": signed, "of": len(found)}
        yield Panel(5, "aside", "governance/panels/shared_charter.html", context)
