"""The text of a question as it reads now, in plain values: what a poll freezes the digest of."""

from typing import Any

from commonweal.governance.models import Proposal, Section
from commonweal.governance.rules.wire import digest


def sections_now(question: Proposal) -> list[Section]:
    """The last version of each section, in order."""
    last: dict[int, Section] = {row.place: row for row in question.sections.order_by("place", "version")}
    return [last[place] for place in sorted(last)]


def text_of(question: Proposal) -> dict[str, Any]:
    """All that is voted on."""
    return {
        "number": question.number,
        "title": question.title,
        "question": question.question,
        "matter": question.matter,
        "options": question.options,
        "counting": question.counting,
        "effect": question.effect,
        "params": question.params,
        "starts_on": question.starts_on.isoformat() if question.starts_on else None,
        "ends_on": question.ends_on.isoformat() if question.ends_on else None,
        "review_on": question.review_on.isoformat() if question.review_on else None,
        "sections": [[row.place, row.heading, row.text] for row in sections_now(question)],
    }


def text_digest(question: Proposal) -> str:
    """SHA-256 of the canonical text."""
    return digest(text_of(question))
