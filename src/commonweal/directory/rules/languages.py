"""Names of the languages that directories speak of, by ISO 639-3 code."""

from commonweal.kernel.words import N_

LANGUAGES: dict[str, str] = {
    "eng": N_("English"),
    "spa": N_("Spanish"),
    "amh": N_("Amharic"),
    "ara": N_("Arabic"),
    "ase": N_("American Sign Language"),
    "ben": N_("Bengali"),
    "deu": N_("German"),
    "fas": N_("Persian"),
    "fra": N_("French"),
    "guj": N_("Gujarati"),
    "hat": N_("Haitian Creole"),
    "hin": N_("Hindi"),
    "hmn": N_("Hmong"),
    "hye": N_("Armenian"),
    "ita": N_("Italian"),
    "jpn": N_("Japanese"),
    "khm": N_("Khmer"),
    "kor": N_("Korean"),
    "lao": N_("Lao"),
    "mya": N_("Burmese"),
    "nep": N_("Nepali"),
    "pan": N_("Punjabi"),
    "pol": N_("Polish"),
    "por": N_("Portuguese"),
    "rus": N_("Russian"),
    "som": N_("Somali"),
    "swa": N_("Swahili"),
    "tgl": N_("Tagalog"),
    "tha": N_("Thai"),
    "tir": N_("Tigrinya"),
    "ukr": N_("Ukrainian"),
    "urd": N_("Urdu"),
    "vie": N_("Vietnamese"),
    "yue": N_("Cantonese"),
    "zho": N_("Chinese"),
}

HOLIDAYS: tuple[str, ...] = (
    N_("New Year's Day"),
    N_("Martin Luther King Jr. Day"),
    N_("Washington's Birthday"),
    N_("Memorial Day"),
    N_("Juneteenth National Independence Day"),
    N_("Independence Day"),
    N_("Labor Day"),
    N_("Columbus Day"),
    N_("Veterans Day"),
    N_("Thanksgiving Day"),
    N_("Christmas Day"),
    N_("Election Day"),
    N_("Lincoln's Birthday"),
)
"""Public holidays by the names under which they come; others are shown as they are called."""
OBSERVED = N_("%(holiday)s (observed)")
