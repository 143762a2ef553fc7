"""What an import counted, for people and for machines."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

_MOST_EXAMPLES = 20
_MOST_WARNINGS = 100


@dataclass(slots=True)
class Counts:
    """Rows of one record type. ``read`` and ``quarantined`` count rows of the files; ``created``,
    ``updated``, ``unchanged`` and ``not_seen`` count records here (one row can make several).

    ``quarantined_new``: those not held before. ``repeated``: rows that said again what was said.
    ``blank``: rows with nothing but ids.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    not_seen: int = 0
    quarantined: int = 0
    quarantined_new: int = 0
    repeated: int = 0
    blank: int = 0

    def add(self, other: "Counts") -> None:
        for name in Counts.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def as_json(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in Counts.__slots__}


@dataclass(frozen=True, slots=True)
class Example:
    """One held row in short."""

    file: str
    row: int
    record_type: str
    field: str
    reason: str

    def line(self) -> str:
        return f"{self.file}, row {self.row}: {self.reason}"


@dataclass
class Report:
    """The outcome of an import. ``parts`` are its deliveries, in order, where there were several."""

    kind: str
    source: str = ""
    name: str = ""
    format: str = ""
    dry_run: bool = False
    seconds: float = 0.0
    by_type: dict[str, Counts] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    parts: list["Report"] = field(default_factory=list)

    def of(self, record_type: str) -> Counts:
        """The counts of a record type, made when first asked for."""
        return self.by_type.setdefault(record_type, Counts())

    def hold(self, example: Example, words: str) -> None:
        """Count a held row; only the first few are kept as examples, so that a report stays small."""
        self.reasons[words] += 1
        if len(self.examples) < _MOST_EXAMPLES:
            self.examples.append(example)

    def warn(self, words: str) -> None:
        if len(self.warnings) < _MOST_WARNINGS and words not in self.warnings:
            self.warnings.append(words)

    def join(self, part: "Report") -> None:
        """Add the outcome of one delivery."""
        self.parts.append(part)
        self.source = self.source or part.source
        for record_type, counts in part.by_type.items():
            self.of(record_type).add(counts)
        self.reasons.update(part.reasons)
        self.examples = (self.examples + part.examples)[:_MOST_EXAMPLES]
        for words in part.warnings:
            self.warn(words)

    @property
    def totals(self) -> Counts:
        """Over all record types."""
        whole = Counts()
        for counts in self.by_type.values():
            whole.add(counts)
        return whole

    def __getattr__(self, name: str) -> int:
        if name in Counts.__slots__:
            return int(getattr(self.totals, name))
        raise AttributeError(name)

    @property
    def exit_code(self) -> int:
        """0 all well; 3 some input waits in quarantine (nothing is lost)."""
        return 3 if self.totals.quarantined else 0

    def as_json(self) -> dict[str, object]:
        whole: dict[str, object] = {
            "kind": self.kind,
            "source": self.source,
            "delivery": self.name,
            "format": self.format,
            "dry_run": self.dry_run,
            **self.totals.as_json(),
            "seconds": round(self.seconds, 3),
            "by_type": {name: counts.as_json() for name, counts in self.by_type.items()},
            "reasons": dict(self.reasons.most_common(100)),
            "examples": [asdict(example) for example in self.examples],
            "warnings": self.warnings,
        }
        if len(self.parts) > 1:
            whole["deliveries"] = [part.as_json() for part in self.parts]
        return whole

    def lines(self) -> Iterator[str]:
        """The report in plain words."""
        whole = self.totals
        doing = "Would have changed" if self.dry_run else "Changed"
        yield f"Read {whole.read:,} rows in {self.seconds:.1f} seconds, from {self.source}."
        yield (
            f"{doing}: {whole.created:,} new, {whole.updated:,} updated, {whole.unchanged:,} unchanged, "
            f"{whole.not_seen:,} no longer delivered."
        )
        for name, counts in self.by_type.items():
            yield (
                f"  {name:<24} {counts.read:>9,} read {counts.created:>9,} new {counts.updated:>8,} updated "
                f"{counts.unchanged:>9,} unchanged {counts.not_seen:>7,} gone {counts.quarantined:>7,} held"
            )
        if whole.quarantined:
            yield f"{whole.quarantined:,} rows wait in quarantine ({whole.quarantined_new:,} of them new):"
            yield from (f"  {count:>7,} × {words}" for words, count in self.reasons.most_common(10))
            yield "See them with: commonweal quarantine list"
        yield from (f"Note: {words}" for words in self.warnings)
