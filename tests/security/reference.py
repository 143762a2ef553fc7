"""SECURITY §2.5 once more, in plain Python: from the table of the design, not from ``policy.toml``.

Cells stand as the design writes them. ``allows`` and ``may_write`` say what they mean; where the table leaves
room, the number of the reading in docs/adr/0004-access.md stands beside it.
"""

from dataclasses import dataclass
from pathlib import Path

_LINES = (Path(__file__).parent / "section_2_5.txt").read_text(encoding="utf-8").splitlines()[2:]
COLUMNS = _LINES[0].split(" | ")[1:]
TABLE = {line.split(" | ")[0]: line.split(" | ")[1:] for line in _LINES[1:]}
# The upper bound of each purpose. D0 and D1 stand under every purpose but LEGAL (reading 1).
PURPOSES = {
    "TREAT": "D2 D3 D4 D5 D6 D8",
    "COORD": "D2 D4",
    "PAY": "D2",
    "OPS": "D2",
    "PH": "",
    "RES": "D16",
    "SELF": "D2 D4 D5 D6 D7 D8 D9 D10 D11 D12 D14",
    "EMERG": "",
    "GOV": "D12",
    "AUD": "D9 D10",
    "ADMIN": "",
    "LEGAL": "",
}
MINIMUM_ONLY = {("COORD", "D5"), ("PAY", "D5"), ("GOV", "D13")}
# What the design's bounds leave without any purpose at all, though its roles have it (readings 2 to 5).
ADDED = {
    ("TREAT", "D7"),  # the author team treats with its own notes
    ("TREAT", "D9"),  # asking for a consent is part of care
    ("COORD", "D9"),
    ("PAY", "D13"),
    ("PAY", "D14"),
    ("OPS", "D16"),  # "aggregates" are what the de-identified workspace gives out
    ("PH", "D16"),
}
ABOUT_A_PERSON = ("D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9")
CLASSES = tuple(f"D{n}" for n in range(17))
STATES = tuple(f"S{n}" for n in range(10))
OWN_RECORD_ONLY = ("resident", "proxy", "app")
NEVER = {  # readings 6 to 8: no act of the product yet makes these true, so they are no
    ("resident", "D7"),
    ("proxy", "D6"),
    ("proxy", "D8"),
    ("app", "D6"),
    ("app", "D8"),
    ("backend_service", "D6"),
    ("org_admin", "D2"),
}
WRITES_MORE = {  # reading 9: whoever screens writes down what was said, also what is specially protected,
    ("case_worker", "D8"),
    ("coordinator", "D8"),
    ("clinician", "D8"),
    ("backend_service", "D2"),  # and a program writes within the scope that it reads
    ("backend_service", "D4"),
}


@dataclass(frozen=True)
class Cell:
    """One question. ``relation``: own, shared, self or glass."""

    role: str
    purpose: str
    data_class: str
    state: str
    relation: str
    assigned: bool = True
    named: bool = True
    case: bool = True


def word(role: str, data_class: str) -> str:
    """The cell of the table."""
    if data_class == "D1":
        return "Y"
    if data_class == "D15":
        return "–"  # no human
    return TABLE[role][COLUMNS.index(data_class)]


def in_bounds(purpose: str, data_class: str) -> bool:
    """Whether the purpose reaches the class at all."""
    if purpose == "LEGAL":
        return False
    return (
        data_class in ("D0", "D1")
        or data_class in PURPOSES[purpose].split()
        or (purpose, data_class) in ADDED | MINIMUM_ONLY
    )


def allows(cell: Cell) -> bool:
    """May it be read?"""
    said = word(cell.role, cell.data_class)
    if (cell.role, cell.data_class) in NEVER:
        return False
    if cell.relation == "glass":
        return _by_glass(cell, said)
    if said.startswith(("–", "w ")) or said in ("g", "w"):
        return False
    if not in_bounds(cell.purpose, cell.data_class):
        return False
    if cell.data_class not in ABOUT_A_PERSON:
        return _not_about_a_person(cell, said)
    return _as_a_person_stands(cell) and _as_one_stands_to_it(cell, said)


def _by_glass(cell: Cell, said: str) -> bool:
    """EMERG: D2, D5, D6, D8 and the safe address, by the clinician, in S0 to S5."""
    words = {"D2": True, "D5": True, "D3": "g" in said, "D6": "g" in said, "D8": "g" in said}
    return (
        cell.role == "clinician"
        and cell.purpose == "EMERG"
        and bool(words.get(cell.data_class))
        and cell.state not in ("S7", "S8", "S9")  # S6 is about proxies alone
    )


def _not_about_a_person(cell: Cell, said: str) -> bool:
    if said.startswith("own") and "org" not in said:
        return cell.relation == "self" and cell.purpose in ("SELF", "GOV")
    if cell.role == "proxy" and cell.data_class == "D10":
        return cell.relation == "self" and cell.purpose == "SELF"
    if cell.purpose == "SELF" and cell.data_class not in ("D0", "D1"):
        return False
    return cell.relation == "own"


def _as_a_person_stands(cell: Cell) -> bool:
    """The state's row, for every relation; the strictest wins."""
    state, data_class = cell.state, cell.data_class
    if state == "S9":
        return False
    if state == "S8" and data_class in ("D6", "D7", "D8", "D9"):
        return False
    if state == "S7" and (data_class == "D9" or cell.role in ("resident", "app")):
        return False
    if state == "S6" and cell.role == "proxy":
        return False
    if state == "S5" and cell.relation in ("own", "shared"):
        return False
    return cell.relation != "shared" or state in ("S1", "S6")


def _as_one_stands_to_it(cell: Cell, said: str) -> bool:
    if cell.relation == "self":
        return cell.role in OWN_RECORD_ONLY and cell.purpose == "SELF"
    if cell.role in OWN_RECORD_ONLY or cell.purpose == "SELF":
        return False
    if "in a case" in said:
        return cell.case
    if "assigned" in said or "programme" in said or "author team" in said:
        # Its own programme's and the author team's: at the source and nowhere else (reading 10).
        return cell.assigned and (cell.relation == "own" or cell.data_class not in ("D6", "D7"))
    if "only if named" in said:
        if cell.relation == "shared":
            return cell.named
        return cell.data_class == "D8" or cell.assigned  # S0: the source programme, the source organization
    if cell.data_class == "D6" and cell.relation == "own":
        return cell.assigned
    return True


def may_write(cell: Cell, two_sided: bool) -> bool:
    """May a row be added or changed? ``two_sided``: a thread that both sides of a referral write to."""
    said = word(cell.role, cell.data_class)
    writes = " w" in said or said.startswith("w") or (cell.role, cell.data_class) in WRITES_MORE
    if not writes or (cell.purpose, cell.data_class) in MINIMUM_ONLY:
        return False
    if cell.relation == "shared" and (not two_sided or cell.role == "adt_sender"):
        return False
    if said.startswith("w"):
        return (
            in_bounds(cell.purpose, cell.data_class)
            and cell.purpose != "SELF"
            and cell.relation == "own"
            and _as_a_person_stands(cell)
            and (cell.data_class != "D6" or cell.assigned)
        )
    return cell.relation != "glass" and allows(cell)
