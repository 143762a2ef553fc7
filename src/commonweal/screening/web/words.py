"""What findings mean, in plain words: what the person told us, never a diagnosis."""

from commonweal.kernel.domains import NAMES, NeedDomain
from commonweal.kernel.words import N_
from commonweal.screening.shapes import Determination

TOLD: dict[NeedDomain, str] = {
    NeedDomain.FOOD: N_("Food runs short at home."),
    NeedDomain.HOUSING: N_("They could lose their home."),
    NeedDomain.HOMELESSNESS: N_("They have no place of their own to stay."),
    NeedDomain.INADEQUATE_HOUSING: N_("Something at home could make people sick or hurt."),
    NeedDomain.TRANSPORT: N_("They can’t always get to where they need to go."),
    NeedDomain.MONEY: N_("Money does not reach for what they need."),
    NeedDomain.MATERIAL: N_("They go without clothes or things for the home."),
    NeedDomain.EDUCATION: N_("They would like to finish or start school or training."),
    NeedDomain.WORK: N_("They need work, or more of it."),
    NeedDomain.VETERAN: N_("They served, and may have a right to help for veterans."),
    NeedDomain.STRESS: N_("Worry weighs on them."),
    NeedDomain.ISOLATION: N_("They have few people to turn to."),
    NeedDomain.SAFETY: N_("They do not always feel safe with people in their life."),
    NeedDomain.ELDER_ABUSE: N_("They do not always feel safe with people in their life."),
    NeedDomain.HEALTH_LITERACY: N_("Health papers are hard to understand."),
    NeedDomain.INSURANCE: N_("They have no health insurance, or too little."),
    NeedDomain.MEDICAL_COST: N_("Medicine or care costs more than they can pay."),
    NeedDomain.DIGITAL_LITERACY: N_("A computer or phone is hard to use."),
    NeedDomain.DIGITAL_ACCESS: N_("They have no phone or internet they can count on."),
    NeedDomain.UTILITIES: N_("They are behind with electricity, heat or water."),
    NeedDomain.INCARCERATION: N_("They were in jail or prison not long ago."),
    NeedDomain.LANGUAGE: N_("They speak another language at home, and may want an interpreter."),
    NeedDomain.CHILDCARE: N_("Nobody can always look after the children."),
    NeedDomain.UNSPECIFIED: N_("Something else is missing."),
}

TOLD_URGENT: dict[NeedDomain, str] = {
    NeedDomain.FOOD: N_("Some days there is too little to eat, or nothing."),
    NeedDomain.UTILITIES: N_("Electricity, heat or water is shut off."),
    NeedDomain.SAFETY: N_("They are afraid of somebody in their life."),
}


def told(determination: Determination) -> str:
    """The sentence for a risk, marked for translation."""
    domain = determination.domain
    if determination.urgent and domain in TOLD_URGENT:
        return TOLD_URGENT[domain]
    return TOLD.get(domain, NAMES[domain])
