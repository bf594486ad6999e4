"""What a build read, found and refused, as records and as Markdown.

In: papers with their extractions and what went wrong. Out: a ``BuildReport``, and ``report.md``, which says nothing of the
clock, so that the same build writes the same bytes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kg.bundled import SAMPLE_NOTICE
from kg.model import Direction, Extraction, Paper, TextKind, Verdict

#: Rows of a table in ``report.md``; how many more there are is said below it.
_ROWS = 40


class Trouble(StrEnum):
    """What became of a record that is not in the graph."""

    #: Damaged: the batch does not end well.
    FAILED = "failed"
    #: Read and extracted, but its graph breaks the shapes.
    REFUSED = "refused"
    #: Readable and no paper, or a digest of a paper that is there itself; nothing is wrong.
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Failure:
    """One record that is not in the graph, with its place and the reason."""

    trouble: Trouble
    place: str
    #: One line, or several with one thing each.
    reason: str

    def __str__(self) -> str:
        between = "\n  " if "\n" in self.reason else " "
        return f"{self.trouble}: {self.place}:{between}" + self.reason.replace("\n", "\n  ")


@dataclass(frozen=True)
class OutcomeRow:
    """How often findings on one outcome point each way."""

    label: str
    papers: int
    findings: Mapping[Direction, int]


@dataclass(frozen=True)
class Unmapped:
    """A phrase that the vocabulary lacks, and in how many papers it stands."""

    kind: str
    label: str
    papers: int


@dataclass(frozen=True)
class StaleDecision:
    """A curator's decision that no longer applies, or that wants another look."""

    decision: str
    paper: str
    outcome: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True)
class CurationReport:
    """What curators' decisions came to in the papers of a build."""

    #: Findings that a decision holds for.
    applied: Mapping[Verdict, int]
    stale: tuple[StaleDecision, ...] = ()
    #: Findings on which curators disagree; the newest decision holds.
    conflicts: int = 0

    @property
    def is_empty(self) -> bool:
        """True where there were no decisions."""
        return not self.stale and not any(self.applied.values())


@dataclass(frozen=True)
class BuildReport:
    """What a build did; counts are of this build, ``triples`` of the whole store after it."""

    papers: int
    terms: int
    findings: Mapping[Direction, int]
    triples: int
    seconds: float
    failures: tuple[Failure, ...] = ()
    outputs: tuple[Path, ...] = ()
    #: Papers by the format they were read from.
    formats: Mapping[str, int] | None = None
    outcomes: tuple[OutcomeRow, ...] = ()
    #: Paper id, title, reason.
    without_findings: tuple[tuple[str, str, str], ...] = ()
    unmapped: tuple[Unmapped, ...] = ()
    #: True when a text was re-told by us.
    has_digests: bool = False
    #: Ids of the papers that the store did not have before, under any id.
    new: tuple[str, ...] = ()
    #: None where nothing was decided on these papers.
    curation: CurationReport | None = None

    @property
    def is_complete(self) -> bool:
        """False when something failed or was refused."""
        return all(failure.trouble is Trouble.SKIPPED for failure in self.failures)


def summarise(
    pairs: Sequence[tuple[Paper, Extraction]],
    *,
    triples: int,
    seconds: float,
    failures: Iterable[Failure],
    outputs: Iterable[Path] = (),
    new: tuple[str, ...] = (),
    curation: CurationReport | None = None,
) -> BuildReport:
    """The report on papers that are in the store."""
    extractions = [extraction for _, extraction in pairs]
    directions = Counter(finding.direction for extraction in extractions for finding in extraction.findings)
    return BuildReport(
        papers=len(pairs),
        terms=sum(len(extraction.terms) for extraction in extractions),
        findings={direction: directions[direction] for direction in Direction},
        triples=triples,
        seconds=seconds,
        failures=tuple(failures),
        outputs=tuple(outputs),
        formats=dict(sorted(Counter(paper.source_format for paper, _ in pairs).items())),
        outcomes=_outcome_rows(extractions),
        without_findings=tuple(
            (paper.id, paper.title or "", extraction.no_findings_reason or "nothing recognised")
            for paper, extraction in pairs
            if not extraction.findings
        ),
        unmapped=_unmapped(extractions),
        has_digests=any(paper.text_kind is TextKind.DIGEST for paper, _ in pairs),
        new=new,
        curation=curation,
    )


def render_report(report: BuildReport) -> str:
    """``report.md``."""
    notice = [f"> {SAMPLE_NOTICE}", ""] if report.has_digests else []
    return "\n".join(
        [
            "# What this build read and found",
            "",
            *notice,
            *_totals(report),
            *_section("Not in the graph", ("what", "where", "why"), [(f.trouble, f.place, f.reason) for f in report.failures]),
            *_curation(report.curation),
            *_section("Outcomes", ("outcome", "papers", *_headings()), [_outcome_cells(row) for row in report.outcomes]),
            *_section("Papers without findings", ("paper", "title", "why"), report.without_findings),
            *_section(
                "Phrases that the vocabulary lacks", ("kind", "phrase", "papers"), [(u.kind, u.label, u.papers) for u in report.unmapped]
            ),
            "",
        ]
    )


def notice_for(kinds: Iterable[TextKind]) -> str | None:
    """The sample notice where a text is a digest."""
    return SAMPLE_NOTICE if TextKind.DIGEST in set(kinds) else None


def _outcome_rows(extractions: Iterable[Extraction]) -> tuple[OutcomeRow, ...]:
    papers: dict[str, set[str]] = defaultdict(set)
    directions: dict[str, Counter[Direction]] = defaultdict(Counter)
    for extraction in extractions:
        for finding in extraction.findings:
            papers[finding.outcome.label].add(extraction.paper)
            directions[finding.outcome.label][finding.direction] += 1
    order = sorted(papers, key=lambda label: (-len(papers[label]), -directions[label].total(), label))
    return tuple(OutcomeRow(label, len(papers[label]), {each: directions[label][each] for each in Direction}) for label in order)


def _unmapped(extractions: Iterable[Extraction]) -> tuple[Unmapped, ...]:
    papers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for extraction in extractions:
        for term in extraction.terms:
            if term.concept is None:
                papers[term.kind, term.label].add(extraction.paper)
        for finding in extraction.findings:
            if finding.outcome.concept is None:
                papers["outcome", finding.outcome.label].add(extraction.paper)
    rows = [Unmapped(str(kind), label, len(found)) for (kind, label), found in papers.items()]
    return tuple(sorted(rows, key=lambda row: (-row.papers, row.kind, row.label)))


def _totals(report: BuildReport) -> list[str]:
    read = ", ".join(f"{count} {name}" for name, count in (report.formats or {}).items())
    found = ", ".join(f"{count} {_words(direction)}" for direction, count in report.findings.items())
    return [
        f"- papers: {report.papers} ({read})" if read else f"- papers: {report.papers}",
        f"- terms: {report.terms}",
        f"- findings: {sum(report.findings.values())} ({found})",
        f"- triples: {report.triples}",
    ]


def _curation(curation: CurationReport | None) -> list[str]:
    if curation is None:
        return []
    applied = ", ".join(f"{count} {verdict}" for verdict, count in curation.applied.items())
    rows = [(each.paper, each.outcome, each.verdict, each.decision, each.reason) for each in curation.stale]
    lines = [
        "",
        "## Decisions of curators",
        "",
        f"- findings: {applied}",
        f"- disagreements, where the newest decision holds: {curation.conflicts}",
    ]
    return [*lines, *_section("Decisions to look at again", ("paper", "outcome", "verdict", "decision", "why"), rows)]


def _outcome_cells(row: OutcomeRow) -> tuple[object, ...]:
    return (row.label, row.papers, *(row.findings[direction] for direction in Direction))


def _headings() -> list[str]:
    return [_words(direction) for direction in Direction]


def _words(direction: Direction) -> str:
    return direction.replace("_", " ")


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    if not rows:
        return []
    lines = ["", f"## {title}", "", _row(head), _row(["---"] * len(head)), *map(_row, rows[:_ROWS])]
    return [*lines, "", f"and {len(rows) - _ROWS} more"] if len(rows) > _ROWS else lines


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(_escaped(str(cell)) for cell in cells)} |"


def _escaped(cell: str) -> str:
    """The cell as text: a title can neither end its cell nor become markup."""
    flat = " ".join(cell.split())
    for sign in "\\`*_{}[]<>|#":
        flat = flat.replace(sign, "\\" + sign)
    return flat
