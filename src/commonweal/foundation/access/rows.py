"""What every row about a person carries, so that one policy can judge them all."""

from typing import Any
from uuid import UUID

from django.db import models

from commonweal.foundation.access.context import current_actor
from commonweal.foundation.access.vocabulary import DataClass, Segment, class_of


class PersonRow(models.Model):
    """Base of rows about a person. The concrete model adds its own foreign key to the person.

    ``holder_id``: the partner that wrote it and answers for it. ``segment``: how sensitive.
    ``topic``: the need domain that it concerns, or a word of its own (``"screening"``); empty for what
    belongs to every topic (identity). Sharing under a consent bound to topics shows rows of those
    topics and rows without one. ``BASE`` is the class of a general row; ``protect`` gets the same.
    """

    BASE: DataClass = DataClass.D4

    holder_id = models.UUIDField(editable=False)
    segment = models.TextField(default=Segment.GENERAL.value, editable=False)
    data_class = models.TextField(editable=False)
    topic = models.TextField(default="", blank=True, editable=False)

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.data_class:
            self.data_class = class_of(self.BASE, Segment(self.segment)).value
        holder = None if self.holder_id else _holder()
        if holder is not None:
            self.holder_id = holder


def _holder() -> UUID | None:
    try:
        return current_actor().partner_id
    except RuntimeError:
        return None
