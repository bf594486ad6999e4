"""Records of one publication among the candidates: one is screened, the others are duplicates of it. Pure.

They share a PMID, a PMCID or a DOI, directly or through a third; or title, first author and year, give or take one, where neither
identifier speaks against it.
"""

import unicodedata
from collections.abc import Sequence

from kg.model import Paper
from kg.screen.records import Candidate, Decided, Evidence, Reason, Screening, Standing, decide_by_rules

#: Fewer words than these name nothing ("Reply to the letter").
_FEWEST_WORDS = 4


def find_duplicates(candidates: Sequence[Candidate]) -> dict[int, int]:
    """By the number of each duplicate: the number of the candidate that is screened in its place."""
    parent = list(range(len(candidates)))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    first: dict[str, int] = {}
    for number, each in enumerate(candidates):
        for name in names_of(each.paper):
            parent[root(number)] = root(first.setdefault(name, number))
    titled: dict[tuple[str, int], list[int]] = {}
    for number, each in enumerate(candidates):
        for key in _title_keys(each.paper):
            for other in titled.setdefault(key, []):
                if not _is_another(each.paper, candidates[other].paper):
                    parent[root(number)] = root(other)
            titled[key].append(number)
    groups: dict[int, list[int]] = {}
    for number in range(len(candidates)):
        groups.setdefault(root(number), []).append(number)
    best = {each: max(group, key=lambda number: (_worth(candidates[number]), -number)) for group in groups.values() for each in group}
    return {number: kept for number, kept in best.items() if number != kept}


def as_duplicate(candidate: Candidate, of: Candidate) -> Screening:
    """The decision on a duplicate."""
    says = f"the same paper as {of.paper.id} from {of.source}"
    evidence = Evidence(criterion="duplicate", standing=Standing.FAILS, says=says, reason=Reason.DUPLICATE)
    return decide_by_rules(candidate, Decided.EXCLUDE, Reason.DUPLICATE, (evidence,))


def names_of(paper: Paper) -> tuple[str, ...]:
    """Identifiers that a paper shares with no other."""
    named = (("pmid-", paper.pmid), ("pmcid-", paper.pmcid), ("doi-", paper.doi))
    return tuple(prefix + name for prefix, name in named if name is not None)


def fold_title(title: str | None) -> str:
    """A title as it compares: letters and digits in lower case, without accents; empty where it is too short to name a paper."""
    plain = unicodedata.normalize("NFKD", title or "").casefold()
    words = "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign)).split()
    return " ".join(words) if len(words) >= _FEWEST_WORDS else ""


def _title_keys(paper: Paper) -> list[tuple[str, int]]:
    title, author = fold_title(paper.title), (paper.first_author or "").casefold().split(",")[0].split(" ")[0]
    if not title or not author or paper.year is None:
        return []
    return [(f"{title}|{author}", year) for year in (paper.year, paper.year + 1)]


def _is_another(one: Paper, other: Paper) -> bool:
    """True where both have an identifier of one kind, and not the same."""
    pairs = ((one.pmid, other.pmid), (one.pmcid, other.pmcid), (one.doi, other.doi))
    return any(mine is not None and theirs is not None and mine != theirs for mine, theirs in pairs)


def _worth(candidate: Candidate) -> tuple[bool, int]:
    return candidate.has_abstract, len(names_of(candidate.paper))
