"""A paper read up to its cells and study, without findings."""

import hashlib
from functools import cache

from kg.bundled import ontologies_folder
from kg.extract.abbreviations import find_abbreviations
from kg.extract.cells import find_cells
from kg.extract.matcher import TermMatcher, build_matcher
from kg.extract.numbers.reader import read_numbers
from kg.extract.roles import find_roles
from kg.extract.sections import find_sections
from kg.extract.sentences import find_sentences
from kg.extract.study import find_study
from kg.extract.terms import find_terms
from kg.model import Cell, Paper, Registration, Study
from kg.vocabulary import load_vocabulary


@cache
def matcher() -> TermMatcher:
    return build_matcher(load_vocabulary(ontologies_folder()))


def read(
    text: str, *, title: str | None = None, types: tuple[str, ...] = (), registrations: tuple[str, ...] = ()
) -> tuple[tuple[Cell, ...], Study]:
    """Cells and study of a text."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    records = tuple(Registration(number=number) for number in registrations)
    paper = Paper(id="p", title=title, text=text, source_format="jsonl", sha256=sha, publication_types=types, registrations=records)
    sections = find_sections(text)
    sentences = find_sentences(text, sections=sections)
    roles = find_roles(sentences, sections, text)
    abbreviations = find_abbreviations(text, title=title)
    terms = find_terms(text, matcher(), abbreviations=abbreviations)
    titled = find_terms(title or "", matcher(), abbreviations=abbreviations)
    vocabulary = matcher().vocabulary
    cells = find_cells(paper, sentences, roles, terms=terms, title_terms=titled, vocabulary=vocabulary)
    study = find_study(
        paper, sentences, roles, terms=terms, title_terms=titled, cells=cells, numbers=read_numbers(text), vocabulary=vocabulary
    )
    return cells, study
