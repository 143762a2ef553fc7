"""Writing bylaws as ``bylaws.toml``: the same rules always give the same text. Pure.

What a rule leaves at its default is not written, so a file stays as short as what it decides.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from commonweal.governance.shapes_bylaws import (
    BodyRule,
    BylawsShape,
    BylawsText,
    MatterRule,
    TermsRule,
)
from commonweal.governance.shapes_voting import MAJORITY, QuorumRule, Share, VotingRule
from commonweal.governance.vocabulary import Matter

_SPOKEN_AT_NOUGHT = ("remote", "cure_days")
Value = str | int | bool | Share | None | Iterable[str] | Mapping[str, str] | Mapping[str, int]


def write(bylaws: BylawsText | BylawsShape) -> str:
    """The file. Reading it gives the same bylaws again."""
    lines = [_line("name", bylaws.name)]
    if not bylaws.is_register_public:
        lines.append(_line("register", "partners"))
    if bylaws.residents_body:
        lines.append(_line("residents_body", bylaws.residents_body))
    for slug in sorted(bylaws.bodies):
        lines += _body(bylaws.bodies[slug])
    rest = bylaws.otherwise
    for matter in (m for m in Matter if m in bylaws.matters):
        rule = bylaws.matters[matter]
        if rest is None or rule != replace(rest, matter=matter):
            lines += _matter(f"matter.{matter.value}", rule)
        for slug in sorted(body for about, body in bylaws.within if about is matter):
            lines += _within(f"matter.{matter.value}.in.{_key(slug)}", bylaws.within[matter, slug], rule)
    if rest:
        lines += _matter("otherwise", rest)
    return "\n".join(lines) + "\n"


def said(share: Share) -> str:
    """A share as it stands in the file."""
    if share == MAJORITY:
        return "majority"
    return f"{'more than ' if share.over else ''}{share.numerator}/{share.denominator}"


def _body(rule: BodyRule) -> list[str]:
    where = f"body.{_key(rule.body)}"
    lines = _table(
        where,
        article=rule.article,
        text=rule.text,
        co_leads=rule.co_leads,
        parity=rule.parity,
        residents=rule.residents,
        sectors=rule.sectors,
        affected=rule.affected,
        leads_sit_on=rule.leads_sit_on,
        cure_days=None if rule.cure_days == 60 else rule.cure_days,
    )
    if rule.terms != TermsRule():
        lines += _table(
            f"{where}.terms",
            partial_from=rule.terms.partial_from,
            break_months=rule.terms.break_months,
            leaving=rule.terms.leaving,
        )
    if rule.assent != VotingRule():
        lines += _table(f"{where}.assent", **_voting(rule.assent))
        lines += _quorum(f"{where}.assent", rule.assent.quorum)
    return lines


def _matter(where: str, rule: MatterRule) -> list[str]:
    return [
        line
        for name, values in _parts(rule).items()
        for line in _lines(f"{where}.{name}" if name else where, values)
    ]


def _within(where: str, rule: MatterRule, above: MatterRule) -> list[str]:
    """A body's own rule: what differs from the rule of the matter, and ``false`` for what it takes out."""
    given, mine = _parts(replace(above, reserved=(), delegation=None)), _parts(rule)
    top = {k: v for k, v in mine[""].items() if k in ("article", "text") or given[""].get(k) != v}
    del top["body"]
    top |= {k: k == "remote" for k in given[""] if k not in mine[""]}
    top |= {name: False for name in given if name not in mine}
    lines = _lines(where, top)
    for name, values in mine.items():
        if name and values != given.get(name):
            lines += _lines(f"{where}.{name}", values)
    return lines


Parts = dict[str, dict[str, Value]]


def _parts(rule: MatterRule) -> Parts:
    """What is written of a rule: its own keys under "", then those of each table inside it."""
    top = _spoken(
        article=rule.article,
        text=rule.text,
        body=rule.body,
        proposers=() if rule.proposers == {"any"} else sorted(rule.proposers),
        notice_days=rule.notice_days,
        open_days=_unless(rule.open_days, 7),
        **_voting(rule.voting),
        choosing=rule.choosing.value if rule.choosing else None,
        secret=rule.is_secret,
        remote=None if rule.is_remote else False,
        proxies=rule.proxies,
        tie=_unless(rule.tie, "fails"),
        gate_body=rule.gate_body,
        gate_days=_unless(rule.gate_days, 30) if rule.gate_body else None,
        reserved=rule.reserved,
        longest_days=rule.longest_days,
        review_days=rule.review_days,
        ratify_days=_unless(rule.ratify_days, 30),
        follow_through=rule.follow_through,
    )
    quorum = _quorum_said(rule.voting.quorum)
    return {"": top, **({"quorum": quorum} if quorum is not None else {}), **_paths(rule)}


def _paths(rule: MatterRule) -> Parts:
    found: Parts = {}
    if f := rule.fallback:
        found["fallback"] = _spoken(
            rounds=f.rounds,
            threshold=f.threshold,
            base=_unless(f.base.value, "cast"),
        )
    if e := rule.emergency:
        found["emergency"] = _spoken(
            openers=sorted(e.openers),
            threshold=e.threshold,
            expires_days=e.expires_days,
            review_days=e.review_days,
            gate_days=e.gate_days,
        )
    if c := rule.challenge:
        found["challenge"] = _spoken(
            challengers=sorted(c.challengers),
            within_days=c.within_days,
            suspends=c.suspends,
        )
    if o := rule.override:
        found["override"] = _spoken(threshold=o.threshold, after_days=o.after_days)
    if d := rule.delegation:
        found["delegation"] = _spoken(
            words=d.says or d.words,
            limit_cents=d.limit_cents,
            act_limit_cents=d.act_limit_cents,
            report_days=d.report_days,
            suspends=d.suspends,
        )
    return found


def _voting(rule: VotingRule) -> dict[str, Value]:
    return {
        "method": _unless(rule.method.value, "vote"),
        "threshold": None if rule.threshold == MAJORITY else rule.threshold,
        "base": _unless(rule.base.value, "cast"),
        "groups": _unless(rule.groups, "sector"),
        "groups_needed": rule.groups_needed,
        "aside_limit": None if rule.aside_limit == Share(1, 4) else rule.aside_limit,
    }


def _quorum(where: str, rule: QuorumRule) -> list[str]:
    said = _quorum_said(rule)
    return _lines(f"{where}.quorum", said) if said is not None else []


def _quorum_said(rule: QuorumRule) -> dict[str, Value] | None:
    if rule == QuorumRule():
        return None
    is_plain = rule.share == (None if rule.count else MAJORITY)
    return _spoken(
        share=None if is_plain else rule.share,
        count=rule.count,
        classes=rule.classes,
        with_authority=rule.needs_authority,
        recused=_unless(rule.recused.value, "count"),
    )


def _unless(value: str | int, usual: str | int) -> str | int | None:
    return None if value == usual else value


def _table(where: str, **values: Value) -> list[str]:
    return _lines(where, _spoken(**values))


def _spoken(**values: Value) -> dict[str, Value]:
    """What is written. What is absent, false, nought or empty is its default: left out, but for two keys."""
    return {k: v for k, v in values.items() if v or (k in _SPOKEN_AT_NOUGHT and v is not None)}


def _lines(where: str, values: Mapping[str, Value]) -> list[str]:
    return ["", f"[{where}]", *(_line(key, value) for key, value in values.items())]


def _line(key: str, value: Value) -> str:
    if isinstance(value, Mapping):
        return "\n".join(f"{key}.{_key(name)} = {_plain(value[name])}" for name in sorted(value))
    return f"{key} = {_plain(value)}"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Share):
        return _quoted(said(value))
    if isinstance(value, str):
        return _quoted(value)
    assert isinstance(value, Iterable)
    return f"[{', '.join(_quoted(str(one)) for one in value)}]"


def _quoted(text: str) -> str:
    """A basic string of TOML, which escapes as JSON does, apart from the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _quoted(name)
