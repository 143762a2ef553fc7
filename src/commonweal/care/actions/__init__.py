"""Acts of care: teams, and the days of hospital stays."""

from commonweal.care.actions.stays import admit, tell_home
from commonweal.care.actions.teams import choose_lead, join, leave, program_of

__all__ = ["admit", "choose_lead", "join", "leave", "program_of", "tell_home"]
