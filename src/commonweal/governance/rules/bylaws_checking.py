"""Whether an article says what its rule says: the words and numbers that bind are looked for in it. Pure.

A reader trusts the article, the software follows the rule; where they part, the page says so. It can't tell
whether an article says *more* than its rule.
"""

from collections.abc import Iterator, Mapping

from commonweal.governance.rules.bylaws_words import Fact, body_facts, facts
from commonweal.governance.shapes_bylaws import BodyRule, MatterRule
from commonweal.governance.vocabulary import Method
from commonweal.kernel.text import fold

NUMBERS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty",
    "es": "un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho diecinueve veinte",
}
LENGTHS = {
    "en": {
        7: ["a week", "one week"],
        14: ["two weeks"],
        21: ["three weeks"],
        28: ["four weeks"],
        30: ["a month", "one month", "thirty"],
        60: ["two months", "sixty"],
        90: ["three months", "ninety"],
        180: ["six months"],
        183: ["six months"],
        365: ["a year", "one year"],
        366: ["a year", "one year"],
        730: ["two years"],
        731: ["two years"],
        1096: ["three years"],
        1461: ["four years"],
    },
    "es": {
        7: ["una semana"],
        14: ["dos semanas"],
        21: ["tres semanas"],
        28: ["cuatro semanas"],
        30: ["un mes", "treinta"],
        60: ["dos meses", "sesenta"],
        90: ["tres meses", "noventa"],
        180: ["seis meses"],
        183: ["seis meses"],
        365: ["un ano"],
        366: ["un ano"],
        730: ["dos anos"],
        731: ["dos anos"],
        1096: ["tres anos"],
        1461: ["cuatro anos"],
    },
}
SHARES = {
    "en": {
        (1, 2): ["majority", "half"],
        (2, 3): ["two thirds", "two-thirds"],
        (1, 3): ["one third", "a third"],
        (3, 4): ["three quarters"],
        (1, 4): ["a quarter"],
        (3, 5): ["three fifths"],
        (1, 5): ["one fifth"],
        (1, 10): ["one tenth"],
        (4, 5): ["four fifths"],
    },
    "es": {
        (1, 2): ["mayoria", "mitad"],
        (2, 3): ["dos tercios", "dos terceras"],
        (1, 3): ["un tercio", "tercera"],
        (3, 4): ["tres cuart"],
        (1, 4): ["cuarta parte", "un cuarto"],
        (3, 5): ["tres quint"],
        (1, 5): ["quinta parte"],
        (1, 10): ["decima parte"],
        (4, 5): ["cuatro quint"],
    },
}
WORDS = {
    "en": {
        Method.CONSENSUS: ["consensus"],
        Method.CONSENT: ["objection", "consent"],
        Method.UNANIMOUS: ["every", "all ", "unanim"],
        "gate": ["resident", "neighbor", "community", "council"],
        "authority": ["authority"],
        "parity": ["parity", "together", "equal", "resident"],
        "affected": ["affected", "about", "live with", "served"],
        "secret": ["secret"],
    },
    "es": {
        Method.CONSENSUS: ["consenso"],
        Method.CONSENT: ["objecion", "consentimiento"],
        Method.UNANIMOUS: ["cada", "tod", "unanim"],
        "gate": ["resident", "vecin", "comunidad", "consejo"],
        "authority": ["autoridad", "facultad", "poder de decidir"],
        "parity": ["paridad", "junt", "igual", "resident"],
        "affected": ["afectad", "sobre", "viven con", "atendid"],
        "secret": ["secret"],
    },
}  # fmt: skip


def unsaid(rule: MatterRule, language: str) -> tuple[Fact, ...]:
    """The facts of a rule that its article does not say in a language. Nothing is checked where it has no
    article in that language, or where the language is not one that we know."""
    return _unsaid(
        facts(rule), rule.text, language, dict(_asked(rule, language)) if language in WORDS else {}
    )


def unsaid_of_body(rule: BodyRule, language: str) -> tuple[Fact, ...]:
    """The facts of a body's rule that its article does not say."""
    asked = dict(_asked_of_body(rule, language)) if language in WORDS else {}
    return _unsaid(body_facts(rule), rule.text, language, asked)


def _unsaid(
    known: tuple[Fact, ...], text: Mapping[str, str], language: str, asked: dict[str, list[str]]
) -> tuple[Fact, ...]:
    article = text.get(language, "")
    if not article:
        return ()
    folded = f" {fold(article)} "
    return tuple(f for f in known if f.key in asked and not any(word in folded for word in asked[f.key]))


def _asked(rule: MatterRule, language: str) -> Iterator[tuple[str, list[str]]]:
    words, voting = WORDS[language], rule.voting
    if voting.method in (Method.CONSENSUS, Method.CONSENT, Method.UNANIMOUS):
        yield "method", words[voting.method]
    else:
        yield "method", _share(voting.threshold.numerator, voting.threshold.denominator, language)
    if rule.fallback:
        share = rule.fallback.threshold
        yield "fallback", _share(share.numerator, share.denominator, language)
    if voting.groups_needed:
        yield "groups", _number(voting.groups_needed, language)
    quorum = voting.quorum
    if quorum.count:
        yield "quorum-count", _number(quorum.count, language)
    if quorum.needs_authority:
        yield "quorum", words["authority"]
    if rule.gate_body:
        yield "gate", words["gate"]
    if rule.longest_days:
        yield "longest", _length(rule.longest_days, language)
    if rule.notice_days:
        yield "notice", _length(rule.notice_days, language)
    if rule.is_secret:
        yield "secret", words["secret"]


def _asked_of_body(rule: BodyRule, language: str) -> Iterator[tuple[str, list[str]]]:
    words = WORDS[language]
    if rule.co_leads:
        yield "co-leads", _number(rule.co_leads, language)
    if rule.parity:
        yield "parity", words["parity"]
    if rule.residents:
        yield "residents", _share(rule.residents.numerator, rule.residents.denominator, language)
    if rule.affected:
        yield "affected", words["affected"]


def _share(numerator: int, denominator: int, language: str) -> list[str]:
    return [*SHARES[language].get((numerator, denominator), []), f"{numerator}/{denominator}"]


def _number(number: int, language: str) -> list[str]:
    spelled = NUMBERS[language].split()
    return [f" {number} ", f" {number}.", f" {number},", *(spelled[number - 1 : number] if number else [])]


def _length(days: int, language: str) -> list[str]:
    return [*LENGTHS[language].get(days, []), *_number(days, language)]
