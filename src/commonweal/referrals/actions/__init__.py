"""What people and services do with referrals. One function for each thing that happens; ``by`` names who."""

from commonweal.referrals.actions.answering import (
    FULL_FOR,
    accept,
    claim,
    complete,
    could_not_help,
    decline,
    go_on,
    hold,
    mark_seen,
    not_them,
    report_full,
    start,
    suggest,
)
from commonweal.referrals.actions.asking import (
    ask,
    ask_another,
    cancel,
    could_not_be_met,
    send,
    void,
)
from commonweal.referrals.actions.calendar import consent_ended, look
from commonweal.referrals.actions.closing import confirm_handoff, record_answer, withdraw_wish
from commonweal.referrals.actions.consent import may_share
from commonweal.referrals.actions.inviting import ask_person
from commonweal.referrals.actions.notices import silence
from commonweal.referrals.actions.past import record_past
from commonweal.referrals.actions.standard import adopt_answer_standard
from commonweal.referrals.actions.step import PLAIN, How, program_of
from commonweal.referrals.actions.talking import (
    ask_question,
    plan_handoff,
    remind,
    reply,
    send_link_again,
)
from commonweal.referrals.actions.unmet import answer_gap, nothing_fits
from commonweal.referrals.actions.writing import Wishes, draft, may_be_asked

__all__ = [
    "FULL_FOR",
    "PLAIN",
    "How",
    "Wishes",
    "accept",
    "adopt_answer_standard",
    "answer_gap",
    "ask",
    "ask_another",
    "ask_person",
    "ask_question",
    "cancel",
    "claim",
    "complete",
    "confirm_handoff",
    "consent_ended",
    "could_not_be_met",
    "could_not_help",
    "decline",
    "draft",
    "go_on",
    "hold",
    "look",
    "mark_seen",
    "may_be_asked",
    "may_share",
    "not_them",
    "nothing_fits",
    "plan_handoff",
    "program_of",
    "record_answer",
    "record_past",
    "remind",
    "reply",
    "report_full",
    "send",
    "send_link_again",
    "silence",
    "start",
    "suggest",
    "void",
    "withdraw_wish",
]
