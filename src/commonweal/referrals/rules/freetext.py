"""Free words in a referral may not carry what its segment does not allow, nor name the person (SECURITY C14).

A short list of plain words, English and Spanish, for each specially protected segment. It catches the
ordinary slip, not a determined writer; the form says so beside the field. A hit blocks, it never relabels:
the writer decides whether to take the words out or to send under the segment with the consent it needs.
"""

import re
from collections.abc import Iterable

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.text import fold
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

# Folded (no accents, lower case); a trailing * stands for any ending.
_WORDS: dict[Segment, tuple[str, ...]] = {
    Segment.SUBSTANCE_USE: (
        "methadone", "metadona", "suboxone", "buprenorphine", "buprenorfina", "naltrexone", "naltrexona",
        "detox*", "rehab", "opioid*", "opiaceo*", "heroin*", "cocain*", "fentanyl", "fentanilo", "meth",
        "addict*", "adicto", "adicta", "adiccion*", "alcoholi*", "sober", "sobriety", "sobriedad", "relapse*",
        "recaida*", "overdos*", "sobredosis", "substance use", "substance abuse", "uso de sustancias",
        "uso de drogas", "drug use", "drug treatment", "42 cfr*",
    ),
    Segment.HIV: ("hiv", "vih", "aids", "sida", "antiretroviral*", "prep clinic"),
    Segment.DOMESTIC_VIOLENCE: (
        "domestic violence", "violencia domestica", "violencia de pareja", "abuser", "abusador*", "batterer",
        "restraining order", "orden de proteccion", "orden de alejamiento", "hits her", "hits him", "le pega",
        "women's shelter", "womens shelter", "refugio para mujeres", "sexual assault", "agresion sexual",
        "rape*", "stalk*", "partner violence",
    ),
    Segment.REPRODUCTIVE: (
        "abortion*", "aborto*", "miscarriage", "contracept*", "anticoncep*", "std", "sti", "chlamydia",
        "syphilis", "sifilis",
    ),
    Segment.BEHAVIORAL_HEALTH: (
        "bipolar", "schizo*", "esquizo*", "psychosis", "psychotic", "psicosis", "psychiatr*", "psiquiatr*",
        "suicid*", "self-harm", "ptsd", "antidepress*", "antidepres*", "depression", "depresion",
        "panic attack*",
    ),
    Segment.IMMIGRATION: (
        "undocumented", "indocumentad*", "no papers", "sin papeles", "deport*", "asylum", "asilo",
        "visa status", "immigration status", "estatus migratorio", "green card",
    ),
    Segment.PSYCHOTHERAPY: ("therapy note*", "psychotherap*", "psicoterap*"),
}  # fmt: skip

SEGMENT_WORDS: dict[Segment, str] = {
    Segment.SUBSTANCE_USE: N_("substance use"),
    Segment.HIV: N_("HIV"),
    Segment.DOMESTIC_VIOLENCE: N_("violence at home"),
    Segment.REPRODUCTIVE: N_("reproductive health"),
    Segment.BEHAVIORAL_HEALTH: N_("mental health"),
    Segment.IMMIGRATION: N_("immigration"),
    Segment.PSYCHOTHERAPY: N_("therapy"),
}

_ID_SHAPES = re.compile(
    r"(?<!\d)\d{3}-?\d{2}-?\d{4}(?!\d)"  # social security number
    r"|(?<!\d)(?:\d[ ().-]?){7,}(?!\d)"  # phone or record number
    r"|(?<!\d)\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d{2}(?!\d)"  # a birth date, as it is written
    r"|[^\s@]+@[^\s@]+\.\w+"  # e-mail address
)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    parts = (re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w) for w in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


_PATTERNS = {segment: _pattern(words) for segment, words in _WORDS.items()}


def segments_in(text: str) -> frozenset[Segment]:
    """The specially protected segments that the words of ``text`` point to."""
    folded = fold(text)
    return frozenset(s for s, pattern in _PATTERNS.items() if pattern.search(folded))


def may_write(text: str, segment: Segment, names: Iterable[str] = ()) -> Verdict:
    """May ``text`` stand in a referral of ``segment``? ``names`` are the person's own; they come later."""
    for found in sorted(segments_in(text) - {segment}):
        return deny(
            "referral.words.segment",
            N_("These words tell about %(about)s. This request may not carry that."),
            N_("Take the words out. What is needed is enough; why is not asked."),
            about=SEGMENT_WORDS[found],
        )
    if _ID_SHAPES.search(text):
        return deny(
            "referral.words.number",
            N_("There is a number, a date or an address in it that could point to the person."),
            N_("Take it out. The service gets first name and phone when it says yes."),
        )
    words = set(re.findall(r"\w+", fold(text)))
    if any(set(re.findall(r"\w{3,}", fold(name))) & words for name in names):
        return deny(
            "referral.words.name",
            N_("The person’s name is in it."),
            N_("Write “she”, “he” or “the family”. The service gets the first name when it says yes."),
        )
    return allow("referral.words.plain", N_("Nothing in these words points to the person."))
