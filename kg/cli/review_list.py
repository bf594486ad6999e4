"""What ``kg review list`` shows: decisions with what became of them, and findings that nobody has decided on.

Imported inside command functions only.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.build import known_in, stored_paper
from kg.cli.tables import Cell
from kg.curation import StoredPaper, by_paper, find_conflicts, findings_of, lay_over
from kg.curation.overlay import Overlay
from kg.model import Claim, Decision
from kg.namespaces import data_iri
from kg.rdf.curation import changed_fields
from kg.rdf.findings import finding_keys
from kg.store import Store

HEAD = ("decision", "finding", "outcome", "verdict", "correction", "curator", "time", "reason", "status")
OPEN_HEAD = ("finding", "confidence", "outcome", "direction", "intervention", "comparator", "sentence")
APPLIES, ELSEWHERE = "applies", "its paper is not in the store"


@dataclass(frozen=True)
class Listed:
    """A decision and what became of it."""

    decision: Decision
    #: "pmid-1/812-934-1"; without a number where there is no such finding now.
    finding: str
    status: str = APPLIES
    is_stale: bool = False
    is_conflict: bool = False

    @property
    def cells(self) -> list[Cell]:
        """In the order of ``HEAD``."""
        each = self.decision
        changes = "; ".join(changed_fields(each.extracted, each.decided)) if each.verdict == "corrected" else None
        outcome = each.selector.outcome_label
        return [each.id, self.finding, outcome, each.verdict, changes, each.curator, each.time, each.reason, self.status]


def list_decisions(store: Store, decisions: Sequence[Decision], *, papers: Iterable[str] | None = None) -> list[Listed]:
    """All decisions, oldest first, or those on some papers."""
    known = known_in(store)
    wanted = None if papers is None else set(papers)
    named = {each.id: each.names for each in known if wanted is None or each.id in wanted}
    found: dict[str, Listed] = {}
    for paper, of in by_paper(decisions, named).items():
        found |= {each.decision.id: each for each in _of_paper(paper, stored_paper(store, paper), of)}
    if wanted is None:
        missing = [each for each in decisions if each.id not in found]
        found |= {each.id: Listed(each, each.selector.paper, ELSEWHERE, is_stale=True) for each in missing}
    return [found[each.id] for each in decisions if each.id in found]


def open_rows(claims: Iterable[Claim]) -> list[list[Cell]]:
    """Findings that nobody has decided on, the least sure first."""
    return [_open_row(each) for each in open_claims(claims)]


def open_claims(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that nobody has decided on, the least sure first."""
    return sorted((each for each in claims if each.curation is None), key=lambda each: (each.confidence, each.finding))


def short_name(finding: str) -> str:
    """What a curator names a finding by: its IRI without what all have."""
    return finding.removeprefix(data_iri("finding", ""))


def split_name(finding: str) -> tuple[str, str] | None:
    """Paper and key of a finding by its IRI or short name; None where it is neither."""
    paper, _, key = short_name(finding.strip().strip("<>")).removeprefix("finding/").rpartition("/")
    parts = key.split("-")
    return (paper, key) if paper and len(parts) == 3 and all(part.isdigit() for part in parts) else None


def summary(listed: Sequence[Listed]) -> str:
    """How many decisions there are, in words."""
    counts: Mapping[str, int] = Counter(each.decision.verdict.value for each in listed)
    stale, conflicts = sum(each.is_stale for each in listed), sum(each.is_conflict for each in listed)
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
    return f"{len(listed)} decisions ({verdicts}); {stale} to look at again, {conflicts} overruled by another curator"


def _open_row(each: Claim) -> list[Cell]:
    name, direction = short_name(each.finding), _words(each.direction)
    return [name, round(each.confidence, 2), each.outcome_label, direction, each.intervention, each.comparator, each.sentence]


def _of_paper(paper: str, stored: StoredPaper, decisions: Sequence[Decision]) -> list[Listed]:
    read, source = findings_of(stored)
    overlay = lay_over(read, source.text, decisions)
    return [*_standing(paper, overlay), *(Listed(each, paper, why, is_stale=True) for each, why in overlay.stale)]


def _standing(paper: str, overlay: Overlay) -> list[Listed]:
    conflicts = {loser.id for _, loser in find_conflicts(overlay)}
    changed = {decision.id: words for decision, words in overlay.changed}
    listed = []
    for (key, _), entry in zip(finding_keys(overlay.findings), overlay.entries, strict=True):
        name = f"{paper}/{key}"
        if entry.decision is not None:
            words = changed.get(entry.decision.id)
            listed.append(Listed(entry.decision, name, words or APPLIES, is_stale=words is not None))
            for each in entry.outvoted:
                against = "another curator's" if each.id in conflicts else "a newer"
                listed.append(Listed(each, name, f"overruled by {against} {entry.decision.id}", is_conflict=each.id in conflicts))
    return listed


def _words(name: str) -> str:
    return name.replace("_", " ")
