"""The timetable of mandates and votes. What has run out is inert already; this lets begin, counts, tidies."""

from uuid import UUID

from commonweal.foundation.access import acting
from commonweal.foundation.jobs import job
from commonweal.governance import sealing
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import certifying, effects, mailing, reminding, reminding_owed, telling
from commonweal.governance.queries import polls, waiting


@job(name="governance.turn", cron="* * * * *")
def turn(timestamp: int | None = None) -> None:
    """Each minute: mandates whose day has come act, those that ran out are undone. Safe to run twice."""
    with acting(THE_COUNT):
        effects.undo_due(by=THE_COUNT)
        effects.start_due(by=THE_COUNT)


@job(name="governance.count", cron="* * * * *")
def count(timestamp: int | None = None) -> None:
    """Each minute: polls whose time is over are counted, and what every body has answered is certified; what
    waited past its deadline lapses. Each in a transaction of its own; safe to run twice."""
    with acting(THE_COUNT):
        due = polls.due_to_close(polls.database_now())
    for poll_id in due:
        with acting(THE_COUNT):
            certifying.close(poll_id, by=THE_COUNT)
    with acting(THE_COUNT):
        ready = waiting.ready_to_certify(certifying.ROUND_WAITS)
    for question_id in ready:
        with acting(THE_COUNT):
            certifying.certify(question_id, by=THE_COUNT)
    for poll_id in sealing.kept_keys():
        with acting(THE_COUNT):
            if waiting.is_over(poll_id):
                sealing.destroy_key(poll_id)


@job(name="governance.remind_voters", cron="0 16 * * *")
def remind_voters(timestamp: int | None = None) -> None:
    """Daily: those who have not voted in a poll that closes within two days are told. Twice tells twice."""
    with acting(THE_COUNT):
        soon = waiting.closing_soon()
    for poll_id in soon:
        with acting(THE_COUNT):
            mailing.send_ballots(poll_id, by=THE_COUNT, reminds=True)


@job(name="governance.remind_reports", cron="0 15 * * *")
def remind_reports(timestamp: int | None = None) -> None:
    """Daily: delegates that owe the table a report are told, two weeks and three days before, on the day, and
    each week after it. Twice tells twice."""
    with acting(THE_COUNT):
        reminding.remind_delegates(by=THE_COUNT)


@job(name="governance.remind_owed", cron="15 15 * * *")
def remind_owed(timestamp: int | None = None) -> None:
    """Daily: those who owe something are told, two weeks and three days before, and each week after it is
    late. Safe to run twice."""
    with acting(THE_COUNT):
        reminding_owed.remind(by=THE_COUNT)


@job(name="governance.mail_ballots")
def mail_ballots(poll_id: str) -> None:
    """Mail those who vote in a poll the link that opens their ballot."""
    with acting(THE_COUNT):
        mailing.send_ballots(UUID(poll_id), by=THE_COUNT)


@job(name="governance.tell")
def tell(question_id: str, news: str) -> None:
    """Write to those whom a piece of news about a question is for."""
    with acting(THE_COUNT):
        telling.tell(UUID(question_id), telling.News(news), by=THE_COUNT)
