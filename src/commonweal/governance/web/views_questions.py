"""Questions before the table: the list, and one question with its rule and its ballots."""

from collections.abc import Iterable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import SEATED, Purpose
from commonweal.foundation.access.web import actor_of, public, requires
from commonweal.foundation.ui.lines import DecisionLine
from commonweal.governance import access_voting as access
from commonweal.governance.actions import effects, proposing, talking
from commonweal.governance.queries import bylaws, conflicts, polls, proposals, ratifying, standing
from commonweal.governance.queries import register as reading_register
from commonweal.governance.rules.finding import Facts
from commonweal.governance.shapes_bylaws import BodyRule, MatterRule
from commonweal.governance.shapes_effects import Preview
from commonweal.governance.shapes_questions import MyVote, QuestionLine, QuestionShape
from commonweal.governance.vocabulary import MATTER_NAMES, Fate, PollKind, Stage
from commonweal.governance.web import emergencies
from commonweal.governance.web import question_acts as steps
from commonweal.governance.web import question_rounds as rounds
from commonweal.governance.web import questions_rows as rows
from commonweal.governance.web.ballot_forms import BallotForm
from commonweal.governance.web.finding import search
from commonweal.governance.web.question_after import organizations_of, waits_of
from commonweal.governance.web.question_reasons import reasons_of
from commonweal.governance.web.rows_changes import change_cards
from commonweal.governance.web.voices import voices_of
from commonweal.governance.web.words import FATE_WORDS, STANCE_WORDS, mark_of_line
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.verdict import Verdict
from commonweal.partners import facade as partners

at_table = requires(*SEATED, purpose=Purpose.GOV)

_GROUPS: tuple[tuple[str, frozenset[Stage]], ...] = (
    ("voting", frozenset({Stage.VOTING})),
    ("waiting", frozenset({Stage.PENDING_RESIDENTS, Stage.PENDING_RATIFICATION})),
    ("notice", frozenset({Stage.NOTICE})),
    ("talking", frozenset({Stage.DRAFT, Stage.TALKING})),
    ("over", rows.OVER),
)


def _headings() -> dict[str, str]:
    return {
        "voting": _("Voting is open"),
        "waiting": _("Answered, and waiting"),
        "notice": _("The vote is coming"),
        "talking": _("Being talked about"),
        "over": pgettext("questions", "Answered"),
    }


def found_question(number: int, actor: Actor) -> QuestionShape:
    """The question with this number, where the reader may read it. Raises NotFound, alike for both."""
    proposing.check(reading_register.may_read(actor))
    found = proposals.question_numbered(number, actor)
    if found is None:
        raise NotFound("question")
    return found


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """What is before the table, and what waits for the reader's vote."""
    actor = actor_of(request)
    proposing.check(reading_register.may_read(actor))
    lines = proposals.lines(actor)
    mine = polls.my_votes(actor)
    answers = ratifying.waiting_for(actor)
    open_now = sum(line.stage is Stage.VOTING for line in lines)
    texts = proposals.texts_of(line.id for line in lines)
    kept, found = search(request, lines, lambda line: _facts(line, texts.get(line.id, "")), _names(lines))
    context = {
        "groups": list(_grouped(kept)),
        "search": found,
        "mine": [vote for vote in mine if vote.may],
        "answers": answers,
        "says": ngettext("Voting is open on one question.", "Voting is open on %(n)s questions.", open_now)
        % {"n": open_now}
        if open_now
        else _("Voting is open on nothing today."),
        "may_propose": bool(access.seats_of_account(actor)) and bylaws.in_force() is not None,
    }
    return render(request, "governance/questions.html", context)


def _facts(line: QuestionLine, text: str) -> Facts:
    """What a question is found by: its words as they stand now, and who put it where that is shown."""
    matter = MATTER_NAMES[line.matter]
    values = {
        "body": frozenset({line.body_slug}),
        "matter": frozenset({line.matter.value}),
        "state": frozenset(key for key, stages in _GROUPS if line.stage in stages),
        "year": frozenset({str(localtime(line.recorded_at).year)}),
    }
    said = (line.title, line.body_name, matter, line.proposed_by_name)
    return Facts(values, " ".join([str(line.number), text, *said, *(_(words) for words in said if words)]))


def _names(lines: Iterable[QuestionLine]) -> dict[str, dict[str, str]]:
    return {
        "body": {line.body_slug: _(line.body_name) for line in lines},
        "matter": {matter.value: _(name) for matter, name in MATTER_NAMES.items()},
        "state": _headings(),
    }


def _grouped(lines: Iterable[QuestionLine]) -> Iterable[dict[str, object]]:
    headings, all_lines = _headings(), list(lines)
    for key, stages in _GROUPS:
        found = [
            {
                "line": line,
                "matter": MATTER_NAMES[line.matter],
                "mark": mark_of_line(line),
                "day": _day_said(line),
            }
            for line in all_lines
            if line.stage in stages
        ]
        if found:
            yield {"heading": headings[key], "rows": found}


def _day_said(line: QuestionLine) -> str:
    """The day that counts now: up to when one votes, from when one can, or when it was put or closed."""
    if line.closes_at and line.stage is Stage.VOTING:
        return _("Until %(day)s") % {"day": rows.day_said(line.closes_at)}
    if line.opens_from:
        return pgettext("a day on which a vote can begin", "From %(day)s") % {
            "day": rows.day_said(line.opens_from)
        }
    return date_format(localtime(line.closes_at or line.recorded_at), "DATE_FORMAT")


@require_safe
@public
def question(request: HttpRequest, number: int) -> HttpResponse:
    """One question."""
    return shown(request, number)


def shown(request: HttpRequest, number: int, bad: BallotForm | None = None) -> HttpResponse:
    """The page of a question; with ``bad``, a ballot that came back to be mended."""
    actor = actor_of(request)
    found = found_question(number, actor)
    context = _page(found, actor, bad)
    return render(request, "governance/question.html", context, status=422 if bad is not None else 200)


def _page(found: QuestionShape, actor: Actor, bad: BallotForm | None) -> dict[str, Any]:
    line = found.line
    rule = bylaws.rule_for(line.matter, line.body_slug)
    law = rows.answers_alone(found, rule) or rule
    cards = rows.ballot_cards(found, _votes(found, actor), bad)
    mark = rounds.mark_of(found)
    return {
        "question": found,
        "line": line,
        "stage": (mark[0], _(mark[1])),
        "matter": MATTER_NAMES[line.matter],
        "hold": _hold(found, rule),
        "emergency": emergencies.shown(line.id, actor) if found.is_emergency else None,
        "ballots": cards,
        "vote_for": rows.vote_for(cards),
        "closing": _closing(found),
        "decision_number": line.decision_number,
        "preview": _preview(found),
        "options": rows.option_lines(found.options),
        "counting": rows.counting_said(found),
        "voices": voices_of(found),
        "replies": [c for c in found.comments if c.is_reply],
        "talk": [c for c in found.comments if not c.is_reply and c.section_place is None],
        "sections": _sections(found, actor),
        "changes": change_cards(found, may_write=steps.what_may(line.number, actor).write),
        "positions": rows.stood(found.stances),
        "rule": law,
        "rule_text": article_said(law),
        "bylaws_version": _version(found),
        "gates": rows.steps_of(found, rule),
        "unmet": _unmet(found),
        "is_over": line.stage in rows.OVER,
        "counted": rows.counts_of(found),
        "counted_before": rows.counts_before(found),
        "round": rounds.round_of(found, rule),
        "waits": waits_of(found, actor),
        "organizations": organizations_of(found.line.id, actor),
        **_reasons(found, actor),
        **_may(found, actor),
    }


def _votes(found: QuestionShape, actor: Actor) -> list[MyVote]:
    if not any(poll.is_open for poll in found.polls):
        return []
    return [vote for vote in polls.my_votes(actor) if vote.question_id == found.line.id]


def _may(found: QuestionShape, actor: Actor) -> dict[str, object]:
    may = steps.what_may(found.line.number, actor)
    stance_as = steps.speaks_as(found.line.body_id, actor)
    rule = bylaws.rule_for(found.line.matter, found.line.body_slug)
    recusals = [
        {"it": r, "mark": _recusal_mark(r.is_conflict), "judged": conflicts.judging(actor, r.id)}
        for r in found.recusals
    ]
    return {
        "may_write": may.write,
        "may_talk": may.talk,
        "may_amend": may.talk and found.line.stage in (Stage.DRAFT, Stage.TALKING),
        "may_take_stance": may.talk and stance_as is not None,
        "stance_as": stance_as,
        "stance_choices": [
            (p.value, _(STANCE_WORDS[p]))
            for p in talking.stances_of(rounds.asked_next(found, rule) if rule else None)
        ],
        "may_disclose": may.talk and stance_as is not None and found.line.stage not in rows.OVER,
        "may_paper": may.paper and any(poll.is_open for poll in found.polls),
        "may_proxy": stance_as is not None and steps.may_give_proxy(found.line.number),
        "reply_as": may.reply_as,
        "acts": steps.acts(found, actor),
        "recusals": recusals,
    }


def _recusal_mark(is_conflict: bool | None) -> tuple[str, str]:
    if is_conflict is None:
        return "is-wait", _("The others have not judged it yet")
    return ("is-off", _("Steps out of this vote")) if is_conflict else ("is-done", _("No conflict"))


def _sections(found: QuestionShape, actor: Actor) -> list[dict[str, object]]:
    may_write = steps.what_may(found.line.number, actor).write
    return [
        {
            "it": section,
            "comments": [c for c in found.comments if c.section_place == section.place and not c.is_reply],
            "amendments": [
                {
                    "it": a,
                    "mark": (FATE_WORDS[a.fate][0], _(FATE_WORDS[a.fate][1])),
                    "may_settle": may_write and a.fate is Fate.OPEN,
                }
                for a in found.amendments
                if a.section_place == section.place
            ],
        }
        for section in found.sections
    ]


def _preview(found: QuestionShape) -> Preview | None:
    """What a yes would do, while there is still something to say about it."""
    if found.line.stage in rows.OVER or found.effect in ("", "none"):
        return None
    try:
        return effects.preview(found.effect, found.params)
    except (BadInput, NotFound):
        return None


def article_said(rule: MatterRule | BodyRule | None) -> str:
    if rule is None:
        return ""
    language = (get_language() or "en")[:2]
    return rule.text.get(language) or rule.text.get("en") or next(iter(rule.text.values()), "")


def _version(found: QuestionShape) -> int | None:
    if found.polls:
        return found.polls[0].bylaws_version
    held = bylaws.in_force()
    return held.version if held else None


def _hold(found: QuestionShape, rule: MatterRule | None) -> DecisionLine | None:
    """What holds it back while it is open, in the line below the title."""
    if found.line.stage in rows.OVER or rule is None or not rule.gate_body:
        return None
    if rows.answers_alone(found, rule):
        return None
    body = partners.body_named(rule.gate_body)
    if body is None:
        return None
    words = _("Nothing takes effect until this body says yes: %(body)s.") % {"body": _(body.name)}
    return DecisionLine(line=words, why=(), url="", state="wait", question="")


def _closing(found: QuestionShape) -> str:
    open_now = next((poll for poll in found.polls if poll.is_open), None)
    if open_now is None:
        is_closed = found.line.stage is Stage.VOTING and any(p.counted is None for p in found.polls)
        return _("Voting has closed. The votes are counted within a few minutes.") if is_closed else ""
    words = _("Voting closes on %(day)s; %(n)s of %(all)s have voted.")
    return words % {
        "day": rows.moment_said(open_now.closes_at),
        "n": open_now.turnout,
        "all": open_now.entitled,
    }


def _unmet(found: QuestionShape) -> list[tuple[str, Verdict]]:
    """What stopped it or stands in its way, with the cure; named by the body where another's yes is asked."""
    unmet: list[tuple[str, Verdict]] = []
    if found.waiting is not None:
        return unmet
    for poll in rounds.last_round(found):
        counted = poll.counted.outcome.steps if poll.counted else poll.steps
        name = _(poll.body_name) if poll.kind is PollKind.GATE else ""
        unmet += [(name, step) for step in counted if not step and step.cure and "quorum" not in step.rule]
    if not found.polls and found.line.stage not in rows.OVER:
        may_bind = standing.may_bind(found.line.body_slug)
        unmet += [] if may_bind else [("", may_bind)]
    return unmet if found.line.stage is not Stage.ADOPTED else []


def _reasons(found: QuestionShape, actor: Actor) -> dict[str, object]:
    """The blocks and objections of the last round, while they are about what is asked now."""
    if found.line.stage in rounds.NOT_ASKED:
        return {"reasons": None}
    reasons = reasons_of(found.line.id, actor)
    mine = [judge for row in reasons.rows for judge in row.mine] if reasons else []
    return {"reasons": reasons, "may_judge_any": bool(mine)}


def blame(form: Form, fault: BadInput) -> None:
    """Put a fault beside the field that it names, or on top."""
    names = (fault.where, f"effect-{fault.where}")
    form.add_error(next((n for n in names if n in form.fields), None), _(fault.what))
