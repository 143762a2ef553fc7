"""What the organizations of the cast offer: ``cast.toml``."""

import tomllib
from dataclasses import dataclass
from importlib import resources

from commonweal.directory.demo.county import TOWNS, Town
from commonweal.directory.vocabulary import Capacity
from commonweal.kernel.domains import NeedDomain


@dataclass(frozen=True, slots=True)
class Offer:
    """One service of the cast. ``town`` is ``None`` where it is given by phone; days count from now."""

    partner: str
    name: str
    description: str
    needs: tuple[NeedDomain, ...]
    hours: tuple[tuple[str, str, str], ...]
    town: Town | None = None
    address: str = ""
    phone: str = ""
    languages: tuple[str, ...] = ("eng",)
    eligibility: str = ""
    documents: tuple[str, ...] = ("None",)
    fees: str = "Free"
    apply: str = "Walk in during open hours. No appointment needed."
    access: str = "Wheelchair accessible, ground floor"
    minimum_age: float | None = None
    maximum_age: float | None = None
    checked: int | None = 20
    by_call: bool = True
    capacity: Capacity = Capacity.UNKNOWN
    until: int | None = None
    available: int | None = None
    told: int = 1
    areas: tuple[str, ...] = ()
    alert: str = ""
    transport: str = ""
    hidden_place: bool = False


def _offers() -> tuple[Offer, ...]:
    text = resources.files(__package__).joinpath("cast.toml").read_text(encoding="utf-8")
    towns = {town.name: town for town in TOWNS}
    offers = []
    for raw in tomllib.loads(text)["offer"]:
        lists = {name: tuple(value) for name, value in raw.items() if isinstance(value, list)}
        lists["needs"] = tuple(NeedDomain(code) for code in raw["needs"])
        lists["hours"] = tuple((days, opens, closes) for days, opens, closes in raw["hours"])
        town = {"town": towns[raw["town"]]} if "town" in raw else {}
        capacity = {"capacity": Capacity(raw.get("capacity", "unknown"))}
        offers.append(Offer(**{**raw, **lists, **town, **capacity}))
    return tuple(offers)


CAST = _offers()
