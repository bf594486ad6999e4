"""Cells named with where they come from, and cells named by their surface markers.

In: words and the candidates found so far. Out: longer candidates: "umbilical cord-derived MSCs", "MSCs isolated from bone marrow",
"CD4+CD25+FoxP3+ T cells". A source that has a cell concept of its own gives that concept, any other source joins the phrase and
changes no label.
"""

from collections.abc import Iterator, Mapping, Sequence

from kg.extract.candidates import Candidate, Reading
from kg.extract.matcher import TermMatcher
from kg.model import TermKind

_LINKS = frozenset({"derived", "origin", "originated", "tissue"})
_ORIGIN = frozenset(
    {
        "derived", "isolated", "obtained", "harvested", "expanded", "prepared", "generated", "made", "grown", "produced", "cultured",
        "cultivated", "taken", "propagated", "raised", "manufactured", "established", "sourced",
    }
)  # fmt: skip
#: Names a tissue only in front of cells; a spinal cord is another one.
_CORD = "cord"
_NO_CORD = frozenset({"spinal", "vocal", "umbilical", "spermatic"})
_BETWEEN = frozenset(
    {"the", "human", "donor", "allogeneic", "third", "party", "healthy", "a", "an", "term", "full", "neonatal", "murine", "adult"}
)
_STROMAL = "mesenchymal-stromal-cell"
_MARKER_PARTS = frozenset(
    {"+", "−", "/", "hi", "high", "low", "lo", "dim", "bright", "neg", "negative", "(", ")", "ra", "ro", "rb", "l", "b", "a", "r"}
)
#: What a surface marker begins with, before its number.
_MARKERS = frozenset({"cd", "foxp"})
#: First row whose markers are all printed names the cell; the lineage marker alone is left to the vocabulary.
_PHENOTYPES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"foxp3", "cd4"}), "regulatory T cell"),
    (frozenset({"foxp3", "cd25"}), "regulatory T cell"),
    (frozenset({"foxp3", "cd127"}), "regulatory T cell"),
    (frozenset({"cd25", "cd127"}), "regulatory T cell"),
    (frozenset({"cd34", "cd38"}), "hematopoietic stem and progenitor cell"),
    (frozenset({"cd3", "cd56"}), "natural killer cell"),
    (frozenset({"cd19", "cd27"}), "memory B cell"),
    (frozenset({"cd3", "cd4"}), "CD4-positive T cell"),
    (frozenset({"cd3", "cd8"}), "CD8-positive T cell"),
)


def sourced_cells(reading: Reading, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Cell phrases grown over the tissue they come from, before or behind."""
    tissues = [each for each in found if each.kind is TermKind.TISSUE_SOURCE]
    by_end = {each.last: each for each in tissues}
    by_start = {each.first: each for each in tissues}
    for cell in (*found, *_plain_stromal(reading, found)):
        if cell.kind is TermKind.CELL_TYPE:
            tissue = _tissue_before(reading, cell, by_end) or _tissue_behind(reading, cell, by_start)
            if tissue is not None:
                yield _joined(cell, tissue, reading.matcher)


def phenotypes(reading: Reading) -> Iterator[Candidate]:
    """Cells spelled as a chain of two or more surface markers, the noun behind included."""
    done = 0
    for at, word in enumerate(reading.words):
        if at < done or word.key not in _MARKERS:
            continue
        done, markers = _chain(reading, at)
        label = next((label for needed, label in _PHENOTYPES if needed <= markers), None) if len(markers) > 1 else None
        if label is not None:
            yield reading.named(at, _noun_end(reading, done), TermKind.CELL_TYPE, label)


def _plain_stromal(reading: Reading, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Read "stromal cells", which are mesenchymal ones where a tissue stands beside them."""
    taken = {at for each in found if each.kind is TermKind.CELL_TYPE for at in range(each.first, each.last)}
    label = reading.matcher.vocabulary[_STROMAL].label if _STROMAL in reading.matcher.vocabulary else _STROMAL
    for at, word in enumerate(reading.words):
        if word.key == "stromal" and reading.key(at + 1) == "cell" and not taken & {at, at + 1}:
            yield Candidate(at, at + 2, TermKind.CELL_TYPE, label, _STROMAL)


def _tissue_before(reading: Reading, cell: Candidate, by_end: Mapping[int, Candidate]) -> Candidate | None:
    at = cell.first
    while reading.key(at - 1) in _LINKS and at not in by_end:
        at -= 1
    if reading.key(at - 1) == ")" and reading.key(at - 3) == "(":
        at -= 3  # "umbilical cord (UC)-derived MSCs"
    if reading.key(at - 1) == _CORD and at not in by_end and reading.key(at - 2) not in _NO_CORD:
        return Candidate(at - 1, at, TermKind.TISSUE_SOURCE, "umbilical cord", "umbilical-cord")
    return by_end.get(at)


def _tissue_behind(reading: Reading, cell: Candidate, by_start: Mapping[int, Candidate]) -> Candidate | None:
    at = cell.last
    if reading.key(at) == "of" and at + 1 in by_start and reading.key(by_start[at + 1].last) == "origin":
        return by_start[at + 1]
    is_made = reading.key(at) in _ORIGIN
    at += is_made
    is_of = reading.key(at) == "of" and not is_made and cell.concept == _STROMAL
    if reading.key(at) != "from" and not is_of:
        return None
    at += 1
    while at not in by_start and reading.key(at) in _BETWEEN:
        at += 1
    return by_start.get(at)


def _joined(cell: Candidate, tissue: Candidate, matcher: TermMatcher) -> Candidate:
    first, last = min(cell.first, tissue.first), max(cell.last, tissue.last)
    if tissue.concept == "decidua" and cell.concept == _STROMAL:
        return Candidate(first, last, TermKind.CELL_TYPE, "decidua stromal cell", "decidua-stromal-cell")
    specific = matcher.sourced_cells.get((cell.concept or "", tissue.concept or ""))
    if specific is None:
        return Candidate(first, last, TermKind.CELL_TYPE, cell.label, cell.concept)
    return Candidate(first, last, TermKind.CELL_TYPE, specific.label, specific.slug)


def _chain(reading: Reading, at: int) -> tuple[int, frozenset[str]]:
    """End of the marker chain that starts at a word, and its markers; (at, none) where no chain starts."""
    words = reading.words
    markers: set[str] = set()
    last = at
    while last < len(words):
        key = words[last].key
        after = words[last + 1] if last + 1 < len(words) else None
        if after is not None and after.is_glued and after.text.isdigit() and key in _MARKERS:
            markers.add(key + after.key)
            last += 2
        elif markers and key in _MARKER_PARTS and words[last].is_glued:
            last += 1
        else:
            break
    while last > at and words[last - 1].key in {"/", "("}:
        last -= 1
    return last, frozenset(markers)


def _noun_end(reading: Reading, at: int) -> int:
    """End of the cell noun behind a chain: "T cells", "regulatory T cells", "Tregs"; ``at`` where there is none."""
    for length in (3, 2, 1):
        keys = reading.keys(at, at + length)
        if len(keys) == length and keys[-1] in {"cell", "lymphocyte", "treg"} and set(keys[:-1]) <= {"t", "b", "regulatory", "nk"}:
            return at + length
    return at
