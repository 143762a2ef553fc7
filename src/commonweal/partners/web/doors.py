"""Who may open the pages of those who sit at the table: the seat decides, not the role in which they work."""

from commonweal.foundation.access.vocabulary import SEATED, Purpose
from commonweal.foundation.access.web import requires

__all__ = ["SEATED", "at_table"]

at_table = requires(*SEATED, purpose=Purpose.GOV)
