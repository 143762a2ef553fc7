"""The words that a person hears or reads before they say yes or no; written for a sixth-grade reader.

``compose`` gives them whole, in the language of ``say``, and they are kept word for word with the
consent. A change of a sentence here is a new ``WORDS_VERSION``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from commonweal.kernel.words import N_
from commonweal.people.vocabulary import Law

WORDS_VERSION = "2026-11"

Say = Callable[[str], str]

WHO = N_("%(discloser)s would tell %(recipients)s about you.")
WHO_BOTH = N_("%(discloser)s and %(recipients)s would tell each other about you.")
WHAT = N_("They would see: %(what)s.")
ABOUT = N_("It is about: %(topics)s. Nothing else.")
SENSITIVE = N_("It includes %(segments)s. That is more private than the rest, so we ask about it by name.")
WHY = N_("They need it %(why)s.")
UNTIL = N_("It ends on %(end)s.")
FREE = N_("You can say no. You get the same help from us if you do.")
STOP = N_(
    "You can stop at any time: on your own page, by phone, or by telling anyone who helps you. "
    "From then on nothing new goes to them. What they saw before, they saw."
)
ONWARD = N_(
    "They have promised the table to pass nothing on. "
    "The health privacy law may no longer cover what they have received."
)
PART2 = N_(
    "Records of treatment for alcohol or drugs are protected by a federal law, 42 CFR Part 2. "
    "They may not be used against you in court, and who receives them is told so each time. "
    "If you say no, these records stay where they are."
)
FERPA = N_("It includes school records. They may not be passed on without asking you again.")
VAWA = N_("Nobody may make you sign this to get help or a safe place.")
LANGUAGE = N_("An interpreter read this to the person: %(interpreter)s.")


@dataclass(frozen=True, slots=True)
class Said:
    """What the words name, translated already: ``what`` the elements, ``why`` the purposes."""

    discloser: str
    recipients: Sequence[str]
    what: Sequence[str]
    segments: Sequence[str]
    topics: Sequence[str]
    why: Sequence[str]
    end: str
    laws: frozenset[Law]
    both_ways: bool = False
    interpreter: str = ""


def joined(parts: Iterable[str], say: Say) -> str:
    """A list as people say it: *a, b and c*."""
    found = list(parts)
    if len(found) < 2:
        return "".join(found)
    return say(N_("%(first)s and %(last)s")) % {"first": ", ".join(found[:-1]), "last": found[-1]}


def compose(said: Said, say: Say) -> tuple[str, ...]:
    """The paragraphs, in order, with the statements that each law asks for."""
    recipients = joined(said.recipients, say)
    found = [
        say(WHO_BOTH if said.both_ways else WHO) % {"discloser": said.discloser, "recipients": recipients},
        say(WHAT) % {"what": joined(said.what, say)},
    ]
    if said.topics:
        found.append(say(ABOUT) % {"topics": joined(said.topics, say)})
    if said.segments:
        found.append(say(SENSITIVE) % {"segments": joined(said.segments, say)})
    found += [say(WHY) % {"why": joined(said.why, say)}, say(UNTIL) % {"end": said.end}]
    found += [say(FREE), say(STOP), say(ONWARD)]
    found += [say(text) for law, text in _BY_LAW if law in said.laws]
    if said.interpreter:
        found.append(say(LANGUAGE) % {"interpreter": said.interpreter})
    return tuple(found)


_BY_LAW = ((Law.PART2, PART2), (Law.FERPA, FERPA), (Law.VAWA, VAWA))
