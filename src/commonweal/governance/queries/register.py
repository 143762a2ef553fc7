"""Who may read what was decided and what is before the table, by the bylaws in force."""

from commonweal.foundation.access import Actor
from commonweal.governance import access
from commonweal.governance.queries import bylaws
from commonweal.kernel.verdict import Verdict


def may_read(actor: Actor) -> Verdict:
    """Read the register: decisions, questions and their ballots.

    The bylaws themselves and agreements are read by all, whatever the bylaws say: who is told about whom, and
    under what, is the business of those whose records move.
    """
    held = bylaws.in_force()
    return access.may_read_register(actor, is_public=held is None or held.is_register_public)
