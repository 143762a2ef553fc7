"""Whether the others hold that an interest is a conflict. Pure."""


def held(conflict: int, none: int, others: int) -> bool | None:
    """What more than half of the uninvolved others hold; None: they have not said so yet.

    ``others``: how many voting units are neither concerned, nor claimed it, nor stepped out themselves. It is
    none as soon as no majority can find it to be one any more (DOMAIN §7.6: others decide).
    """
    if others <= 0:
        return None
    if 2 * conflict > others:
        return True
    return False if 2 * none >= others else None
