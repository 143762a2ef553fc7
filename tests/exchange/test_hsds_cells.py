"""Single cells, as real directories write them."""

import pytest

from commonweal.exchange.hsds import cells, hours, phones, tongues
from commonweal.exchange.hsds.faults import REASONS, Fault, Unreadable


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Food  ", "Food"),
        ("null", ""),
        ("N/A", ""),
        ("!-hsds-required-!", ""),
        ("O&rsquo;Brien &amp; Sons", "O’Brien & Sons"),
        ("we&amp;rsquo;re", "we’re"),
        ("one\\n\\n\\n\\ntwo\\n###MON###", "one\n\ntwo"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("<p>one</p><p>two<br/>three</p>", "one\ntwo\nthree"),
        ("<style>p{}</style>shown<script>x()</script>", "shown"),
        ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
        ("a\u202eb\x07c", "abc"),
        ("Año", "Año"),
    ],
)
def test_text_is_plain(cell, text):
    assert cells.text(cell) == text


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-03-01", "2026-03-01"),
        ("3/1/2026", "2026-03-01"),
        ("12/24/15", "2015-12-24"),
        ("1/24/70", "1970-01-24"),
        ("December 24, 2014", "2014-12-24"),
        ("24 Dec 2014", "2014-12-24"),
        ("2019-02-25T18:58:26.000+0000", "2019-02-25"),
        ("", ""),
    ],
)
def test_dates_are_read(cell, day):
    assert cells.day(cell) == day


@pytest.mark.parametrize(
    "cell",
    ["24/2/1970", "13/27/2014", "2026-02-30", "January 01, 0001", "0001-01-01", "soon", "2026", "Monday"],
)
def test_what_is_no_date_is_not_guessed(cell):
    with pytest.raises(Unreadable):
        cells.day(cell)


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("www.example.org", "http://www.example.org"),
        ("HTTPS://example.org/a b", "HTTPS://example.org/ab"),
        ("example.org:8080/x", "http://example.org:8080/x"),
        ("", ""),
    ],
)
def test_web_addresses_get_their_scheme(cell, address):
    assert cells.url(cell) == address


@pytest.mark.parametrize(
    "cell",
    ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x.y", "ftp://a.b", "nothing", "http://", "http://a.b/<x>",
     "mailto:a@b.org", "//evil", 'http://a.b/"onclick=']
)  # fmt: skip
def test_what_is_no_web_address_never_becomes_a_link(cell):
    with pytest.raises(Unreadable):
        cells.url(cell)


@pytest.mark.parametrize(
    ("cell", "number", "extension", "e164"),
    [
        ("(202) 448-1450", "(202) 448-1450", "", "+12024481450"),
        ("305-573-4200 x57471", "305-573-4200", "57471", "+13055734200"),
        ("Phone No: (202) 797-8806 Ext: 1041", "(202) 797-8806", "1041", "+12027978806"),
        ("305-891-8850 xOPT2", "305-891-8850", "OPT2", "+13058918850"),
        ("1-800-395-HELP", "1-800-395-HELP", "", "+18003954357"),
        ('"+44 1234 234567"', "+44 1234 234567", "", "+441234234567"),
        ("711", "711", "", ""),
        ("202666464", "202666464", "", ""),
    ],
)
def test_numbers_are_read_with_their_extensions(cell, number, extension, e164):
    assert phones.number(cell) == phones.Number(number, extension, e164)


@pytest.mark.parametrize("cell", ["Sorry", "no phone number information available for this agency.", "x"])
def test_what_is_no_number_is_said_to_be_none(cell):
    with pytest.raises(Unreadable):
        phones.number(cell)


@pytest.mark.parametrize(
    ("cell", "byday", "freq", "interval"),
    [
        ("Monday - Friday", "MO,TU,WE,TH,FR", "WEEKLY", ""),
        ("Mon - Tue & Thur - Fri", "MO,TU,TH,FR", "WEEKLY", ""),
        ("Saturday - Monday", "MO,SA,SU", "WEEKLY", ""),
        ("Tuesday and Thursday (Closed 12-2pm)", "TU,TH", "WEEKLY", ""),
        ("Second Saturday", "2SA", "MONTHLY", ""),
        ("2nd and 4th Saturdays of every month", "2SA,4SA", "MONTHLY", ""),
        ("Last Thursday of each month", "-1TH", "MONTHLY", ""),
        ("Every other Tuesday", "TU", "WEEKLY", "2"),
        ("Wendesday", "WE", "WEEKLY", ""),
        ("24-7", "MO,TU,WE,TH,FR,SA,SU", "WEEKLY", ""),
        ("MO,WE", "MO,WE", "", ""),
        ("1SA", "1SA", "MONTHLY", ""),
        ("November 1 - March 31", "", "", ""),
        ("9:00AM", "", "", ""),
    ],
)
def test_weekdays_are_understood_or_left_as_words(cell, byday, freq, interval):
    read = hours.days(cell)
    assert (read.byday, read.freq, read.interval) == (byday, freq, interval)
    if not byday:
        assert read.words == cell


@pytest.mark.parametrize(
    ("cell", "at", "offset"),
    [
        ("9:00AM", "09:00:00", None),
        ("12:00am", "00:00:00", None),
        ("12 p.m.", "12:00:00", None),
        ("570", "09:30:00", None),
        ("24 hours", "00:00:00", None),
        ("17:30:15", "17:30:15", None),
        ("09:00-05:00", "09:00:00", -300),
        ("09:00Z", "09:00:00", 0),
        ("24:00", "23:59:00", None),
        ("By appointment", "", None),
    ],
)
def test_times_are_wall_clock_times_with_the_offset_as_a_hint(cell, at, offset):
    read = hours.clock(cell)
    assert (read.at, read.offset) == (at, offset)


@pytest.mark.parametrize("cell", ["25:00", "9", "99:99", "12:75"])
def test_digits_that_are_no_time_are_not_guessed(cell):
    with pytest.raises(Unreadable):
        hours.clock(cell)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Spanish", "spa"),
        ("español", "spa"),
        ("es", "spa"),
        ("Haitian Creole", "hat"),
        ("Klingon", ""),
        ("spa", "spa"),
    ],
)
def test_languages_have_iso_639_3_codes(word, code):
    assert tongues.code_of(word) == code


def test_each_reason_is_a_sentence_with_its_field():
    for reason in REASONS:
        words = Fault("opens_at", reason, "x" * 500).words
        assert words.endswith(".")
        assert len(words) < 250
