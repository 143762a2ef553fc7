"""Merging a delivery into the directory: stage, judge, merge; all of it in the caller's transaction.

The caller has read and judged each row by itself and copies it to the staging table of its kind.
:class:`Intake` judges what only the whole shows (ids that repeat, references that lead nowhere), then
merges with one statement a kind: new rows in, changed rows over, vanished rows marked, none deleted.
"""

from commonweal.directory.actions.intake.merging import Merged
from commonweal.directory.actions.intake.session import Intake
from commonweal.directory.actions.intake.staging import Misfit

__all__ = ["Intake", "Merged", "Misfit"]
