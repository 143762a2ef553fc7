"""Who may open the pages of those who sit at the table: the seat decides, not the role in which they work."""

from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import requires

AT_TABLE = (
    Role.MEMBER,
    Role.ORG_ADMIN,
    Role.CASE_WORKER,
    Role.SUPERVISOR,
    Role.CLINICIAN,
    Role.PART2_STAFF,
    Role.COUNTY_WORKER,
    Role.COORDINATOR,
    Role.ANALYST,
    Role.ELECTION_OFFICER,
    Role.FINANCE_MAKER,
    Role.FINANCE_CHECKER,
    Role.PRIVACY_OFFICER,
)

SEATED = AT_TABLE

at_table = requires(*AT_TABLE, purpose=Purpose.GOV)
