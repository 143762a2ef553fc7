"""Tables of bylaws, proposals, polls, decisions, mandates and agreements."""

from commonweal.governance.models.bylaws import Bylaws
from commonweal.governance.models.carrying import FollowUp
from commonweal.governance.models.conflicts import ConflictWord
from commonweal.governance.models.decisions import (
    Agreement,
    Decision,
    Mandate,
    Term,
    scope_of_agreement,
)
from commonweal.governance.models.delegations import DelegatedAct, DelegationReport, ReportReading
from commonweal.governance.models.mandated import Delegation, Initiative, Stop
from commonweal.governance.models.obligations import (
    Activity,
    ActivityPart,
    AgreementEnd,
    AgreementParty,
    Obligation,
    ObligationReminder,
    ObligationWord,
)
from commonweal.governance.models.polls import (
    Ballot,
    BallotLink,
    Envelope,
    Judgement,
    PaperEntry,
    Poll,
    Proxy,
    Ratification,
    Recusal,
    Turnout,
)
from commonweal.governance.models.promises import Promise, PromiseWord
from commonweal.governance.models.proposals import (
    Amendment,
    Comment,
    GainLine,
    InputAnswered,
    Proposal,
    Section,
    Stance,
)
from commonweal.governance.models.reviews import Review
from commonweal.governance.models.shared_charter import (
    CharterRemark,
    CharterWord,
    CharterWriting,
    SharedCharter,
)

__all__ = [
    "Activity",
    "ActivityPart",
    "Agreement",
    "AgreementEnd",
    "AgreementParty",
    "Amendment",
    "Ballot",
    "BallotLink",
    "Bylaws",
    "CharterRemark",
    "CharterWord",
    "CharterWriting",
    "Comment",
    "ConflictWord",
    "Decision",
    "DelegatedAct",
    "Delegation",
    "DelegationReport",
    "Envelope",
    "FollowUp",
    "GainLine",
    "Initiative",
    "InputAnswered",
    "Judgement",
    "Mandate",
    "Obligation",
    "ObligationReminder",
    "ObligationWord",
    "PaperEntry",
    "Poll",
    "Promise",
    "PromiseWord",
    "Proposal",
    "Proxy",
    "Ratification",
    "Recusal",
    "ReportReading",
    "Review",
    "Section",
    "SharedCharter",
    "Stance",
    "Stop",
    "Term",
    "Turnout",
    "scope_of_agreement",
]
