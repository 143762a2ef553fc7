"""Five facts that a missing answer can hide (DOMAIN §0.2 rule 1)."""

from enum import StrEnum


class Answered(StrEnum):
    """What is known about a question put to a person. Only YES and NO are answers."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not-asked"
    DECLINED = "declined"
    UNABLE = "unable"
    UNKNOWN = "unknown"

    @property
    def is_known(self) -> bool:
        return self in (Answered.YES, Answered.NO)
