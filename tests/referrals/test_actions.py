"""What happens to a referral, through its acts."""

from commonweal.foundation.access import acting
from commonweal.referrals import actions
from commonweal.referrals.vocabulary import Helped, OutcomeCode, Status

from .world import World, herself


def test_the_whole_loop_from_ask_to_the_persons_word(world: World) -> None:
    world.consent("ferry-street")
    task_id = world.ask()
    with acting(world.marcus) as marcus:
        actions.accept(task_id, by=marcus)
        actions.start(task_id, by=marcus)
        actions.complete(task_id, OutcomeCode.RECEIVED_FULL, by=marcus)
    assert world.task(task_id).status == Status.COMPLETED
    with acting(herself(world.teresa)) as teresa:
        actions.record_answer(task_id, Helped.YES, by=teresa)
