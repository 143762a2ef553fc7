"""Merging a delivery into the directory: stage, judge, merge; the merging in one transaction of the caller.

The caller has read and judged each row by itself and copies it to the staging table of its kind.
:class:`Stage` judges what only the whole shows (ids that repeat, references that lead nowhere);
:class:`Intake` then merges with one statement a kind: new rows in, changed rows over, vanished rows marked,
none deleted.
"""

from commonweal.directory.actions.intake.merging import Merged
from commonweal.directory.actions.intake.misfits import Misfit
from commonweal.directory.actions.intake.session import Intake, leave_no_stage
from commonweal.directory.actions.intake.staging import Judged, Stage

__all__ = ["Intake", "Judged", "Merged", "Misfit", "Stage", "leave_no_stage"]
