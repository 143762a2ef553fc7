"""Reading ``bylaws.toml``: every rule with the article that says so, or every fault with its place. Pure.

The file has a ``name``, ``[body.<slug>]`` for who must sit on a body, and ``[matter.<name>]`` for how one
kind of matters is decided; ``[matter.<name>.in.<body>]`` for how one body decides it within itself, where
every key that is left out is that of the matter; ``[otherwise]`` for all matters that have no rule of their
own.
``docs/bylaws.md`` names each key.
"""

import hashlib
from dataclasses import replace

from commonweal.governance.rules.quorum import CLASS_NAMES
from commonweal.governance.rules.toml_reading import FileFaults as FileFaults
from commonweal.governance.rules.toml_reading import Reading, Table
from commonweal.governance.shapes_bylaws import (
    BodyRule,
    BylawsText,
    Challenge,
    Delegation,
    Emergency,
    Fallback,
    MatterRule,
    Override,
    TermsRule,
)
from commonweal.governance.shapes_voting import MAJORITY, TWO_THIRDS, QuorumRule, Share, VotingRule
from commonweal.governance.vocabulary import Base, Choosing, Matter, Method, Recused
from commonweal.kernel.words import N_
from commonweal.partners.vocabulary import Sector

FILE = "bylaws.toml"
PROPOSERS = ("any", "partner", "resident", "lead", "backbone")
TIES = ("fails", "chair", "lot")
LEAVING = ("by-seat", "vacant", "ends")
ANY = Matter.POSITION  # what a rule for "otherwise" bears until it is made a rule for a matter
GROUPS = ("sector", "jurisdiction")
IN = "in"
FOR_ALL = (Matter.BYLAWS, Matter.DELEGATION)  # no body decides these within itself
OWN = frozenset({IN, "body", "article", "text", "reserved", "delegation"})  # never handed down
TRUE_OR_FALSE = frozenset({"secret", "remote", "residents_yes"})


def digest_of(text: str) -> str:
    """The SHA-256 of the file as written."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str, file: str = FILE) -> BylawsText:
    """The bylaws in a file. Raises ``FileFaults`` (a BadInput) with all that is wrong, each with its cure."""
    reading = Reading(text, file)
    found = read_table(reading.root)
    reading.end()
    return found


def read_table(root: Table) -> BylawsText:
    """The bylaws in a table of a larger file. Faults stay with the reading."""
    name = root.text("name", is_required=True)
    register = root.text("register", "public")
    if register not in ("public", "partners"):
        root.fault("register", N_("Who reads the register?"), N_('Write "public" or "partners".'))
    residents_body = root.text("residents_body")
    bodies = {slug: _body(slug, table) for slug, table in root.tables("body")}
    named = [(m, table) for key, table in root.tables("matter") if (m := _matter_named(table, key))]
    inner = {matter: table.tables(IN) for matter, table in named}
    own = [(matter, table) for matter, table in named if table.data.keys() - {IN} or not inner[matter]]
    matters = {matter: _matter(matter, table, residents_body) for matter, table in own}
    rest = root.table("otherwise")
    otherwise = _matter(ANY, rest, residents_body) if rest else None
    if not matters:
        root.fault(
            "matter",
            N_("No rule says how anything is decided."),
            N_("Write a table such as [matter.%(example)s]."),
            example=Matter.DATA_SHARING.value,
        )
    elif Matter.BYLAWS not in matters:
        root.fault(
            "matter.bylaws",
            N_("Nothing says how the bylaws themselves are changed."),
            N_("Write a table [matter.bylaws]; without it they could never be amended."),
        )
    root.end()
    everything = {m: matters.get(m) or replace(otherwise, matter=m) for m in Matter} if otherwise else matters
    above = {**dict.fromkeys(inner, rest), **dict(own)}
    within = {
        (matter, slug): rule
        for matter, tables in inner.items()
        for slug, table in tables
        if (rule := read_within(matter, slug, table, above[matter], everything.get(matter), residents_body))
    }
    return BylawsText(name, everything, bodies, register != "partners", residents_body, otherwise, within)


def read_within(
    matter: Matter, slug: str, table: Table, above: Table | None, main: MatterRule | None, residents: str
) -> MatterRule | None:
    """How one body decides a matter within itself. What it leaves out is as in ``above``, the table of the
    matter; ``false`` takes out what stands there. Whose yes is reserved is not handed down: nobody else is
    touched. None where it can't be: the fault is kept."""
    if matter in FOR_ALL:
        table.fault(
            "",
            N_("This is decided for all, so no body decides it within itself."),
            N_("Take this table out."),
        )
    elif above is None or main is None:
        table.fault(
            "",
            N_("Nothing says how this is decided for all."),
            N_("Write the table [matter.%(matter)s] too, or [otherwise]."),
            matter=matter.value,
        )
    elif slug == main.body:
        table.fault(
            "", N_("This body decides it for all anyway."), N_("Write these keys under [matter.%(matter)s]."),
            matter=matter.value,
        )  # fmt: skip
    elif "body" in table.data:
        table.fault("body", N_("The heading says which body decides."), N_("Take this line out."))
    else:
        return _matter(matter, _handed_down(table, above, slug), residents)
    return None


def _handed_down(table: Table, above: Table, slug: str) -> Table:
    """A table with what stands above wherever it says nothing itself."""
    said = {k: v for k, v in table.data.items() if v is not False or k in TRUE_OR_FALSE}
    kept = {k: v for k, v in above.data.items() if k in above.asked and k not in {*OWN, *table.data}}
    return Table(table.reading, table.path, {**kept, **said, "body": slug})


def _matter_named(table: Table, key: str) -> Matter | None:
    return table.known("", key, Matter)


def _matter(matter: Matter, table: Table, residents_body: str) -> MatterRule:
    gate = table.text("gate_body")
    needs_residents = table.yes_no("residents_yes", bool(gate))
    if needs_residents and not (gate or residents_body):
        table.fault(
            "residents_yes",
            N_("The residents’ yes is needed, but nothing says which body gives it."),
            N_("Write gate_body here, or residents_body at the top of the file."),
        )
    rule = MatterRule(
        matter=matter,
        body=table.text("body", is_required=True),
        article=table.text("article", is_required=True),
        text=table.languages("text"),
        voting=_voting(table, needs_residents=needs_residents),
        proposers=frozenset(_among(table, "proposers", PROPOSERS, ("any",))),
        notice_days=table.whole("notice_days", 0, most=365),
        open_days=table.whole("open_days", 7, least=1, most=365),
        choosing=table.one_of("choosing", Choosing, is_required=False),
        is_secret=table.yes_no("secret", False),
        is_remote=table.yes_no("remote", True),
        proxies=table.whole("proxies", 0, most=20),
        tie=_one_among(table, "tie", TIES),
        gate_body=(gate or residents_body) if needs_residents else "",
        gate_days=table.whole("gate_days", 30, least=1, most=365),
        reserved=table.several("reserved"),
        longest_days=table.maybe_whole("longest_days", most=36_500),
        review_days=table.maybe_whole("review_days", most=36_500),
        ratify_days=table.whole("ratify_days", 30, least=1, most=365),
        emergency=_emergency(table.table("emergency")),
        challenge=_challenge(table.table("challenge")),
        override=_override(table.table("override")),
        delegation=_delegation(table.table("delegation")),
        fallback=_fallback(table.table("fallback")),
        follow_through=table.yes_no("follow_through", False),
    )
    _check_matter(rule, table)
    table.end()
    return rule


def _check_matter(rule: MatterRule, table: Table) -> None:
    if rule.override and not rule.gate_body:
        table.fault(
            "override",
            N_("There is no gate here that could be passed by."),
            N_("Take the override out, or write gate_body."),
        )
    if rule.is_secret and rule.voting.method in (Method.CONSENSUS, Method.CONSENT):
        table.fault(
            "secret",
            N_("Consensus and consent hear reasons, so they can’t be secret."),
            N_("Take secret out, or choose another method."),
        )
    if rule.fallback and rule.voting.method is not Method.CONSENSUS:
        table.fault(
            "fallback",
            N_("Only a consensus that is not found falls back on a vote."),
            N_('Write method = "consensus", or take the fallback out.'),
        )
    if rule.delegation and rule.matter is not Matter.DELEGATION:
        table.fault(
            "delegation",
            N_("What the backbone may do alone stands under [matter.delegation]."),
            N_("Move it there."),
        )


def _among(table: Table, key: str, known: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
    found = table.several(key, default)
    for word in found:
        if word not in known:
            table.fault(
                key,
                N_("“%(word)s” is not known here."),
                N_("Write one of: %(known)s."),
                word=word,
                known=", ".join(known),
            )
    return found or default


def _one_among(table: Table, key: str, known: tuple[str, ...]) -> str:
    word = table.text(key, known[0])
    if word not in known:
        table.fault(
            key,
            N_("“%(word)s” is not known here."),
            N_("Write one of: %(known)s."),
            word=word,
            known=", ".join(known),
        )
    return word


def _voting(table: Table, *, needs_residents: bool = False) -> VotingRule:
    method = table.choice("method", Method, Method.VOTE)
    groups_needed = table.whole("groups_needed", 0, most=100)
    if (method is Method.DOUBLE_MAJORITY) != (groups_needed > 0):
        table.fault(
            "groups_needed",
            N_("A double majority needs a number of groups, and only it has one."),
            N_('Write method = "double-majority" and groups_needed = 3, or neither.'),
        )
    return VotingRule(
        method=method,
        threshold=table.share("threshold", MAJORITY) or MAJORITY,
        base=table.choice("base", Base, Base.CAST),
        quorum=_quorum(table.table("quorum")),
        needs_residents=needs_residents,
        groups=_one_among(table, "groups", GROUPS),
        groups_needed=groups_needed,
        aside_limit=table.share("aside_limit", Share(1, 4)) or Share(1, 4),
    )


def _quorum(table: Table | None) -> QuorumRule:
    if table is None:
        return QuorumRule()
    count = table.whole("count", 0, most=100_000)
    rule = QuorumRule(
        share=table.share("share", None if count else MAJORITY),
        count=count,
        classes=table.numbers("classes"),
        needs_authority=table.yes_no("with_authority", False),
        recused=table.choice("recused", Recused, Recused.COUNT),
    )
    for name in rule.classes:
        if name not in CLASS_NAMES:
            table.fault(
                "classes",
                N_("“%(word)s” is not known here."),
                N_("Write one of: %(known)s."),
                word=name,
                known=", ".join(CLASS_NAMES),
            )
    table.end()
    return rule


def _emergency(table: Table | None) -> Emergency | None:
    if table is None:
        return None
    found = Emergency(
        openers=frozenset(_among(table, "openers", PROPOSERS, ("lead",))),
        threshold=table.share("threshold", TWO_THIRDS) or TWO_THIRDS,
        expires_days=table.whole("expires_days", 30, least=1, most=365),
        review_days=table.whole("review_days", 14, least=1, most=365),
        gate_days=table.maybe_whole("gate_days", most=365),
    )
    table.end()
    return found


def _challenge(table: Table | None) -> Challenge | None:
    if table is None:
        return None
    found = Challenge(
        challengers=frozenset(_among(table, "challengers", PROPOSERS, ("any",))),
        within_days=table.whole("within_days", 30, least=1, most=3650),
        suspends=table.yes_no("suspends", False),
    )
    table.end()
    return found


def _override(table: Table | None) -> Override | None:
    if table is None:
        return None
    found = Override(
        threshold=table.share("threshold", Share(3, 4)) or Share(3, 4),
        after_days=table.whole("after_days", 60, least=1, most=365),
    )
    table.end()
    return found


def _fallback(table: Table | None) -> Fallback | None:
    if table is None:
        return None
    found = Fallback(
        rounds=table.whole("rounds", 2, least=1, most=20),
        threshold=table.share("threshold", TWO_THIRDS) or TWO_THIRDS,
        base=table.choice("base", Base, Base.CAST),
    )
    if 2 * found.threshold.numerator <= found.threshold.denominator:
        table.fault(
            "threshold",
            N_("After a consensus was sought, half or a bare majority is too few to decide."),
            N_('Write more than half, such as threshold = "2/3".'),
        )
    table.end()
    return found


def _delegation(table: Table | None) -> Delegation | None:
    if table is None:
        return None
    words, says = table.one_or_languages("words")
    found = Delegation(
        words=words,
        says=says,
        limit_cents=table.maybe_whole("limit_cents"),
        report_days=table.whole("report_days", 90, least=1, most=3650),
        act_limit_cents=table.maybe_whole("act_limit_cents"),
        suspends=table.yes_no("suspends", False),
    )
    table.end()
    return found


def _body(slug: str, table: Table) -> BodyRule:
    assent = table.table("assent")
    rule = BodyRule(
        body=slug,
        article=table.text("article", is_required=True),
        text=table.languages("text"),
        co_leads=table.whole("co_leads", 0, most=50),
        parity=table.yes_no("parity", False),
        residents=table.share("residents"),
        sectors=table.numbers("sectors"),
        affected=table.yes_no("affected", False),
        leads_sit_on=table.text("leads_sit_on"),
        cure_days=table.whole("cure_days", 60, most=3650),
        assent=_voting(assent) if assent else VotingRule(),
        terms=_terms(table.table("terms")),
    )
    if assent:
        assent.end()
    _check_sectors(rule, table)
    table.end()
    return rule


def _terms(table: Table | None) -> TermsRule:
    if table is None:
        return TermsRule()
    usual = TermsRule()
    found = TermsRule(
        partial_from=table.share("partial_from", usual.partial_from) or usual.partial_from,
        break_months=table.whole("break_months", usual.break_months, least=1, most=600),
        leaving=_one_among(table, "leaving", LEAVING),
    )
    table.end()
    return found


def _check_sectors(rule: BodyRule, table: Table) -> None:
    for sector in rule.sectors:
        table.known("sectors", sector, Sector)
