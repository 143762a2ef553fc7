"""What higher storeys, and rooms built later, add to the pages of the table: packs, standing, attendance."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.ui.lines import DecisionLine
from commonweal.partners.shapes import (
    BodyShape,
    PackItem,
    Panel,
    SeatRule,
    SeatShape,
    ShortfallShape,
    StandingShape,
)

PackProvider = Callable[[SeatShape, BodyShape], Iterable[PackItem]]
"""What the record of a seat holds of a higher storey: open questions, promises, decisions."""
StandingProvider = Callable[[Iterable[UUID], date], Mapping[UUID, StandingShape]]
RuleProvider = Callable[[str], SeatRule | None]
"""What the bylaws say of the seats of a body, by its slug."""
MatterProvider = Callable[[], Sequence[tuple[str, str]]]
"""The matters that are decided here: value and English words."""
AttendanceProvider = Callable[[Iterable[UUID]], Iterable[ShortfallShape]]
PanelProvider = Callable[[Actor, BodyShape | None], Iterable[Panel]]
"""Parts of the table's page (body None) or of a body's page."""

PartnerPanelProvider = Callable[[Actor, UUID], Iterable[Panel]]
"""Parts of a partner's page, by its id."""

DecidedProvider = Callable[[UUID | None], DecisionLine | None]
"""Who decided that something of the table is as it is, by the mandate under which it came (None: none)."""

AskProvider = Callable[[str, Mapping[str, str]], str]
"""The address where the table is asked for something, by kind of effect and what is said of it already; empty
while no bylaws are in force."""

EffectProvider = Callable[[str, str], DecisionLine | None]
"""Who decided what an effect does now, by its kind and its scope."""

_packs: dict[str, PackProvider] = {}
_panels: dict[str, PanelProvider] = {}
_partner_panels: dict[str, PartnerPanelProvider] = {}
_standing: list[StandingProvider] = []
_rules: list[RuleProvider] = []
_matters: list[MatterProvider] = []
_attendance: list[AttendanceProvider] = []
_decided: list[DecidedProvider] = []
_by_effect: list[EffectProvider] = []
_asking: list[AskProvider] = []


def _name(provider: Callable[..., object]) -> str:
    return f"{provider.__module__}.{provider.__qualname__}"


def add_to_pack(provider: PackProvider) -> None:
    """Let a provider add to every pack; the same one again replaces itself."""
    _packs[_name(provider)] = provider


def add_to_table(provider: PanelProvider) -> None:
    """Let a provider add parts to the pages of the table and its bodies."""
    _panels[_name(provider)] = provider


def add_to_partner(provider: PartnerPanelProvider) -> None:
    """Let a provider add parts to the pages of partners."""
    _partner_panels[_name(provider)] = provider


def partner_panels(actor: Actor, partner_id: UUID) -> list[Panel]:
    """Parts that others add to a partner's page, in order."""
    found = [panel for provider in _partner_panels.values() for panel in provider(actor, partner_id)]
    return sorted(found, key=lambda panel: panel.order)


def say_standing_with(provider: StandingProvider) -> None:
    """Let the bylaws say whether a body may bind."""
    _standing[:] = [provider]


def rules_with(provider: RuleProvider) -> None:
    """Let the bylaws say how terms are counted and what becomes of the seats of who leaves."""
    _rules[:] = [provider]


def matters_with(provider: MatterProvider) -> None:
    """Let governance name the matters in which a delegate has or lacks authority."""
    _matters[:] = [provider]


def attendance_with(provider: AttendanceProvider) -> None:
    """Let meetings say from which seats nobody came."""
    _attendance[:] = [provider]


def say_decided_with(provider: DecidedProvider, by_effect: EffectProvider) -> None:
    """Let governance say who decided what the table is made of, and when it may be undone."""
    _decided[:] = [provider]
    _by_effect[:] = [by_effect]


def effect_line(effect: str, scope: str) -> DecisionLine | None:
    """Who decided what this effect does to one part of the table: who sits in a seat, who has a role that
    watches, who controls whom. None where no decision did it."""
    return _by_effect[0](effect, scope) if _by_effect else None


def ask_with(provider: AskProvider) -> None:
    """Let governance say where the table is asked for what only it decides."""
    _asking[:] = [provider]


def ask_url(kind: str, **said: object) -> str:
    """Where to put the question whose yes does this, with what is said already chosen there; empty while the
    table is being founded and nobody has to be asked."""
    return _asking[0](kind, {name: str(value) for name, value in said.items()}) if _asking else ""


def decided_line(given_under: UUID | None) -> DecisionLine | None:
    """Who decided this, and when may it be undone? None where nothing is decided here yet."""
    return _decided[0](given_under) if _decided else None


def pack_items(seat: SeatShape, body: BodyShape) -> list[PackItem]:
    """What all providers know about a seat."""
    return [item for provider in _packs.values() for item in provider(seat, body)]


def panels(actor: Actor, body: BodyShape | None) -> list[Panel]:
    """Parts that others add to a page, in order."""
    found = [panel for provider in _panels.values() for panel in provider(actor, body)]
    return sorted(found, key=lambda panel: panel.order)


def standings(body_ids: Iterable[UUID], on: date) -> Mapping[UUID, StandingShape]:
    """What the bylaws say of bodies; empty while none are in force."""
    return _standing[0](body_ids, on) if _standing else {}


def seat_rule(slug: str) -> SeatRule:
    """The rule of a body's seats: the bylaws', or the default."""
    return (_rules[0](slug) if _rules else None) or SeatRule()


def matters() -> Sequence[tuple[str, str]]:
    """Matters by value and English words."""
    return _matters[0]() if _matters else ()


def shortfalls(body_ids: Iterable[UUID]) -> list[ShortfallShape]:
    """Seats from which nobody, or nobody with authority, came several times in a row."""
    return list(_attendance[0](body_ids)) if _attendance else []
