"""Need domains: the Gravity Project's category codes, shared by screening, directory and referrals.

Source: SDOH Clinical Care 3.0.0, CodeSystem SDOHCC-CodeSystemTemporaryCodes (DOMAIN §1.6). The list
is open and versioned upstream; childcare is ours, since Gravity has no code for it yet.
"""

from enum import StrEnum

from commonweal.kernel.words import N_

SYSTEM = "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
OWN_SYSTEM = "urn:commonweal:need-domain"


class NeedDomain(StrEnum):
    """What a person may need help with. Values are the codes on the wire."""

    UNSPECIFIED = "sdoh-category-unspecified"
    FOOD = "food-insecurity"
    HOUSING = "housing-instability"
    HOMELESSNESS = "homelessness"
    INADEQUATE_HOUSING = "inadequate-housing"
    TRANSPORT = "transportation-insecurity"
    MONEY = "financial-insecurity"
    MATERIAL = "material-hardship"
    EDUCATION = "educational-attainment"
    WORK = "employment-status"
    VETERAN = "veteran-status"
    STRESS = "stress"
    ISOLATION = "social-connection"
    SAFETY = "intimate-partner-violence"
    ELDER_ABUSE = "elder-abuse"
    HEALTH_LITERACY = "personal-health-literacy"
    INSURANCE = "health-insurance-coverage-status"
    MEDICAL_COST = "medical-cost-burden"
    DIGITAL_LITERACY = "digital-literacy"
    DIGITAL_ACCESS = "digital-access"
    UTILITIES = "utility-insecurity"
    INCARCERATION = "incarceration-status"
    LANGUAGE = "language-access"
    PROTECTIVE = "protective-factor"
    CHILDCARE = "childcare"

    @property
    def system(self) -> str:
        """The code system that the value belongs to."""
        return OWN_SYSTEM if self is NeedDomain.CHILDCARE else SYSTEM


SAFETY_DOMAINS = frozenset({NeedDomain.SAFETY, NeedDomain.ELDER_ABUSE})
"""What may endanger the person when somebody at home reads it: kept and shown apart (DOMAIN §2.5)."""

NAMES: dict[NeedDomain, str] = {
    NeedDomain.UNSPECIFIED: N_("Something else"),
    NeedDomain.FOOD: N_("Food"),
    NeedDomain.HOUSING: N_("Keeping a home"),
    NeedDomain.HOMELESSNESS: N_("A place to stay"),
    NeedDomain.INADEQUATE_HOUSING: N_("A safe and healthy home"),
    NeedDomain.TRANSPORT: N_("Getting around"),
    NeedDomain.MONEY: N_("Money for bills"),
    NeedDomain.MATERIAL: N_("Clothes and things for the home"),
    NeedDomain.EDUCATION: N_("School and learning"),
    NeedDomain.WORK: N_("Work"),
    NeedDomain.VETERAN: N_("Help for veterans"),
    NeedDomain.STRESS: N_("Stress"),
    NeedDomain.ISOLATION: N_("Company and support"),
    NeedDomain.SAFETY: N_("Safety"),
    NeedDomain.ELDER_ABUSE: N_("Safety of older people"),
    NeedDomain.HEALTH_LITERACY: N_("Understanding health papers"),
    NeedDomain.INSURANCE: N_("Health insurance"),
    NeedDomain.MEDICAL_COST: N_("Medical bills"),
    NeedDomain.DIGITAL_LITERACY: N_("Using a computer or phone"),
    NeedDomain.DIGITAL_ACCESS: N_("Internet and phone"),
    NeedDomain.UTILITIES: N_("Electricity, heat and water"),
    NeedDomain.INCARCERATION: N_("Coming home from jail"),
    NeedDomain.LANGUAGE: N_("An interpreter"),
    NeedDomain.PROTECTIVE: N_("What goes well"),
    NeedDomain.CHILDCARE: N_("Child care"),
}
