"""Language names and codes. ISO 639-3, as HSDS 3.1 asks, for the languages that US directories name."""

from commonweal.kernel.text import fold

_BY_NAME = {
    "albanian": "sqi", "american sign language": "ase", "asl": "ase", "sign language": "ase",
    "amharic": "amh", "arabic": "ara", "armenian": "hye", "bengali": "ben", "bosnian": "bos",
    "burmese": "mya", "cambodian": "khm", "cantonese": "yue", "cape verdean creole": "kea", "chinese": "zho",
    "creole": "hat", "haitian creole": "hat", "haitian": "hat", "haitian-creole": "hat", "croatian": "hrv",
    "dari": "prs", "english": "eng", "farsi": "fas", "persian": "fas", "filipino": "fil",
    "filipino (tagalog)": "fil", "french": "fra", "german": "deu", "greek": "ell", "gujarati": "guj",
    "hebrew": "heb", "hindi": "hin", "hmong": "hmn", "hungarian": "hun", "italian": "ita", "japanese": "jpn",
    "karen": "kar", "khmer": "khm", "kinyarwanda": "kin", "korean": "kor", "kurdish": "kur", "lao": "lao",
    "mandarin": "cmn", "marshallese": "mah", "nepali": "nep", "oromo": "orm", "pashto": "pus",
    "polish": "pol", "portuguese": "por", "punjabi": "pan", "romanian": "ron", "russian": "rus",
    "samoan": "smo", "serbian": "srp", "slovak": "slk", "somali": "som", "spanish": "spa",
    "swahili": "swa", "tagalog": "tgl", "tamil": "tam", "telugu": "tel", "thai": "tha", "tigrinya": "tir",
    "turkish": "tur", "twi": "twi", "ukrainian": "ukr", "urdu": "urd", "vietnamese": "vie",
    "yiddish": "yid", "yoruba": "yor", "espanol": "spa",
}  # fmt: skip
_BY_SHORT = {
    "am": "amh", "ar": "ara", "bn": "ben", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra",
    "ht": "hat", "hi": "hin", "it": "ita", "ja": "jpn", "km": "khm", "ko": "kor", "ne": "nep", "pl": "pol",
    "pt": "por", "ru": "rus", "so": "som", "sw": "swa", "ti": "tir", "tl": "tgl", "tr": "tur",
    "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "zho",
}  # fmt: skip
_NAME_OF = {code: name.title() for name, code in reversed(_BY_NAME.items())} | {
    "ase": "American Sign Language", "fas": "Farsi", "fil": "Filipino", "hat": "Haitian Creole",
    "khm": "Khmer", "spa": "Spanish",
}  # fmt: skip


def code_of(name_or_code: str) -> str:
    """ISO 639-3 for a language's English name or short code; empty where we do not know it."""
    word = fold(name_or_code)
    if word in _NAME_OF:
        return word
    return _BY_NAME.get(word) or _BY_SHORT.get(word.split("-")[0], "")


def name_of(code: str) -> str:
    """The English name for an ISO 639-3 code, or the code itself."""
    return _NAME_OF.get(code, code)
