"""The facts of the bylaws as sentences in the reader's language, bodies by their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from commonweal.governance.rules import bylaws_checking as checking
from commonweal.governance.rules import bylaws_words as words
from commonweal.governance.rules.bylaws_comparing import Change
from commonweal.governance.rules.bylaws_words import BodySlug, Days, Fact, Word
from commonweal.governance.shapes_bylaws import BodyRule, BylawsShape, BylawsText, MatterRule
from commonweal.governance.vocabulary import MATTER_NAMES, Matter
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleSaid:
    """One rule for a page: its article as adopted, the rule in one sentence, the terms around it.

    ``unsaid``: what the rule asks and the article does not say, which is to be mended. ``key``: the anchor.
    """

    key: str
    name: str
    article: str
    text: str
    language: str
    sentence: str
    terms: tuple[str, ...]
    unsaid: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()
    within: tuple[tuple[str, str], ...] = ()

    @property
    def all_names(self) -> tuple[tuple[str, str], ...]:
        """Every rule that says just this, by key and name: ``also`` holds the others."""
        return ((self.key, self.name), *self.also)

    @property
    def heading(self) -> str:
        """Those names in one line: matters that the same bodies decide within themselves are not told one by
        one."""
        matters = tuple(dict.fromkeys(matter for matter, _body in self.within))
        bodies = tuple(dict.fromkeys(body for _matter, body in self.within))
        if len(self.within) == len(self.all_names) == len(matters) * len(bodies) > 1:
            return gettext("%(matter)s within %(body)s") % {
                "matter": ", ".join(matters),
                "body": ", ".join(bodies),
            }
        return ", ".join(name for _key, name in self.all_names)


@dataclass(frozen=True, slots=True)
class TurnedSaid:
    """One fact of a rule before and after, as sentences; empty: not said."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeSaid:
    """One rule that differs, for a page."""

    name: str
    state: str
    turned: tuple[TurnedSaid, ...]
    article_before: str
    article_after: str


def names_of_bodies() -> Names:
    """Every body's name by its slug."""
    return {body.slug: gettext(body.name) for body in partners.bodies()}


def say(fact: Fact, names: Names) -> str:
    """One fact as a sentence without its capital."""
    params = {key: _param(value, names) for key, value in fact.params.items()}
    return gettext(fact.sentence) % params if params else gettext(fact.sentence)


def _param(value: words.Param, names: Names) -> object:
    if isinstance(value, tuple):
        return ", ".join(str(_param(one, names)) for one in value)
    if isinstance(value, Days):
        return days_said(value)
    if isinstance(value, BodySlug):
        return names.get(value, value)
    if isinstance(value, words.Said):
        return value.says.get((get_language() or "").split("-")[0]) or gettext(value)
    return gettext(value) if isinstance(value, Word) else value


def days_said(days: int) -> str:
    """A length of time as people say it."""
    years, rest = divmod(days, 365)
    if years and rest <= years:
        return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def matter_said(rule: MatterRule, names: Names) -> RuleSaid:
    """How a matter is decided, in one sentence, beside the article."""
    text, language = article_in(rule.text)
    unsaid = checking.unsaid(rule, language)
    name = gettext(MATTER_NAMES[rule.matter])
    return _said(rule.matter.value, name, rule.article, text, language, words.facts(rule), unsaid, names)


def within_said(rule: MatterRule, names: Names) -> RuleSaid:
    """How a body decides a matter within itself, beside the article. The sentence names no body, so that
    those who decide alike are said once."""
    text, language = article_in(rule.text)
    own = Fact("body", N_("it decides this within itself"), {}, True)
    made = _said(
        f"{rule.matter.value}-in-{rule.body}", matter_in(rule.matter, rule.body, names), rule.article, text,
        language, (own, *words.facts(rule)[1:]), checking.unsaid(rule, language), names,
    )  # fmt: skip
    return replace(made, within=((gettext(MATTER_NAMES[rule.matter]), names.get(rule.body, rule.body)),))


def matter_in(matter: Matter, body: str, names: Names) -> str:
    """What a body's own rule of a matter is called."""
    return gettext("%(matter)s within %(body)s") % {
        "matter": gettext(MATTER_NAMES[matter]),
        "body": names.get(body, body),
    }


def body_said(rule: BodyRule, names: Names) -> RuleSaid:
    """Who must sit on a body, beside the article."""
    text, language = article_in(rule.text)
    name = names.get(rule.body, rule.body)
    unsaid = checking.unsaid_of_body(rule, language)
    return _said(
        f"body-{rule.body}", name, rule.article, text, language, words.body_facts(rule), unsaid, names
    )


def _said(
    key: str,
    name: str,
    article: str,
    text: str,
    language: str,
    facts: Iterable[Fact],
    unsaid: Iterable[Fact],
    names: Names,
) -> RuleSaid:
    known = list(facts)
    main = [say(f, names) for f in known if f.is_main]
    head, rest = (main[0], main[1:]) if main and known[0].key == "body" else ("", main)
    sentence = f"{head}: {'; '.join(rest)}." if head and rest else f"{'; '.join(main)}." if main else ""
    return RuleSaid(
        key=key,
        name=name,
        article=article,
        text=text,
        language=language,
        sentence=capfirst(sentence),
        terms=tuple(capfirst(say(f, names)) for f in known if not f.is_main),
        unsaid=tuple(capfirst(say(f, names)) for f in unsaid),
    )


def article_in(text: Mapping[str, str]) -> tuple[str, str]:
    """An article in the reader's language, else in English, else as it is; and which language that is."""
    here = (get_language() or "en").split("-")[0]
    language = next((code for code in (here, "en", *text) if code in text), "")
    return text.get(language, ""), language


def rules_said(bylaws: BylawsShape | BylawsText) -> tuple[list[RuleSaid], list[RuleSaid]]:
    """Every rule for a page: how matters are decided, and who sits on bodies."""
    names = names_of_bodies()
    for_all = [(rule, matter_said(rule, names)) for rule in bylaws.matters.values()]
    within = [(rule, within_said(rule, names)) for rule in bylaws.within.values()]
    found = sorted((*for_all, *within), key=lambda pair: _by_article((None, pair[0])))
    matters = [said for _rule, said in found]
    bodies = [body_said(rule, names) for _slug, rule in sorted(bylaws.bodies.items(), key=_by_article)]
    return _together(matters), _together(bodies)


def _together(rules: list[RuleSaid]) -> list[RuleSaid]:
    """Rules that say the same under one article are one, with all their names."""
    found: dict[tuple[object, ...], RuleSaid] = {}
    for rule in rules:
        alike = (rule.article, rule.text, rule.sentence, rule.terms)
        before = found.get(alike)
        found[alike] = _with(before, rule) if before else rule
    return list(found.values())


def _with(before: RuleSaid, rule: RuleSaid) -> RuleSaid:
    return replace(before, also=(*before.also, (rule.key, rule.name)), within=(*before.within, *rule.within))


def _by_article(pair: tuple[object, MatterRule | BodyRule]) -> tuple[list[int], str]:
    parts = [int(p) for p in pair[1].article.replace("-", ".").split(".") if p.isdigit()]
    return parts, pair[1].article


def changes_said(changes: Iterable[Change]) -> list[ChangeSaid]:
    """Each rule that differs, for a page."""
    names = names_of_bodies()
    return [_change(change, names) for change in changes]


def _name_of(change: Change, names: Names) -> str:
    if change.matter and change.body:
        return matter_in(change.matter, change.body, names)
    return gettext(MATTER_NAMES[change.matter]) if change.matter else names.get(change.body, change.body)


def _change(change: Change, names: Names) -> ChangeSaid:
    name = _name_of(change, names)
    state = N_("New rule") if change.is_new else N_("Rule taken out") if change.is_gone else ""
    turned = tuple(
        TurnedSaid(
            capfirst(say(t.before, names)) if t.before else "",
            capfirst(say(t.after, names)) if t.after else "",
        )
        for t in change.turned
    )
    return ChangeSaid(
        name,
        gettext(state) if state else "",
        turned,
        article_in(change.article_before)[0] if change.article_before else "",
        article_in(change.article_after)[0] if change.article_after else "",
    )
