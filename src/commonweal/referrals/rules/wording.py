"""Sentences about a need, whole in each language, so that no translation has to glue words together."""

from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.words import N_

_D = NeedDomain

#: What a service is asked. ``%(who)s`` is one of ``WHO``.
CAN_YOU_HELP: dict[NeedDomain, str] = {
    _D.UNSPECIFIED: N_("Can you help %(who)s?"),
    _D.FOOD: N_("Can you help %(who)s with food?"),
    _D.HOUSING: N_("Can you help %(who)s to keep a home?"),
    _D.HOMELESSNESS: N_("Can you help %(who)s with a place to stay?"),
    _D.INADEQUATE_HOUSING: N_("Can you help %(who)s to make the home safe and healthy?"),
    _D.TRANSPORT: N_("Can you help %(who)s with a ride?"),
    _D.MONEY: N_("Can you help %(who)s with money for bills?"),
    _D.MATERIAL: N_("Can you help %(who)s with clothes or things for the home?"),
    _D.EDUCATION: N_("Can you help %(who)s with school or learning?"),
    _D.WORK: N_("Can you help %(who)s to find work?"),
    _D.VETERAN: N_("Can you help %(who)s with veterans’ benefits?"),
    _D.STRESS: N_("Can you help %(who)s with stress?"),
    _D.ISOLATION: N_("Can you help %(who)s with company and support?"),
    _D.SAFETY: N_("Can you help %(who)s to be safe?"),
    _D.ELDER_ABUSE: N_("Can you help %(who)s to be safe?"),
    _D.HEALTH_LITERACY: N_("Can you help %(who)s to understand health papers?"),
    _D.INSURANCE: N_("Can you help %(who)s with health insurance?"),
    _D.MEDICAL_COST: N_("Can you help %(who)s with medical bills?"),
    _D.DIGITAL_LITERACY: N_("Can you help %(who)s to use a computer or phone?"),
    _D.DIGITAL_ACCESS: N_("Can you help %(who)s with internet or a phone?"),
    _D.UTILITIES: N_("Can you help %(who)s with electricity, heat or water?"),
    _D.INCARCERATION: N_("Can you help %(who)s coming home from jail?"),
    _D.LANGUAGE: N_("Can you help %(who)s with an interpreter?"),
    _D.PROTECTIVE: N_("Can you help %(who)s?"),
    _D.CHILDCARE: N_("Can you help %(who)s with child care?"),
}

#: By size of the household; from nine on ``MANY``.
WHO: tuple[str, ...] = (
    N_("someone"),
    N_("one person"),
    N_("a family of two"),
    N_("a family of three"),
    N_("a family of four"),
    N_("a family of five"),
    N_("a family of six"),
    N_("a family of seven"),
    N_("a family of eight"),
)
MANY = N_("a family of %(count)s")

#: What a person is asked about the help, after *Did*.
DID_IT_HELP: dict[NeedDomain, str] = {
    _D.FOOD: N_("Did the help with food reach you, and was it enough?"),
    _D.HOUSING: N_("Did the help to keep your home reach you, and was it enough?"),
    _D.HOMELESSNESS: N_("Did the help with a place to stay reach you, and was it enough?"),
    _D.INADEQUATE_HOUSING: N_("Did the help with your home reach you, and was it enough?"),
    _D.TRANSPORT: N_("Did the rides reach you, and were they enough?"),
    _D.MONEY: N_("Did the help with your bills reach you, and was it enough?"),
    _D.MATERIAL: N_("Did the clothes or things for the home reach you, and were they enough?"),
    _D.EDUCATION: N_("Did the help with school or learning reach you, and was it enough?"),
    _D.WORK: N_("Did the help with finding work reach you, and was it enough?"),
    _D.ISOLATION: N_("Did the company and support reach you, and was it enough?"),
    _D.INSURANCE: N_("Did the help with health insurance reach you, and was it enough?"),
    _D.MEDICAL_COST: N_("Did the help with medical bills reach you, and was it enough?"),
    _D.UTILITIES: N_("Did the help with electricity, heat or water reach you, and was it enough?"),
    _D.CHILDCARE: N_("Did the child care reach you, and was it enough?"),
}
DID_ANY_HELP = N_("Did the help reach you, and was it enough?")


def who(household: int) -> tuple[str, dict[str, object]]:
    """The English words for a household of this size (0: not known) and what fills their places."""
    if household < len(WHO):
        return WHO[max(household, 0)], {}
    return MANY, {"count": household}


def did_it_help(domain: NeedDomain) -> str:
    """The question to the person, in English, to be translated."""
    return DID_IT_HELP.get(domain, DID_ANY_HELP)
