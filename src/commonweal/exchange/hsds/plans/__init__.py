"""How the rows of one table become records: a plan is made once for each header, then used row after row.

``header`` tells which cell is what; ``rows`` holds one row while it is prepared; ``plan`` prepares rows one
by one, with all care; ``plain`` prepares those of a batch that need none, column by column.
"""

from commonweal.exchange.hsds.plans.plain import Plain
from commonweal.exchange.hsds.plans.plan import Plan
from commonweal.exchange.hsds.plans.rows import FINISHERS, OWN, SMOOTHERS, Columns, Row

__all__ = ["FINISHERS", "OWN", "SMOOTHERS", "Columns", "Plain", "Plan", "Row"]
