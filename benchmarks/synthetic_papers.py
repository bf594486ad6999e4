"""Papers that nobody wrote, made from the digests that ship, to fill a graph of any size; the seed is fixed.

Each has the text of a digest and a closing sentence that names concepts of the vocabulary, some of them in many papers and most in few,
as in a literature; and its own title, team, year, size, directions and references.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.pipeline import Extractor
from kg.model import Author, Direction, Extraction, Finding, Notice, Paper, RelatedNotice, Term, TermKind, TextKind
from kg.namespaces import sha256_hex
from kg.schemes import Concept
from kg.vocabulary import Vocabulary

_SEED = 20
_FAMILIES = (
    *("Adler", "Bauer", "Chen", "Diaz", "Endo", "Gao", "Huang", "Ito", "Jansen", "Kim", "Li", "Meyer", "Novak", "Okada", "Park", "Quist"),
    *("Rossi", "Sato", "Tan", "Ueda", "Vogel", "Wang", "Xu", "Yang", "Zhou"),
)
_MANY_NAMES = 400
_NAMED_KINDS = (TermKind.DRUG, TermKind.CONDITION, TermKind.BIOMARKER, TermKind.OUTCOME, TermKind.PROCEDURE)
_TURNED = {Direction.INCREASED: Direction.DECREASED, Direction.DECREASED: Direction.INCREASED}


@dataclass(frozen=True)
class Digests:
    """What papers are made from."""

    read: Sequence[tuple[Paper, Extraction]]
    concepts: Sequence[Concept]

    @classmethod
    def of(cls, papers: Sequence[Paper], extractor: Extractor, vocabulary: Vocabulary) -> "Digests":
        """The digests read once, and the concepts that a paper may name, the commonest first."""
        concepts = sorted((each for kind in _NAMED_KINDS for each in vocabulary.of_kind(kind)), key=lambda each: sha256_hex(each.slug))
        return cls([(paper, extractor.extract(paper)) for paper in papers], concepts)


def synthetic_papers(digests: Digests, *, first: int, count: int) -> Iterator[tuple[Paper, Extraction]]:
    """Papers numbered from ``first``, with what a reader would find in each; the same number is always the same paper."""
    for number in range(first, first + count):
        chance = random.Random(_SEED * 1_000_003 + number)  # noqa: S311 - no secret
        yield _paper(digests, number, chance)


def _paper(digests: Digests, number: int, chance: random.Random) -> tuple[Paper, Extraction]:
    base, read = digests.read[chance.randrange(len(digests.read))]
    named = sorted({_common_or_rare(digests.concepts, chance) for _ in range(chance.randrange(4, 16))}, key=lambda each: each.slug)
    start = f"{base.text} Record {number} also speaks of "
    text = start + ", ".join(each.label for each in named) + "."
    paper_id = f"pmid-{number}"
    year = chance.randrange(2004, 2026)
    paper = Paper(
        id=paper_id,
        pmid=str(number),
        title=f"{base.title} and {named[0].label} {chance.choice(named).label} in series {chance.randrange(2000)}",
        text=text,
        text_kind=TextKind.ABSTRACT,
        authors=tuple(_author(chance) for _ in range(chance.randrange(2, 12))),
        year=year,
        date=str(year),
        journal=base.journal,
        notices=tuple(RelatedNotice(kind=Notice.CITES, pmid=str(chance.randrange(1, number))) for _ in range(min(number - 1, 25))),
        source_format="jsonl",
        sha256=sha256_hex(text),
    )
    return paper, _reading(read, paper, named, len(start), chance)


def _reading(read: Extraction, paper: Paper, named: Sequence[Concept], at: int, chance: random.Random) -> Extraction:
    terms = list(read.terms)
    for concept in named:
        end = at + len(concept.label)
        terms.append(Term(kind=TermKind(concept.kind), label=concept.label, concept=concept.slug, start=at, end=end, text=concept.label))
        at = end + len(", ")
    study = read.study.model_copy(update={"n": chance.randrange(8, 400), "n_arms": None, "facts": (), "registrations": ()})
    findings = tuple(_turned(each) if chance.random() < 0.15 else each for each in read.findings)
    changes = {"id": paper.id, "paper": paper.id, "sha256": paper.sha256, "study": study, "terms": tuple(terms), "findings": findings}
    return read.model_copy(update={**changes, "text_kind": TextKind.ABSTRACT})


def _turned(finding: Finding) -> Finding:
    return finding.model_copy(update={"direction": _TURNED.get(finding.direction, finding.direction)})


def _common_or_rare(concepts: Sequence[Concept], chance: random.Random) -> Concept:
    """Zipf's law, roughly: a concept of rank r is named 1/r as often as the commonest."""
    return concepts[min(len(concepts) - 1, int(len(concepts) ** chance.random()) - 1)]


def _author(chance: random.Random) -> Author:
    name = chance.randrange(_MANY_NAMES)
    return Author(family=_FAMILIES[name % len(_FAMILIES)], given=chr(ord("A") + name // len(_FAMILIES)))
