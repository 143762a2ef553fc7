"""Finding a person, and finding whether one is there already: only among those whom the actor may see."""

from collections import Counter, defaultdict
from uuid import UUID

from django.db.models import Case, IntegerField, Max, Q, Value, When

from commonweal.people.models import KeptApart, SearchKey, SourceRecord
from commonweal.people.queries.persons import heard, mine, names_of, people, sketch_of
from commonweal.people.rules.births import Birth
from commonweal.people.rules.keys import AskedWord, asked_words, block_keys, words_of
from commonweal.people.rules.matching import Match, Sketch, grade, one_certain
from commonweal.people.rules.survivorship import person_from
from commonweal.people.shapes import Found, Likeness
from commonweal.people.vocabulary import MatchGrade

PAGE = 20
MOST_CANDIDATES = 200
SHARED_FROM = 5
"""From how many visible persons on one phone number counts as shared (a shelter, a clinic)."""


def search(*, name: str = "", birth: Birth | None = None, phone: str = "", page: int = 1) -> Found:
    """Persons who fit all that was asked, best first: the very word, then its sound, then its beginning.

    Leads with equality on indexed keys; nothing scans names. What is not visible is not there.
    """
    words = asked_words(name)
    must = []
    if phone:
        must.append(f"t:{phone}")
    if birth is not None and birth.known and birth.day and birth.exact:
        must.append(f"b:{birth.day.isoformat()}")
    if not words and not must:
        return Found((), asked=name)
    ranked = _ranked(words, must)
    ids = _with_true_beginnings(ranked, words)
    start = (page - 1) * PAGE
    chosen = ids[start : start + PAGE]
    found = people(chosen)
    fitting = tuple(found[i] for i in chosen if i in found and _fits_birth(found[i].birth_date, birth))
    return Found(fitting, more=len(ids) > start + PAGE, asked=name)


def _fits_birth(day: object, birth: Birth | None) -> bool:
    """A year or month alone is no key; it narrows what the name found."""
    if birth is None or not birth.known or birth.exact or birth.day is None:
        return True
    return getattr(day, "year", None) == birth.day.year


def _ranked(words: tuple[AskedWord, ...], must: list[str]) -> list[tuple[UUID, int]]:
    """Persons with every word and every must, and how well: 3 a very word, 2 a sound, 1 a beginning."""
    keys = {key for word in words for key in word.keys} | set(must)
    rows = SearchKey.objects.filter(key__in=keys).values("person_id")
    hits = {f"word_{n}": _best(word) for n, word in enumerate(words)}
    hits |= {
        f"must_{n}": Max(Case(When(key=key, then=Value(9)), default=Value(0))) for n, key in enumerate(must)
    }
    every = Q(**{f"{name}__gt": 0 for name in hits})
    scored = rows.annotate(**hits).filter(every).values_list("person_id", *hits)[: MOST_CANDIDATES * 5]
    found = [(person_id, sum(points)) for person_id, *points in scored]
    return sorted(found, key=lambda pair: (-pair[1], str(pair[0])))[:MOST_CANDIDATES]


def _best(word: AskedWord) -> Max:
    return Max(
        Case(
            When(key__in=word.exact, then=Value(3)),
            When(key__in=word.sounds, then=Value(2)),
            When(key__in=word.begins, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
    )


def _with_true_beginnings(ranked: list[tuple[UUID, int]], words: tuple[AskedWord, ...]) -> list[UUID]:
    """Drop those found by three letters alone whose name does not go on as it was typed."""
    doubtful = [person for person, score in ranked if score < 2 * len(words)]
    if not doubtful:
        return [person for person, _ in ranked]
    kept = set()
    for record in SourceRecord.objects.filter(person_id__in=doubtful):
        has = words_of(names_of(record))
        sounds = {key for word in has for asked in asked_words(word) for key in asked.sounds}
        if all(any(own.startswith(w.word) for own in has) or w.sounds & sounds for w in words):
            kept.add(record.person_id)
    return [person for person, _ in ranked if person in kept or person not in set(doubtful)]


def likenesses(asked: Sketch, *, email: str = "", leave_out: UUID | None = None) -> list[Likeness]:
    """Visible persons who may be the one described, likeliest first, without the *certainly not*.

    Blocks by equality first (birth date, phone, mail, full name, sound with initial and year), then
    grades with the weights. Records that the actor may not see neither appear nor change an answer.
    """
    keys = block_keys((asked.name, *asked.also), asked.birth, asked.phone, email)
    if not keys:
        return []
    pairs = list(
        SearchKey.objects.filter(key__in=keys).values_list("person_id", "key")[: MOST_CANDIDATES * 5]
    )
    on_phone = Counter(key for _, key in set(pairs) if key.startswith("t:"))
    if asked.phone and on_phone[f"t:{asked.phone}"] >= SHARED_FROM:
        asked = _without_phone(asked)
    candidates = list(dict.fromkeys(person for person, _ in pairs if person != leave_out))[:MOST_CANDIDATES]
    return _graded(asked, candidates, leave_out)


def _without_phone(sketch: Sketch) -> Sketch:
    return Sketch(
        sketch.name, sketch.also, sketch.birth, sketch.sex, sketch.zip5, sketch.phone, shared_phone=True
    )


def _graded(asked: Sketch, candidates: list[UUID], of: UUID | None) -> list[Likeness]:
    apart = kept_apart_from(of) if of else frozenset()
    by_person: dict[UUID, list[SourceRecord]] = defaultdict(list)
    for record in SourceRecord.objects.filter(person_id__in=candidates):
        by_person[record.person_id].append(record)
    best: list[tuple[UUID, Match]] = []
    for person_id, records in by_person.items():
        matches = [grade(asked, sketch_of(record), kept_apart=person_id in apart) for record in records]
        best.append((person_id, max(matches, key=lambda m: (m.grade, m.score.total))))
    settled = zip(
        sorted(best, key=lambda pair: (pair[1].grade, pair[1].score.total), reverse=True),
        one_certain(match for _, match in best),
        strict=True,
    )
    return [
        _likeness(by_person[person_id], match)
        for (person_id, _), match in settled
        if match.grade is not MatchGrade.CERTAINLY_NOT
    ]


def _likeness(records: list[SourceRecord], match: Match) -> Likeness:
    return Likeness(
        person=person_from([heard(record, mine()) for record in records]),
        grade=match.grade,
        reasons=match.reasons,
        barriers=match.barriers,
    )


def kept_apart_from(person_id: UUID) -> frozenset[UUID]:
    """Persons of whom somebody visible said: not this one."""
    pairs = KeptApart.objects.filter(Q(person_id=person_id) | Q(other_id=person_id))
    return frozenset(
        other if person == person_id else person
        for person, other in pairs.values_list("person_id", "other_id")
    )
