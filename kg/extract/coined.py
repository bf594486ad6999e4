"""Phrases that are plainly a cell or a drug by their form, though the vocabulary does not have them.

In: words and the candidates found so far. Out: candidates without concept, labelled by their own words in the singular. International
nonproprietary names carry a stem for their class (WHO, The use of stems), cells end in -cyte or are named by a word of relation.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kg.extract.any_case import any_case
from kg.extract.candidates import Candidate, Reading
from kg.extract.matcher import Word
from kg.model import TermKind

_DRUG = re.compile(
    r"[a-z]{2,}(?:[aeiou]mab|tinib|[^t]inib|rafenib|limus|tacept|(?<!int)ercept|ciclib|zomib|vastatin|conazole|fungin|floxacin"
    r"|cillin|thromycin|rubicin|platin"
    r"|[td]ecan|citabine|grastim|poietin|gliptin|[^x]ciclovir|tecavir|tegravir|parin|prazole|dronate|lukast|fovir|trexate|sulfan)",
)
_CHEMICAL = any_case(r"(?:methyl|ethyl|hydroxy|fluoro|chloro|amino|deoxy|aza)[a-z]*")
_CELL_NOUN = re.compile(r"[a-z]{4,}cytes?|(?:lympho|myelo|erythro|osteo|neuro|fibro)blasts?")
#: Adjectives of relation before "cells" that say which cell, by ending; those below only say of what kind, how many or whose.
_RELATION = re.compile(r"[a-z]{3,}(?:emic|omal|elial|oid|eal|enic|genitor|tumor|tumour|stromal|oma|astic)")
_LOOSE = frozenset({"allogeneic", "allogenic", "syngeneic", "xenogeneic", "immunogenic", "transgenic", "pathogenic", "plastic", "ectopic"})
_GLOBULIN_TARGETS = frozenset({"thymocyte", "lymphocyte", "antithymocyte", "antilymphocyte"})
_GLOBULIN_WORDS = _GLOBULIN_TARGETS | {"t", "cell", "anti", "immune", "antihuman", "human", "rabbit", "horse", "equine", "porcine", "pig"}
_STEM_WORDS = frozenset({"stem", "progenitor", "precursor", "stromal"})


def coined_terms(reading: Reading, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Cells and drugs that the vocabulary lacks."""
    taken = {at for each in found for at in range(each.first, each.last)}
    cells = {each.first: each for each in found if each.kind is TermKind.CELL_TYPE}
    for at, word in enumerate(reading.words):
        if at not in taken and _is_drug(word.text):
            yield Candidate(at, at + 1, TermKind.DRUG, word.text.lower())
        elif word.key in {"globulin", "immunoglobulin"}:
            yield from _cell_globulin(reading, at)
        elif word.text == "antibody" and at not in taken:
            yield from _antibody(reading, at)
        elif word.key == "cell" and at not in taken:
            yield from _named_cells(reading, at)
        elif at not in taken and _is_cell(word.text):
            yield Candidate(at, at + 1, TermKind.CELL_TYPE, word.text.lower().removesuffix("s"))
        elif word.key == "donor" and at + 1 in cells:
            yield from _donor_cells(reading, at, cells)
        elif word.text.isdigit() and at not in taken:
            yield from _chemical(reading, at)


@lru_cache(maxsize=50_000)
def _is_drug(word: str) -> bool:
    return _DRUG.fullmatch(word.lower()) is not None


@lru_cache(maxsize=50_000)
def _is_cell(word: str) -> bool:
    return _CELL_NOUN.fullmatch(word.lower()) is not None


def _donor_cells(reading: Reading, at: int, cells: Mapping[int, Candidate]) -> Iterator[Candidate]:
    """Read "donor T cells" and "donor lymphocytes" are cells of their own: they are the graft's, not the patient's."""
    cell = cells[at + 1]
    donor_cell = reading.named(at, cell.last, TermKind.CELL_TYPE, f"donor {cell.label}")
    if donor_cell.concept is not None or cell.label == "lymphocyte":
        yield donor_cell


def _cell_globulin(reading: Reading, at: int) -> Iterator[Candidate]:
    """Name a globulin against T cells, whatever the animal: "rabbit anti-human T-lymphocyte immunoglobulin"."""
    first = at
    while reading.key(first - 1) in _GLOBULIN_WORDS:
        first -= 1
    keys = set(reading.keys(first, at))
    if _GLOBULIN_TARGETS & keys or {"anti", "t"} <= keys:
        yield reading.named(first, at + 1, TermKind.DRUG, "antithymocyte globulin")


def _antibody(reading: Reading, at: int) -> Iterator[Candidate]:
    """Read "anti-PGE2 antibody": the target stands between. The plural names reagents (coated beads, panels), not an agent given."""
    for first in range(at - 1, max(-1, at - 6), -1):
        if reading.key(first) == "anti":
            printed = reading.printed(first, at + 1)
            if "," not in printed and " and " not in printed:
                yield Candidate(first, at + 1, TermKind.DRUG, printed)
            return


def _named_cells(reading: Reading, at: int) -> Iterator[Candidate]:
    """Cells of a named line ("K562 cells") or told by a word of relation ("leukemic cells", "nonhematopoietic stem cells")."""
    words, first = reading.words, at
    while reading.key(first - 1) in _STEM_WORDS:
        first -= 1
    if first > 0 and _is_telling(words[first - 1]):
        first -= 1
    elif first > 1 and words[first - 1].text.isdigit() and words[first - 1].is_glued and words[first - 2].text.isupper():
        first -= 2
    if first < at and reading.key(first) not in _STEM_WORDS:
        printed = reading.printed(first, at + 1).removesuffix("s")
        yield Candidate(first, at + 1, TermKind.CELL_TYPE, printed if words[first].text.isupper() else printed.lower())


def _is_telling(word: Word) -> bool:
    printed = word.text.lower()
    return printed not in _LOOSE and _RELATION.fullmatch(printed) is not None


def _chemical(reading: Reading, at: int) -> Iterator[Candidate]:
    """A systematic name: a locant and a hyphen before a radical ("1-methyl-…"), up to the next blank."""
    words = reading.words
    if at + 1 >= len(words) or reading.gap(at + 1) != "-" or not _CHEMICAL.fullmatch(words[at + 1].text):
        return
    last = at + 2
    while last < len(words) and words[last].text.isalnum() and " " not in reading.gap(last):
        last += 1
    yield Candidate(at, last, TermKind.DRUG, reading.printed(at, last))
