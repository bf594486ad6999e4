"""Findings and links of a report in words, which text, page and feed lay out."""

from collections.abc import Iterator, Mapping

from kg.changes.records import COMPARED, TIED, Changes, Moved, PaperChanges, reasons
from kg.model import Claim, Difference, Link, LinkKind
from kg.wording import against, claim_statistics, claim_values

HEADINGS = {
    LinkKind.CONTRADICTS: "Contradicts",
    LinkKind.TENSION: "In tension with",
    LinkKind.AGREES: "Agrees with",
    LinkKind.WEAK_CONTRAST: "Weak contrast, at least one side untested",
    LinkKind.AMENDS: "Corrections, concerns and retractions",
    LinkKind.SAME_PAPER: "Another record of the same paper",
    LinkKind.SAME_COHORT: "Same participants; counted once",
    LinkKind.INCLUDES_STUDY: "Pooled with",
    LinkKind.CITES: "Cited papers",
    LinkKind.RELATED: "Related",
}
_COUNTED = {
    LinkKind.CONTRADICTS: ("contradiction", "contradictions"),
    LinkKind.TENSION: ("tension", "tensions"),
    LinkKind.AGREES: ("agreement", "agreements"),
    LinkKind.WEAK_CONTRAST: ("weak contrast", "weak contrasts"),
    LinkKind.SAME_COHORT: ("paper on the same participants", "papers on the same participants"),
}


def headed_links(paper: PaperChanges) -> Iterator[tuple[LinkKind, str, tuple[Link, ...]]]:
    """The paper's links under their headings, the most telling kind first."""
    for kind in (*COMPARED, *TIED):
        links = paper.of_kind(kind)
        if links:
            yield kind, HEADINGS[kind], links


def totals(changes: Changes) -> str:
    """``2 papers, 14 new findings, 1 contradiction``."""
    findings = sum(len(paper.findings) for paper in changes.papers)
    parts = [counted(len(changes.papers), "paper", "papers"), counted(findings, "new finding", "new findings")]
    parts += [counted(changes.count(kind), *names) for kind, names in _COUNTED.items() if changes.count(kind)]
    gaps = sum(len(paper.gaps_filled) for paper in changes.papers)
    return ", ".join([*parts, *([counted(gaps, "gap filled", "gaps filled")] if gaps else [])])


def counted(number: int, one: str, many: str) -> str:
    """``1 paper``, ``2 papers``."""
    return f"{number} {one if number == 1 else many}"


def about(paper: PaperChanges) -> str:
    """``rct, n = 124, 2016``."""
    facts = [
        None if paper.design is None else paper.design.replace("_", " "),
        None if paper.n is None else f"n = {paper.n}",
        None if paper.pmid is None else f"PMID {paper.pmid}",
        None if paper.doi is None else f"doi:{paper.doi}",
    ]
    return ", ".join(fact for fact in facts if fact)


def finding_words(claim: Claim) -> str:
    """``relapse: decreased; cells against placebo; 10% against 30%; P = .02``."""
    head = f"{claim.outcome_label}: {claim.direction.replace('_', ' ')}"
    arms = against(claim.intervention, claim.comparator)
    parts = (head, arms, claim_values(claim), *claim_statistics(claim), "in doubt" if claim.is_doubtful else "")
    return "; ".join(part for part in parts if part)


def reason_words(link: Link) -> tuple[str, ...]:
    """Why, the weightiest first."""
    return tuple(each.text for each in reasons(link))


def difference_words(each: Difference, *, own: str, other: str) -> str:
    """``dose: 1e6/kg (Gao 2016), not stated (Kuzmina 2012)``."""
    factor = each.factor.replace("_", " ")
    return f"{factor}: {each.subject or 'not stated'} ({own}), {each.object or 'not stated'} ({other})"


def moved_words(moved: Moved) -> str:
    """``umbilical cord MSC and chronic GVHD: decreased, was untested; cohorts 1 to 2``."""
    before, after = moved.before or "untested", moved.after or "untested"
    change = f"{after}, was {before}" if before != after else f"still {after}"
    setting = "" if moved.setting == "human" else f" ({moved.setting.replace('_', ' ')})"
    return f"{moved.cell} and {moved.outcome}{setting}: {change}; cohorts {moved.cohorts_before} before, {moved.cohorts_after} now"


def name_of(paper: str, names: Mapping[str, str]) -> str:
    """What a paper is called."""
    return names.get(paper, paper)
