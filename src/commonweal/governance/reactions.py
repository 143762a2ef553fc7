"""What governance does when something happens below."""

from uuid import UUID

from commonweal.foundation.access import current_actor
from commonweal.foundation.access.facts import end_terms
from commonweal.foundation.bus import when
from commonweal.foundation.jobs import defer_by_name
from commonweal.governance.actions import promising
from commonweal.governance.actions.telling import News
from commonweal.governance.events_voting import (
    AnswerWaits,
    NoticeGiven,
    QuestionAnswered,
    QuestionPut,
    VotingOpened,
)
from commonweal.governance.vocabulary import Stage
from commonweal.kernel.clock import held
from commonweal.partners.events import PartnerLeft, PromiseStruck, PromiseWritten
from commonweal.voice import facade as voice


@when(PartnerLeft)
def when_partner_left(event: PartnerLeft) -> None:
    """Nothing is told to or by a partner that left, whatever agreements name it."""
    end_terms(partner_id=event.partner_id)


@when(PromiseWritten)
def when_promise_written(event: PromiseWritten) -> None:
    """A promise in the minutes stands in the public register from that moment, named by its line."""
    promising.written_in_minutes(
        event.line_id,
        by=current_actor(),
        meeting_id=event.meeting_id,
        seat_id=event.seat_id,
        words=event.words,
        to_whom=event.to_whom,
        due_on=event.due_on,
    )


@when(PromiseStruck)
def when_promise_struck(event: PromiseStruck) -> None:
    """The line was struck: the promise is withdrawn, with the same reason."""
    promising.withdrawn_with_its_line(event.line_id, event.why, by=current_actor())


@when(VotingOpened)
def when_voting_opened(event: VotingOpened) -> None:
    """Those who vote are mailed their ballots; not in a story that is told with the clock held."""
    voice.news("question", event.question_id)
    if held() is None:
        for poll_id in event.poll_ids:
            defer_by_name("governance.mail_ballots", poll_id=str(poll_id))


@when(QuestionPut)
def when_question_put(event: QuestionPut) -> None:
    """Organizations whose work it touches may answer beside the text, and hear of it in time."""
    _tell(event.question_id, News.LANE)


@when(NoticeGiven)
def when_notice_given(event: NoticeGiven) -> None:
    """Those who vote, and those who are asked for their yes, know that a vote is coming (DOMAIN §7.7)."""
    voice.news("question", event.question_id)
    _tell(event.question_id, News.NOTICE)


@when(AnswerWaits)
def when_answer_waits(event: AnswerWaits) -> None:
    """An organization that is waited for hears it; residents hold a ballot of their own already."""
    voice.news("question", event.question_id)
    if event.stage is Stage.PENDING_RATIFICATION:
        _tell(event.question_id, News.RATIFY)


@when(QuestionAnswered)
def when_question_answered(event: QuestionAnswered) -> None:
    """Those who voted and who asked hear what came of it."""
    voice.news("question", event.question_id)
    _tell(event.question_id, News.ANSWER)


def _tell(question_id: UUID, news: News) -> None:
    """Write to those whom it is for, once this transaction holds; not in a story told with the clock held."""
    if held() is None:
        defer_by_name("governance.tell", question_id=str(question_id), news=news.value)
