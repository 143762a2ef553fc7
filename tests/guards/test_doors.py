"""Every address has a door, and every door leads to somebody's work."""

from tests.guards.walk import addresses

from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import Door


def test_every_address_has_a_door() -> None:
    without = [route for route, view in addresses() if not isinstance(getattr(view, "door", None), Door)]
    assert without == []


def test_no_address_of_an_app_that_we_did_not_write() -> None:
    """An admin, an API browser, a library's own sign-in: what is not ours is not mounted."""
    foreign = [route for route, view in addresses() if not view.__module__.startswith("commonweal.")]
    assert foreign == []


def test_doors_are_for_roles_that_have_the_purpose() -> None:
    """A person's own page is read under SELF and by nobody else; everyone else reads for their work."""
    for route, view in addresses():
        door: Door = view.door
        if Role.RESIDENT in door.roles or Role.PROXY in door.roles:
            assert door.purpose is Purpose.SELF, route
            assert door.roles <= {Role.RESIDENT, Role.PROXY}, route
        elif not door.is_public:
            assert door.purpose is not Purpose.SELF, route
        assert door.purpose is not Purpose.LEGAL, route


def test_nothing_about_persons_is_public() -> None:
    """Pages below these addresses are for those who work with people, or for the person."""
    private = ("people/", "my/", "care/", "screenings/", "referrals/", "emergency/")
    by_link = {"screenings/alone/<str:token>/", "my/leave/"}
    open_ones = [
        route
        for route, view in addresses()
        if route.startswith(private) and view.door.is_public and route not in by_link
    ]
    assert open_ones == []
