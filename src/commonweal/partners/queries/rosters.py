"""Who takes part in a body without a seat, read for one account."""

from uuid import UUID

from commonweal.partners.models import Enrollment


def takes_part(body_id: UUID, account_id: UUID | None) -> UUID | None:
    """The member by which an account takes part in a body without a seat; None where it does not."""
    if account_id is None:
        return None
    rows = Enrollment.objects.filter(body_id=body_id, left_on=None, member__account_id=account_id)
    return rows.filter(member__left_on=None).values_list("member_id", flat=True).first()
