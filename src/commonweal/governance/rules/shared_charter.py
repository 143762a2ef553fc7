"""How partners stand to a shared charter, from what was said in the order in which it was said."""

from collections import Counter
from collections.abc import Iterable, Sequence

from commonweal.governance.vocabulary_shared_charter import Signs, Word

_STANDS = {
    Word.ASKED: Signs.NOT_ANSWERED,
    Word.SIGNED: Signs.SIGNED,
    Word.DECLINED: Signs.DECLINED,
    Word.TAKEN_BACK: Signs.TAKEN_BACK,
}
_MAY_FOLLOW = {
    Signs.NOT_ASKED: {Word.ASKED, Word.SIGNED, Word.DECLINED},
    Signs.NOT_ANSWERED: {Word.SIGNED, Word.DECLINED},
    Signs.SIGNED: {Word.TAKEN_BACK},
    Signs.DECLINED: {Word.ASKED, Word.SIGNED},
    Signs.TAKEN_BACK: {Word.ASKED, Word.SIGNED},
}


def stands(words: Sequence[Word]) -> Signs:
    """The last word counts; where nobody said anything, nobody asked."""
    return _STANDS[words[-1]] if words else Signs.NOT_ASKED


def may_follow(word: Word, standing: Signs) -> bool:
    """Whether this can be said of a partner that stands so: nobody signs twice or takes back what it never
    gave, and whoever signed or was asked is not asked again."""
    return word in _MAY_FOLLOW[standing]


def counted(found: Iterable[Signs]) -> Counter[Signs]:
    """How many stand how."""
    return Counter(found)
