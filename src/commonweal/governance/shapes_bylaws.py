"""The bylaws in force, as what the software asks of them. Each rule carries the article that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from commonweal.governance.shapes_voting import Share, VotingRule
from commonweal.governance.vocabulary import Base, Choosing, Matter

NOBODY: frozenset[str] = frozenset()
_MAJORITY = VotingRule()
_HALF = Share(1, 2)
_NONE: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class Emergency:
    """A way to decide before notice has run: who may open it, how soon its effect expires and is reviewed.

    ``gate_days``: how long the bodies have whose yes it needs; None: as long as without a hurry.
    """

    openers: frozenset[str]
    threshold: Share
    expires_days: int
    review_days: int
    gate_days: int | None = None


@dataclass(frozen=True, slots=True)
class Challenge:
    """Who may put a decided matter again, for how long, and whether its effect rests until then."""

    challengers: frozenset[str]
    within_days: int
    suspends: bool = False


@dataclass(frozen=True, slots=True)
class Override:
    """The narrow way past a gate that was not reached: how many of all must have said yes, after how long.
    A no that was said is never passed by (DOMAIN 7-T4)."""

    threshold: Share
    after_days: int


@dataclass(frozen=True, slots=True)
class Fallback:
    """The vote that decides where so many rounds found no consensus: what part of what says yes
    (DOMAIN §7.4)."""

    rounds: int
    threshold: Share
    base: Base = Base.CAST


@dataclass(frozen=True, slots=True)
class Delegation:
    """What the backbone may do alone: in plain words, up to how much in all and in one decision, how soon it
    reports back; and whether it may do nothing more while a report is overdue. ``says``: the words by
    language, where the bylaws have them in several; ``words`` are then the English, or the first."""

    words: str
    limit_cents: int | None
    report_days: int
    act_limit_cents: int | None = None
    suspends: bool = False
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MatterRule:
    """How one class of matters is decided.

    ``body`` and ``gate_body`` are slugs of bodies; ``proposers`` are kinds of seats (``partner``,
    ``resident``, ``lead``, ``backbone``, ``any``). ``reserved``: slugs of bodies below whose assent a
    question that touches them waits for. ``tie``: ``fails``, ``chair`` or ``lot``. ``longest_days``: the
    longest that a mandate may run; None: without end. ``text`` is the article as adopted, by language.
    ``follow_through``: a yes is carried only once somebody has taken something on by a day, or promised it.
    """

    matter: Matter
    body: str
    article: str
    text: Mapping[str, str]
    voting: VotingRule = _MAJORITY
    proposers: frozenset[str] = frozenset({"any"})
    notice_days: int = 0
    open_days: int = 7
    choosing: Choosing | None = None
    is_secret: bool = False
    is_remote: bool = True
    proxies: int = 0
    tie: str = "fails"
    gate_body: str = ""
    gate_days: int = 30
    reserved: tuple[str, ...] = ()
    longest_days: int | None = None
    review_days: int | None = None
    ratify_days: int = 30
    emergency: Emergency | None = None
    challenge: Challenge | None = None
    override: Override | None = None
    delegation: Delegation | None = None
    fallback: Fallback | None = None
    follow_through: bool = False


@dataclass(frozen=True, slots=True)
class TermsRule:
    """How terms in a body's seats are counted (DOMAIN §7.7): what part of one counts as one, after how many
    months away they are counted anew, and what becomes of a partner's seats when it leaves: ``by-seat``,
    ``vacant`` or ``ends``."""

    partial_from: Share = _HALF
    break_months: int = 12
    leaving: str = "by-seat"


_USUAL_TERMS = TermsRule()


@dataclass(frozen=True, slots=True)
class BodyRule:
    """Who must sit on a body for it to bind, and how it answers others. A body without a rule binds as it is.

    ``co_leads``: how many leads of different sectors. ``parity``: a resident and an institution lead it.
    ``residents``: their share of the filled seats. ``sectors``: filled seats by sector. ``affected``: someone
    sits there for those whom it is about. ``leads_sit_on``: the body on which each of its leads also sits.
    ``assent``: how this body says the yes for which another body's question waits.
    """

    body: str
    article: str
    text: Mapping[str, str]
    co_leads: int = 0
    parity: bool = False
    residents: Share | None = None
    sectors: Mapping[str, int] = field(default_factory=lambda: _NONE)
    affected: bool = False
    leads_sit_on: str = ""
    cure_days: int = 60
    assent: VotingRule = _MAJORITY
    terms: TermsRule = _USUAL_TERMS


class Ruled:
    """How matters are ruled: by one rule each, and by one more for each body that decides within itself.

    A body's own rule reaches no further than the body: its seats, who sits there, the bodies inside it.
    """

    __slots__ = ()
    matters: Mapping[Matter, MatterRule]
    within: Mapping[tuple[Matter, str], MatterRule]

    def rule(self, matter: Matter, body: str = "") -> MatterRule | None:
        """How a body, by its slug, decides a matter: by its own rule, else by that of the matter."""
        return self.within.get((matter, body)) or self.matters.get(matter)

    def rules_of(self, matter: Matter) -> tuple[MatterRule, ...]:
        """Every rule of a matter: the one for all first, then those of bodies within themselves."""
        main = self.matters.get(matter)
        own = (rule for (about, _body), rule in self.within.items() if about is matter)
        return (*([main] if main else ()), *own)

    def decided_by(self, body: str) -> dict[Matter, MatterRule]:
        """The matters that a body decides, for all or within itself, each with its rule."""
        found = {m: rule for m, rule in self.matters.items() if rule.body == body}
        return {**found, **{m: rule for (m, slug), rule in self.within.items() if slug == body}}

    @property
    def all_rules(self) -> tuple[MatterRule, ...]:
        """Every rule of every matter."""
        return (*self.matters.values(), *self.within.values())


@dataclass(frozen=True, slots=True)
class BylawsText(Ruled):
    """What the file says, read and checked: no version yet, and no day from which it holds.

    ``matters`` holds every matter that is ruled; those that no rule of their own names follow ``otherwise``
    (whose own ``matter`` says nothing). ``within``: rules of a matter for one body, by matter and slug.
    """

    name: str
    matters: Mapping[Matter, MatterRule]
    bodies: Mapping[str, BodyRule]
    is_register_public: bool = True
    residents_body: str = ""
    otherwise: MatterRule | None = None
    within: Mapping[tuple[Matter, str], MatterRule] = field(default_factory=dict)

    @property
    def named_bodies(self) -> frozenset[str]:
        """The slugs of every body that a rule names."""
        ruled = (x for rule in self.all_rules for x in (rule.body, rule.gate_body, *rule.reserved))
        seated = (x for rule in self.bodies.values() for x in (rule.body, rule.leads_sit_on))
        return frozenset(slug for slug in (*ruled, *seated, self.residents_body) if slug)


@dataclass(frozen=True, slots=True)
class BylawsShape(Ruled):
    """One version of the bylaws, read and checked. ``is_register_public``: who may read what was decided."""

    id: UUID
    version: int
    name: str
    starts_at: datetime
    trial_ends_at: datetime | None
    digest: str
    text: str
    matters: Mapping[Matter, MatterRule]
    bodies: Mapping[str, BodyRule]
    is_register_public: bool = True
    residents_body: str = ""
    otherwise: MatterRule | None = None
    within: Mapping[tuple[Matter, str], MatterRule] = field(default_factory=dict)
