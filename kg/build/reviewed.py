"""What became of decisions, and which findings nobody has decided on."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.build.records import known_in
from kg.build.replay import stored_paper
from kg.curation import StoredPaper, by_paper, find_conflicts, findings_of, lay_over
from kg.curation.overlay import Overlay
from kg.model import Claim, Decision
from kg.rdf.curation import changed_fields
from kg.rdf.findings import finding_keys
from kg.store import Store

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
    def correction(self) -> str | None:
        """What was changed, in words; None where nothing was."""
        each = self.decision
        return "; ".join(changed_fields(each.extracted, each.decided)) if each.verdict == "corrected" else None


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


def open_claims(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that nobody has decided on, the least sure first."""
    return sorted((each for each in claims if each.curation is None), key=lambda each: (each.confidence, each.finding))


def summary(listed: Sequence[Listed]) -> str:
    """How many decisions there are, in words."""
    counts: Mapping[str, int] = Counter(each.decision.verdict.value for each in listed)
    stale, conflicts = sum(each.is_stale for each in listed), sum(each.is_conflict for each in listed)
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
    decisions = "1 decision" if len(listed) == 1 else f"{len(listed)} decisions"
    return f"{decisions} ({verdicts}); {stale} to look at again, {conflicts} overruled by another curator"


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
