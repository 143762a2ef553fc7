"""Z codes by the date of service (DOMAIN §1.7, 1-T8)."""

from datetime import date

import pytest

from commonweal.kernel.domains import NeedDomain
from commonweal.screening.rules.zcodes import TABLE, billable, suggest
from commonweal.screening.shapes import Determination, Traced
from commonweal.screening.vocabulary import Result

BILLABLE = [
    ("Z59.86", date(2025, 9, 30), True),
    ("Z59.86", date(2025, 10, 1), False),
    ("Z59.861", date(2025, 9, 30), False),
    ("Z59.861", date(2025, 10, 1), True),
    ("Z59.4", date(2021, 9, 30), True),
    ("Z59.4", date(2026, 11, 1), False),
    ("Z59.41", date(2021, 10, 1), True),
    ("Z59.81", date(2026, 1, 1), False),
    ("Z59.7", date(2024, 9, 30), True),
    ("Z59.7", date(2024, 10, 1), False),
    ("Z59.1", date(2023, 3, 31), True),
    ("Z59.1", date(2023, 4, 1), False),
    ("T74.11", date(2026, 1, 1), False),
]


@pytest.mark.parametrize(("code", "served", "allowed"), BILLABLE)
def test_billable_on_the_date_of_service(code, served, allowed):
    assert bool(billable(code, served)) is allowed


def risk(domain: NeedDomain, *answers: str, result: Result = Result.POSITIVE) -> Determination:
    return Determination(domain, result, "test.rule", "1", (Traced("a question", answers),))


SUGGESTED = [
    # domain, answers, date, codes
    (NeedDomain.FOOD, ("LA28397-0",), date(2026, 11, 18), ["Z59.41"]),
    (NeedDomain.FOOD, ("LA28397-0",), date(2021, 9, 30), ["Z59.4"]),
    (NeedDomain.UTILITIES, ("LA33-6",), date(2025, 10, 1), ["Z59.861"]),
    (NeedDomain.UTILITIES, ("LA33-6",), date(2025, 9, 30), ["Z59.87"]),
    (NeedDomain.UTILITIES, ("LA33-6",), date(2022, 9, 30), []),
    (NeedDomain.UTILITIES, ("LA32002-0",), date(2026, 1, 5), ["Z59.12", "Z59.861"]),
    (NeedDomain.MONEY, ("LA15832-1",), date(2025, 9, 30), ["Z59.86"]),
    (NeedDomain.MONEY, ("LA15832-1",), date(2025, 10, 1), ["Z59.869"]),
    (NeedDomain.MONEY, ("stuck",), date(2025, 10, 1), ["Z59.72"]),
    (NeedDomain.HOMELESSNESS, ("LA31995-6",), date(2026, 1, 5), ["Z59.00"]),
    (NeedDomain.HOUSING, ("LA31994-9",), date(2026, 1, 5), ["Z59.811"]),
    (NeedDomain.INADEQUATE_HOUSING, ("LA31998-0",), date(2026, 1, 5), ["Z59.11"]),
    (NeedDomain.INADEQUATE_HOUSING, ("LA28580-1",), date(2026, 1, 5), ["Z59.19"]),
    (NeedDomain.INADEQUATE_HOUSING, ("LA28580-1", "LA31998-0"), date(2026, 1, 5), ["Z59.11", "Z59.19"]),
    (NeedDomain.INADEQUATE_HOUSING, ("LA28580-1",), date(2023, 3, 31), ["Z59.1"]),
    (NeedDomain.TRANSPORT, ("LA33-6",), date(2022, 9, 30), []),
    (NeedDomain.TRANSPORT, ("LA33-6",), date(2022, 10, 1), ["Z59.82"]),
    (NeedDomain.WORK, ("too-little",), date(2026, 1, 5), []),  # has work: not unemployed
    (NeedDomain.WORK, ("looking",), date(2026, 1, 5), ["Z56.0"]),
]


@pytest.mark.parametrize(("domain", "answers", "served", "codes"), SUGGESTED)
def test_suggested_by_finding_and_date(domain, answers, served, codes):
    assert [s.code for s in suggest([risk(domain, *answers)], served)] == codes


@pytest.mark.parametrize("domain", [NeedDomain.SAFETY, NeedDomain.ELDER_ABUSE, NeedDomain.STRESS])
def test_nothing_is_ever_suggested_from_a_safety_screen(domain):
    assert suggest([risk(domain, "LA33-6", "no", "LA6482-9")], date(2026, 1, 5)) == ()


@pytest.mark.parametrize("result", [Result.NEGATIVE, Result.INDETERMINATE, Result.NOT_ASSESSED])
def test_no_code_without_a_risk(result):
    assert suggest([risk(NeedDomain.FOOD, "LA28398-8", result=result)], date(2026, 1, 5)) == ()


@pytest.mark.parametrize(
    "served", [date(2016, 1, 1), date(2022, 12, 1), date(2025, 9, 30), date(2026, 12, 1)]
)
def test_whatever_is_suggested_may_be_billed_that_day(served):
    answers = ("LA31998-0", "LA28580-1", "LA32002-0", "LA15832-1", "stuck", "looking", "LA30191-3")
    for suggestion in suggest([risk(domain, *answers) for domain in NeedDomain], served):
        assert billable(suggestion.code, served)
        assert not suggestion.code.startswith(("T74", "T76", "Z91"))


def test_no_header_stands_beside_the_codes_below_it():
    for header in TABLE:
        for below in TABLE:
            if below.code.startswith(header.code) and below.code != header.code:
                assert header.end is not None
                assert header.end <= below.start
