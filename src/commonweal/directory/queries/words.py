"""Sentences of the rules in the reader's language, with times, days and names as people write them."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from html import escape

from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext, ngettext

from commonweal.directory.queries.lexicon import lexicon
from commonweal.directory.rules.languages import LANGUAGES, OBSERVED
from commonweal.directory.shapes_search import Sentence
from commonweal.kernel.words import N_

_NOON, _MIDNIGHT = N_("noon"), N_("midnight")
_DAY, _FULL_DAY = N_("%(month)s %(day)s"), N_("%(month)s %(day)s, %(year)s")


_ARTICLES = (
    ("a las 1:", "a la 1:"),
    ("hasta las 1:", "hasta la 1:"),
    ("a las mediodía", "al mediodía"),
    ("hasta las mediodía", "hasta el mediodía"),
    ("las medianoche", "la medianoche"),
)


def _with_articles(said: str) -> str:
    """Spanish says *a la 1:00* and *al mediodía* where other hours take *a las*."""
    for wrong, right in _ARTICLES:
        said = said.replace(wrong, right)
    return said


class Voice:
    """One language. What was translated once is kept, since a page of hits says the same things often."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words: dict[str, str] = {}
        self._html: dict[str, str] = {}
        self._clocks: dict[time, str] = {}
        self._spanish = language.startswith("es")
        self._special = {"topic": self.topic, "language": self.language_name, "holiday": self.holiday}

    def tr(self, text: str) -> str:
        """English words in this language. Must be asked while the language is active."""
        found = self._words.get(text)
        if found is None:
            found = self._words[text] = gettext(text) if text else ""
        return found

    def say(self, sentence: Sentence) -> str:
        """A sentence in this language, its places filled."""
        special = self._special.get(sentence.rule)
        if special is not None:
            return special(sentence.text)
        text = self.tr(sentence.text)
        if not sentence.params:
            return text
        said = text % self.filled(sentence.params)
        return _with_articles(said) if self._spanish else said

    def html(self, sentence: Sentence) -> str:
        """``say``, escaped for a page."""
        if sentence.params or sentence.rule in self._special:
            return escape(self.say(sentence))
        found = self._html.get(sentence.text)
        if found is None:
            found = self._html[sentence.text] = escape(self.tr(sentence.text))
        return found

    def filled(self, params: Mapping[str, object]) -> dict[str, object]:
        """What fills the places of a sentence, in words."""
        return {name: value if type(value) is str else self._value(value) for name, value in params.items()}

    def _value(self, value: object) -> object:
        if isinstance(value, Sentence):
            return self.say(value)
        if isinstance(value, time):
            return self.clock(value)
        if isinstance(value, date):
            return self.day(value)
        return value

    def clock(self, moment: time) -> str:
        """*6:00 pm*, *6:00 p. m.*; noon and midnight by their names."""
        found = self._clocks.get(moment)
        if found is None:
            found = self._clocks[moment] = self._clock(moment)
        return found

    def _clock(self, moment: time) -> str:
        if (moment.hour, moment.minute) == (12, 0):
            return self.tr(_NOON)
        if (moment.hour, moment.minute) in ((0, 0), (23, 59)):
            return self.tr(_MIDNIGHT)
        half = ("a. m.", "p. m.") if self._spanish else ("am", "pm")
        return f"{moment.hour % 12 or 12}:{moment.minute:02d} {half[moment.hour >= 12]}"

    def day(self, moment: date) -> str:
        """*December 8*, *8 de diciembre*."""
        return self.tr(_DAY) % {"month": MONTHS[moment.month], "day": moment.day}

    def full_day(self, moment: date | datetime) -> str:
        """*December 8, 2026*."""
        return self.tr(_FULL_DAY) % {"month": MONTHS[moment.month], "day": moment.day, "year": moment.year}

    def counted(self, one: str, many: str, count: int) -> str:
        """*1 place*, *4 places*; the words hold ``%(count)s``."""
        return ngettext(one, many, count) % {"count": count}

    def language_name(self, code: str) -> str:
        """The name of a language; the code itself where we have none."""
        name = LANGUAGES.get(code)
        return self.tr(name) if name else code

    def topic(self, code: str) -> str:
        """What the lexicon calls a topic."""
        topic = lexicon().topics.get(code)
        if topic is None:
            return code
        return topic.name_es if self._spanish else topic.name

    def holiday(self, name: str) -> str:
        """A public holiday's name; *(observed)* is said apart."""
        if name.endswith(" (observed)"):
            return self.tr(OBSERVED) % {"holiday": self.tr(name.removesuffix(" (observed)"))}
        return self.tr(name)


@lru_cache(maxsize=8)
def _voice_of(language: str) -> Voice:
    return Voice(language)


def voice() -> Voice:
    """The voice of this request's language."""
    return _voice_of(get_language() or "en")


def say(sentence: Sentence) -> str:
    """The sentence in the language of this request."""
    return voice().say(sentence)


def clock(moment: time) -> str:
    """A time of day in the language of this request."""
    return voice().clock(moment)


def full_day(moment: date | datetime) -> str:
    """A date in the language of this request."""
    return voice().full_day(moment)


def language_name(code: str) -> str:
    """A language's name in the language of this request."""
    return voice().language_name(code)


def topic_name(code: str) -> str:
    """A topic's name in the language of this request."""
    return voice().topic(code)
