"""What governance does when something happens below."""

from commonweal.foundation.access import current_actor
from commonweal.foundation.access.facts import end_terms
from commonweal.foundation.bus import when
from commonweal.foundation.jobs import defer_by_name
from commonweal.governance.actions import promising
from commonweal.governance.events_voting import VotingOpened
from commonweal.kernel.clock import held
from commonweal.partners.events import PartnerLeft, PromiseStruck, PromiseWritten


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
    if held() is None:
        for poll_id in event.poll_ids:
            defer_by_name("governance.mail_ballots", poll_id=str(poll_id))
