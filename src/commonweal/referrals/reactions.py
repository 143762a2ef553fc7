"""What referrals does when something happens below. It decides nothing itself."""

from contextlib import suppress

from commonweal.foundation.access import acting
from commonweal.foundation.bus import when
from commonweal.foundation.jobs import defer_by_name
from commonweal.foundation.messages.events import MessageFailed
from commonweal.governance.events import MandateWithdrawn
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import NotFound
from commonweal.partners import facade as partners
from commonweal.people.events import ConsentWithdrawn, StandingChanged
from commonweal.people.vocabulary import Stand
from commonweal.referrals.actions import calendar, inviting, letters, notices
from commonweal.referrals.actions.step import program_of


@when(ConsentWithdrawn)
def when_consent_withdrawn(event: ConsentWithdrawn) -> None:
    """The person stopped: flag what is open, close its links and tell the asker, in the same transaction."""
    calendar.end_shared(event.discloser_id, event.person_id)


@when(StandingChanged)
def when_standing_changed(event: StandingChanged) -> None:
    """The person shut one partner out, or their record closed: what is open with others ends."""
    if event.began:
        for partner in partners.all_partners():
            calendar.end_shared(partner.id, event.person_id)
            if event.stand is not Stand.RESTRICTED:
                inviting.stop_asking(partner.id, event.person_id)


@when(MandateWithdrawn)
def when_mandate_withdrawn(event: MandateWithdrawn) -> None:
    """The next reading is refused at once by the database; a job tells everyone whom it concerns."""
    if event.matter is Matter.DATA_SHARING:
        defer_by_name("referrals.sweep")


@when(MessageFailed)
def when_message_failed(event: MessageFailed) -> None:
    """A letter about a sending never arrived: a line in its thread, and so on the asker's home."""
    concerns = event.concerns
    if concerns is not None and concerns.kind == notices.CONCERNS and event.holder_id is not None:
        with acting(program_of(event.holder_id)) as program, suppress(NotFound):
            letters.not_delivered(concerns.id, concerns.partner_id, by=program)
