"""May this role read this class for this purpose, given what the person has said? Pure.

The same policy file fills the database's rule table, so that row-level security and this
function decide from one source; tests walk all 40,800 cells of SECURITY §2.5 through both.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from commonweal.foundation.access.vocabulary import (
    PERSON_CLASSES,
    DataClass,
    Need,
    Purpose,
    Relation,
    Role,
    State,
)
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


@dataclass(frozen=True, slots=True)
class Rule:
    """One named allowance. ``level``: 0 write only, 1 minimum necessary, 2 full."""

    role: Role
    purpose: Purpose
    data_class: DataClass
    relation: Relation
    need: Need
    level: int
    can_write: bool

    @property
    def id(self) -> str:
        need = f".{self.need}" if self.need else ""
        return f"access.{self.role}.{self.purpose}.{self.data_class}.{self.relation}{need}".lower()


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading to decide on: who, what, why, and what the person has said."""

    role: Role
    purpose: Purpose
    data_class: DataClass
    relation: Relation
    state: State = State.MATCHES
    assigned: bool = True
    named: bool = True
    case: bool = True


@cache
def policy() -> tuple[Rule, ...]:
    """Every rule of the shipped policy file."""
    text = resources.files(__package__).joinpath("policy.toml").read_text(encoding="utf-8")
    return tuple(_expand(tomllib.loads(text)))


def _expand(raw: dict[str, dict[str, list[str]]]) -> Iterator[Rule]:
    classes = [DataClass(c) for c in raw["classes"]]
    for role_name, words in raw["roles"].items():
        for data_class, word in zip(classes, words, strict=True):
            yield from _rules_of_word(Role(role_name), data_class, word, raw["purposes"])


def _rules_of_word(
    role: Role, data_class: DataClass, word: str, purposes: dict[str, list[str]]
) -> Iterator[Rule]:
    grade, _, condition = word.removesuffix("+glass").partition(":")
    level = 2 if "Y" in grade else 1 if "m" in grade else 0
    if grade != "-":
        for purpose_name, bound in purposes.items():
            purpose = Purpose(purpose_name)
            top = 2 if data_class in bound else 1 if f"{data_class}*" in bound else None
            if top is None:
                continue
            for relation, need in _ways(purpose, data_class, grade, condition):
                writes = "w" in grade and top == 2
                yield Rule(role, purpose, data_class, relation, need, min(level, top), writes)
    if word.endswith("+glass"):
        yield Rule(role, Purpose.EMERG, data_class, Relation.GLASS, Need.NOTHING, 2, False)


def _ways(
    purpose: Purpose, data_class: DataClass, grade: str, condition: str
) -> Iterator[tuple[Relation, Need]]:
    """The relations under which a word of the table holds, each with what else it needs."""
    if condition.startswith("own"):
        if purpose in (Purpose.SELF, Purpose.GOV):
            yield Relation.SELF, Need.NAMED if "named" in condition else Need.NOTHING
        return
    if purpose is Purpose.SELF and data_class not in _EVERYBODYS:
        return  # one's own record and nobody's else
    if data_class not in PERSON_CLASSES:
        yield Relation.OWN, Need.NOTHING
        return
    need = Need(condition)
    yield Relation.OWN, _need_at_source(data_class, need)
    only_at_source = grade == "w" or (need is Need.ASSIGNED and data_class in (DataClass.D6, DataClass.D7))
    if not only_at_source:
        yield Relation.SHARED, need


_EVERYBODYS = (DataClass.D0, DataClass.D1)


def _need_at_source(data_class: DataClass, need: Need) -> Need:
    if data_class is DataClass.D6 and need is not Need.CASE:
        return Need.ASSIGNED  # the source programme only, not its whole organization
    return Need.NOTHING if need is Need.NAMED else need


@cache
def _index() -> dict[tuple[Role, Purpose, DataClass, Relation], Rule]:
    return {(r.role, r.purpose, r.data_class, r.relation): r for r in policy()}


def decide(reading: Reading) -> Verdict:
    """May it be read, by which rule, in plain words? Silence means no."""
    rule = _index().get((reading.role, reading.purpose, reading.data_class, reading.relation))
    return _judge(rule if rule is not None and rule.level > 0 else None, reading)


def decide_write(reading: Reading, *, shared_writes: bool = False) -> Verdict:
    """May such a row be added or changed? ``shared_writes``: in a table that both sides write to."""
    rule = _index().get((reading.role, reading.purpose, reading.data_class, reading.relation))
    writes = rule is not None and rule.can_write
    if reading.relation is Relation.SHARED and not shared_writes:
        writes = False
    return _judge(rule if writes else None, reading)


def _judge(rule: Rule | None, reading: Reading) -> Verdict:
    if rule is None:
        return deny(
            "access.no-rule",
            N_("No rule lets this role read this for this purpose."),
            N_("Ask someone whose work it is, or choose another purpose."),
        )
    barred = _barred_by_state(reading) if reading.data_class in PERSON_CLASSES else None
    if barred is not None:
        return barred
    lacking = _lacking(rule.need, reading)
    if lacking is not None:
        return lacking
    return allow(rule.id, N_("A rule of the table allows it."))


def level_of(reading: Reading) -> int:
    """How much an allowed reading shows: 0 nothing, 1 the minimum necessary, 2 all."""
    rule = _index().get((reading.role, reading.purpose, reading.data_class, reading.relation))
    return rule.level if rule is not None and decide(reading) else 0


NO_CONSENT = deny(
    "access.no-consent", N_("The person has not said yes to this, or it has ended."), N_("Ask the person.")
)
_THEMSELVES = (Role.RESIDENT, Role.APP)
_PROTECTED_WHEN_DISPUTED = {DataClass.D6, DataClass.D7, DataClass.D8, DataClass.D9}


def _barred_by_state(reading: Reading) -> Verdict | None:
    state = reading.state
    if state is State.UNREADABLE:
        return deny("access.state.unreadable", N_("What the person allowed cannot be read just now."))
    if state is State.DISPUTED and reading.data_class in _PROTECTED_WHEN_DISPUTED:
        return deny("access.state.disputed", N_("Two people may be mixed up here; a person must look first."))
    if state is State.DECEASED and reading.data_class is DataClass.D9:
        return deny("access.state.deceased", N_("The person has died; consents are closed."))
    if state is State.OF_AGE and reading.role is Role.PROXY:
        return deny("access.state.of-age", N_("The person is of age now and decides alone."))
    if state is State.DECEASED and reading.role in _THEMSELVES:
        return deny("access.state.deceased", N_("The person has died; this page is closed."))
    if state is State.DECEASED and reading.relation is Relation.GLASS:
        return deny("access.state.deceased", N_("The person has died."))
    if state is State.DISPUTED and reading.relation is Relation.GLASS:
        return deny("access.state.disputed", N_("Two people may be mixed up here; a person must look first."))
    if state is State.RESTRICTED and reading.relation in (Relation.OWN, Relation.SHARED):
        return deny("access.state.restricted", N_("The person has asked that you do not see this."))
    if reading.relation is Relation.SHARED and state not in (State.MATCHES, State.OF_AGE):
        return NO_CONSENT
    return None


def _lacking(need: Need, reading: Reading) -> Verdict | None:
    if need is Need.ASSIGNED and not reading.assigned:
        return deny("access.not-assigned", N_("Only those assigned to this person see it."))
    if need is Need.NAMED and (not reading.named or reading.relation is Relation.SELF):
        return deny(
            "access.not-named",
            N_("The person must name your organization for this."),
            N_("Ask the person to name you on the form."),
        )
    if need is Need.CASE and not reading.case:
        return deny("access.no-case", N_("Only with an open case and a second person named."))
    return None
