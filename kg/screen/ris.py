"""Papers with decisions as RIS, in notes that reviewers' tools read.

Rayyan writes ``RAYYAN-INCLUSION: {"name"=>"Included"} | RAYYAN-EXCLUSION-REASONS: wrong population``, ASReview ``ASReview_relevant``,
both under N1. Covidence takes no decisions from a file; give it those to include and those in doubt as files of their own. What is
written comes back through ``kg.read.ris`` (a test).
"""

import json
from collections.abc import Iterable, Iterator

from kg.model import Author, Paper
from kg.namespaces import pubmed_address
from kg.screen.records import Decided, Screening

REVIEWER = "kg screen"

_RAYYAN = {Decided.INCLUDE: "Included", Decided.EXCLUDE: "Excluded", Decided.MAYBE: "Maybe"}
_ASREVIEW = {Decided.INCLUDE: "ASReview_relevant", Decided.EXCLUDE: "ASReview_irrelevant", Decided.MAYBE: "ASReview_not_seen"}


def write_ris(screenings: Iterable[Screening]) -> str:
    """All records, one after the other."""
    return "".join(_record(each.candidate.paper, notes_of(each)) for each in screenings)


def write_papers(papers: Iterable[Paper]) -> str:
    """Papers without decisions."""
    return "".join(_record(each, ()) for each in papers)


def notes_of(screening: Screening) -> tuple[str, ...]:
    """The decision in the words of each tool, and what it rests on."""
    name = screening.by or REVIEWER
    rayyan = f"RAYYAN-INCLUSION: {{{json.dumps(name, ensure_ascii=False)}=>{json.dumps(_RAYYAN[screening.decided])}}}"
    if screening.reason is not None:
        rayyan += f" | RAYYAN-EXCLUSION-REASONS: {screening.reason}"
    rests = "; ".join(f"{each.criterion}: {each.standing} ({each.says})" for each in screening.evidence)
    return tuple(note for note in (rayyan, _ASREVIEW[screening.decided], rests, screening.note) if note)


def _record(paper: Paper, notes: Iterable[str]) -> str:
    lines = [*_fields(paper), *(("N1", note) for note in notes)]
    return "".join(f"{tag}  - {_flat(text)}\n" for tag, text in lines) + "ER  - \n\n"


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "TY", "UNPB" if "Preprint" in paper.publication_types else "JOUR"
    stated = (
        ("ID", paper.id),
        ("TI", paper.title),
        *(("AU", _author(each)) for each in paper.authors),
        *((("AU", paper.first_author),) if not paper.authors else ()),
        ("JO", paper.journal),
        ("PY", None if paper.year is None else str(paper.year)),
        ("DA", None if paper.date is None else paper.date.replace("-", "/")),
        ("DO", paper.doi),
        ("UR", None if paper.pmid is None else pubmed_address(paper.pmid)),
        ("C2", paper.pmcid),
        ("LA", paper.language),
        *(("KW", each) for each in paper.keywords),
        ("AB", paper.text or None),
    )
    yield from ((tag, text) for tag, text in stated if text)


def _author(author: Author) -> str:
    return author.family if author.given is None else f"{author.family}, {author.given}"


def _flat(text: str) -> str:
    """One line: a second one could be read as a field."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
