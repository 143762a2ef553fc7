"""When a risk becomes a need, and how a need moves (DOMAIN §1.1, 1-T9, 1-T12)."""

from itertools import product

import pytest

from commonweal.screening.rules.exactly import exactly_one, origin_fault, patient_task_fault
from commonweal.screening.rules.needs import may_move, may_raise
from commonweal.screening.vocabulary import NeedStatus, Result, Wish

OPEN, HELPED, MET = NeedStatus.OPEN, NeedStatus.BEING_HELPED, NeedStatus.MET
UNMET, WITHDRAWN = NeedStatus.UNMET, NeedStatus.WITHDRAWN

LEGAL = {
    (OPEN, HELPED), (OPEN, MET), (OPEN, UNMET), (OPEN, WITHDRAWN),
    (HELPED, OPEN), (HELPED, MET), (HELPED, UNMET), (HELPED, WITHDRAWN),
    (UNMET, OPEN), (UNMET, HELPED), (UNMET, MET), (UNMET, WITHDRAWN),
    (MET, OPEN), (WITHDRAWN, OPEN),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), list(product(NeedStatus, NeedStatus)))
def test_moves(before, after):
    assert bool(may_move(before, after, "because of snow")) is ((before, after) in LEGAL)


@pytest.mark.parametrize("after", [UNMET, WITHDRAWN])
def test_an_ending_without_help_says_why(after):
    assert not may_move(OPEN, after, "  ")
    assert may_move(OPEN, after, "The fund is empty until January")


WANTED = [
    (Result.POSITIVE, Wish.YES, True),
    (Result.POSITIVE, Wish.NOT_NOW, False),
    (Result.POSITIVE, Wish.HAVE_HELP, False),
    (Result.POSITIVE, None, False),
    (Result.NEGATIVE, Wish.YES, False),
    (Result.INDETERMINATE, Wish.YES, False),
    (Result.NOT_ASSESSED, Wish.YES, False),
    (None, Wish.YES, True),
    (None, None, False),
]


@pytest.mark.parametrize(("result", "wish", "allowed"), WANTED)
def test_a_risk_becomes_a_need_only_when_help_is_wanted(result, wish, allowed):
    assert bool(may_raise(result, wish)) is allowed


EIGHT = list(product((False, True), repeat=3))


@pytest.mark.parametrize(("form", "pdf", "url"), EIGHT)
def test_exactly_one_is_counted_not_xored(form, pdf, url):
    assert exactly_one(form, pdf, url) is ([form, pdf, url].count(True) == 1)
    assert (patient_task_fault(questionnaire=form, pdf=pdf, url=url) == "") is exactly_one(form, pdf, url)


ORIGINS = [
    # derived, performers, sources, in order
    (True, 0, 4, True),
    (True, 0, 0, False),
    (True, 1, 4, False),
    (True, 1, 0, False),
    (False, 1, 0, True),
    (False, 0, 0, True),
    (False, 1, 2, False),
    (False, 0, 2, False),
]


@pytest.mark.parametrize(("derived", "performers", "sources", "in_order"), ORIGINS)
def test_where_a_screening_observation_comes_from(derived, performers, sources, in_order):
    assert (origin_fault(derived=derived, performers=performers, sources=sources) == "") is in_order
