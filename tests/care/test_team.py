"""A care team: who helps knows of one another with the person's yes, and the person chooses who leads."""

from uuid import UUID

import pytest

from commonweal.care import actions, facade
from commonweal.care.models import CareTeamMember
from commonweal.care.vocabulary import ChosenHow
from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.people.vocabulary import How
from people.cast import say_yes
from referrals.world import World, browser, herself


def join(world: World, by, does: str = "care manager at the hospital") -> UUID:
    with acting(by):
        return actions.join(world.teresa, does, by=by, phone="555-0100")


def test_one_joins_once_and_the_person_sees_it(world: World) -> None:
    first = join(world, world.danielle)
    assert join(world, world.danielle) == first
    with acting(herself(world.teresa)):
        (member,) = facade.team_of(world.teresa)
    assert (member.name, member.does, member.is_lead) == (
        "Danielle Whitfield",
        "care manager at the hospital",
        False,
    )


def test_helpers_see_one_another_only_where_the_person_allows_everything(world: World) -> None:
    join(world, world.danielle)
    with acting(world.ines):
        assert facade.team_of(world.teresa) == []
        with pytest.raises(NotFound):
            actions.join(world.teresa, "CHW", by=world.ines)
    world.consent("ferry-street", topics=(NeedDomain.FOOD,))
    with acting(world.marcus):
        assert facade.team_of(world.teresa) == []  # a yes about food does not show who else helps
    world.consent("millrace")
    with acting(world.ines):
        assert [m.name for m in facade.team_of(world.teresa)] == ["Danielle Whitfield"]


def test_the_person_chooses_one_lead_and_may_choose_again(world: World) -> None:
    danielle = join(world, world.danielle)
    world.consent("millrace")
    ines = join(world, world.ines, "community health worker")
    for chosen in (danielle, ines, ines):
        with acting(herself(world.teresa)) as teresa:
            actions.choose_lead(chosen, by=teresa, how=ChosenHow.OWN_PAGE)
            team = facade.team_of(world.teresa)
            assert [m.id for m in team if m.is_lead] == [chosen]
            assert facade.leads_of([world.teresa])[world.teresa].id == chosen
    assert len(team) == 2


def test_a_worker_writes_the_choice_down_and_who_led_unseen_steps_down(world: World) -> None:
    """The clinic's own lead gives way although the hospital may not see who that was."""
    world.consent("millrace")
    ines = join(world, world.ines, "community health worker")
    with acting(world.ines) as by:
        actions.choose_lead(ines, by=by, how=ChosenHow.IN_PERSON)
    danielle = join(world, world.danielle)
    with acting(world.danielle) as by:
        actions.choose_lead(danielle, by=by, how=ChosenHow.PHONE)
        kept = CareTeamMember.objects.get(pk=danielle)
        assert (kept.chosen_how, kept.chosen_taken_by) == ("phone", "Danielle Whitfield")
    with acting(herself(world.teresa)):
        assert [m.id for m in facade.team_of(world.teresa) if m.is_lead] == [danielle]


def test_who_may_not(world: World) -> None:
    danielle = join(world, world.danielle)
    with acting(world.worker("alder-general", Role.SUPERVISOR)) as boss, pytest.raises(Refused):
        actions.join(world.teresa, "boss", by=boss)
    with acting(herself(world.harold)) as harold, pytest.raises(NotFound):
        actions.choose_lead(danielle, by=harold, how=ChosenHow.OWN_PAGE)
    with acting(world.danielle) as by, pytest.raises(BadInput):
        actions.choose_lead(danielle, by=by, how=ChosenHow.OWN_PAGE)
    with acting(world.rides) as rides, pytest.raises(NotFound):
        actions.leave(danielle, by=rides)


def test_whoever_leaves_leads_no_more(world: World) -> None:
    danielle = join(world, world.danielle)
    with acting(herself(world.teresa)) as teresa:
        actions.choose_lead(danielle, by=teresa, how=ChosenHow.OWN_PAGE)
    with acting(world.danielle) as by:
        actions.leave(danielle, by=by)
        actions.leave(danielle, by=by)
        assert facade.team_of(world.teresa) == []
        assert facade.people_of(world.danielle.account_id) == []


def test_the_lead_hears_when_nobody_answers(world: World) -> None:
    from commonweal.kernel.clock import at
    from commonweal.referrals import actions as referrals
    from referrals.test_calendar import moment, run_at

    world.consent("millrace", "ferry-street")
    join(world, world.danielle)
    ines = join(world, world.ines, "community health worker")
    # Teresa herself lets the clinic tell the hospital; the hospital could not say so for her.
    own = {"discloser_id": world.table["millrace"], "how": How.OWN_PAGE}
    say_yes(world.teresa, herself(world.teresa), world.table["alder-general"], **own)
    with acting(herself(world.teresa)) as teresa:
        actions.choose_lead(ines, by=teresa, how=ChosenHow.OWN_PAGE)
    need = world.need()
    with at(moment("2027-03-01T09:00")), acting(world.danielle) as by:
        referrals.ask(need, [world.services["ferry-street"]], by=by)
    run_at("2027-03-08T17:00")
    with acting(referrals.program_of(world.table["alder-general"])):
        told = list(Outbound.objects.filter(template="care/mail/escalated"))
    assert [m.to for m in told] == ["coordinator@millrace.example.org"]
    assert "Teresa" not in told[0].text


def test_pages(world: World) -> None:
    client = browser(world, world.danielle)
    assert "on nobody’s team yet" in client.get("/care/").content.decode()
    assert client.post(f"/care/person/{world.teresa}/join/", {"does": "care manager"}).status_code == 302
    page = client.get("/care/").content.decode()
    assert "Teresa" in page
    assert "care manager" in page
    with acting(world.danielle):
        member = facade.team_of(world.teresa)[0]
    assert client.post(f"/care/{member.id}/lead/", {"how": "phone"}).status_code == 302
    assert "You lead" in client.get("/care/").content.decode()
    shown = client.get(f"/people/{world.teresa}/").content.decode()
    assert "Care team" in shown
    stranger = browser(world, world.rides)
    assert stranger.post(f"/care/person/{world.teresa}/join/", {"does": "x"}).status_code == 404
    assert stranger.post(f"/care/{member.id}/leave/").status_code == 404
    assert stranger.post(f"/care/{member.id}/my-lead/").status_code == 403
