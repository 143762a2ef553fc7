"""Scoring of instruments that carry their own marks, as our neighbor check-in does.

An answer option marked as a risk, in a question that names a domain, shows a risk in that domain.
An installation's own questionnaire is scored the same way, with no code of ours.
"""

from collections import defaultdict

from commonweal.kernel.domains import NeedDomain
from commonweal.screening.rules.scoring import AnyOf, OneOf, RuleSet
from commonweal.screening.shapes import InstrumentShape, Option, Question


def rules_of(instrument: InstrumentShape) -> RuleSet:
    """The rules that the instrument's own marks make; their version is the instrument's."""
    signs: dict[NeedDomain, list[OneOf]] = defaultdict(list)
    for question in instrument.walk():
        if question.is_asked and any(option.risk for option in question.options):
            for domain in _domains(question):
                signs[domain].append(_sign(question, domain))
    version = instrument.version or "1"
    return RuleSet(
        instrument.key,
        tuple(
            AnyOf(domain, tuple(found), f"{instrument.key}.{domain.value}", version).judge
            for domain, found in signs.items()
        ),
    )


def _domains(question: Question) -> list[NeedDomain]:
    found = [_domain_of(option, question) for option in question.options if option.risk]
    return list(dict.fromkeys(domain for domain in found if domain is not None))


def _domain_of(option: Option, question: Question) -> NeedDomain | None:
    return option.domain or question.domain


def _sign(question: Question, domain: NeedDomain) -> OneOf:
    own = [o for o in question.options if o.risk and _domain_of(o, question) is domain]
    others = [o for o in question.options if o.risk and _domain_of(o, question) is not domain]
    safe = [o for o in question.options if not o.risk and o.absent is None]
    return OneOf(
        question.code or question.link_id,
        risk=frozenset(o.code for o in own if o.risk != "urgent"),
        safe=frozenset(o.code for o in safe),
        urgent=frozenset(o.code for o in own if o.risk == "urgent"),
        elsewhere=frozenset(o.code for o in others),
    )
