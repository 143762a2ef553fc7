"""A real count of *exactly one*, where chained exclusive-or is true for three as well (DOMAIN 1-T12)."""


def exactly_one(*present: object) -> bool:
    """True when one of ``present`` is truthy, and no other.

    >>> exactly_one(1, 0, 0), exactly_one(1, 1, 1)
    (True, False)
    """
    return sum(map(bool, present)) == 1


def patient_task_fault(*, questionnaire: object, pdf: object, url: object) -> str:
    """What is wrong with the inputs of a patient task (SDOH-Task-1), or nothing."""
    if exactly_one(questionnaire, pdf, url):
        return ""
    count = sum(map(bool, (questionnaire, pdf, url)))
    return f"needs exactly one of questionnaire, pdf and url, has {count}"


def origin_fault(*, derived: bool, performers: int, sources: int) -> str:
    """What is wrong with where a screening observation comes from, or nothing.

    A derived item (95614-4, 88124-3) has no performer and points to its sources; an asked one
    has a performer at most and points to none (DOMAIN §1.8).
    """
    if derived and performers:
        return "a derived item has no performer"
    if derived and not sources:
        return "a derived item points to the answers it comes from"
    if not derived and sources:
        return "an asked item is not derived from others"
    return ""
