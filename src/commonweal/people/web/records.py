"""A record back as a draft, for pages that change a part of it."""

from commonweal.kernel.answers import Answered
from commonweal.people.models import SourceRecord
from commonweal.people.shapes import OtherName, RecordDraft
from commonweal.people.vocabulary import Channel, DatePrecision, NameUse, Sex

_NAME = ("given", "family", "suffix", "birth_date", "gender_words", "pronouns", "language")
_REACH = ("phone", "phone_is_shared", "email", "address", "city", "zip", "place", "best_time")
_REST = ("contact_prohibited", "household_size", "household_note", "own_number")


def draft_of(record: SourceRecord) -> RecordDraft:
    """What the record says, as a draft."""
    others = (
        OtherName(o.get("given", ""), o.get("family", ""), NameUse(o.get("use", "also"))) for o in record.also
    )
    return RecordDraft(
        **{name: getattr(record, name) for name in (*_NAME, *_REACH, *_REST)},
        also=tuple(others),
        birth_precision=DatePrecision(record.birth_precision),
        sex=Sex(record.sex),
        interpreter=Answered(record.interpreter),
        channels={Channel(name): Answered(said) for name, said in record.channels.items()},
    )
