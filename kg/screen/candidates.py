"""A paper with what was read from it, or its graph in a store, as a candidate for screening. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from kg.model import CellRole, Design, Extraction, Fact, Origin, Paper, StudyContext
from kg.screen.records import Candidate, Ground
from kg.vocabulary import Vocabulary

#: What a record's format says of where it came from.
_SOURCES = {"pubmed": "PubMed", "medline": "PubMed", "europepmc": "Europe PMC", "jats": "PubMed Central"}


@dataclass(frozen=True)
class StoredFacts:
    """What a store has of a paper beyond its context."""

    source: str
    has_abstract: bool = False
    language: str | None = None
    #: Concepts of what was given to participants, sorted.
    given: tuple[str, ...] = ()
    #: Where study facts were read.
    facts: tuple[Fact, ...] = ()


def source_of(source_format: str, location: str) -> str:
    """The database that a format is of, else the name of the file."""
    return _SOURCES.get(source_format, PurePath(location).name or location)


def from_paper(paper: Paper, extraction: Extraction, *, source: str, vocabulary: Vocabulary) -> Candidate:
    """A paper that has just been read."""
    study = extraction.study
    facts = {fact.field: fact for fact in reversed(study.facts)}
    by_words = _facts_by_concept(study.facts, vocabulary)
    return Candidate(
        paper=paper,
        source=source,
        has_abstract=paper.text != "",
        design=None if study.design is None else _design(study.design, facts.get("design")),
        species=_species(study.species, facts.get("species"), vocabulary),
        population=(
            *(_concept(slug, by_words.get(slug), vocabulary) for slug in (*study.conditions, *study.transplants)),
            *([] if study.age_group is None else [_ground(study.age_group, study.age_group, facts.get("age_group"))]),
        ),
        interventions=tuple(_interventions(paper, extraction, vocabulary)),
        mentions=(*_mentions(extraction), *_from_facts(study.facts, vocabulary)),
    )


def from_context(context: StudyContext, stored: StoredFacts, *, vocabulary: Vocabulary) -> Candidate:
    """A paper of a store."""
    facts = {fact.field: fact for fact in reversed(stored.facts)}
    by_words = _facts_by_concept(stored.facts, vocabulary)
    age = [] if context.age_group is None else [_ground(context.age_group, context.age_group, facts.get("age_group"))]
    return Candidate(
        paper=_paper(context, stored.language),
        source=stored.source,
        has_abstract=stored.has_abstract,
        design=None if context.design is None else _design(context.design, facts.get("design")),
        species=_species(context.species, facts.get("species"), vocabulary),
        population=(*(_concept(slug, by_words.get(slug), vocabulary) for slug in (*context.conditions, *context.transplants)), *age),
        interventions=tuple(_concept(slug, by_words.get(slug), vocabulary) for slug in stored.given),
        mentions=(*(_concept(slug, None, vocabulary) for slug in context.mentions), *_from_facts(stored.facts, vocabulary)),
    )


def _paper(context: StudyContext, language: str | None) -> Paper:
    """The record as far as reference managers need it; its text stays in the store."""
    known = context.model_dump(include={"pmid", "pmcid", "doi", "title", "year", "date", "journal", "publication_types", "text_kind"})
    first = context.authors[0].family if context.authors else None
    facts = {"authors": context.authors, "notices": context.notices, "first_author": first, "language": language}
    types = (*context.publication_types, *(["Retracted Publication"] if context.is_retracted else []))
    return Paper(id=context.paper, **{**known, **facts, "publication_types": types}, text="", source_format="store", sha256="")


def _interventions(paper: Paper, extraction: Extraction, vocabulary: Vocabulary) -> Iterable[Ground]:
    """Cells that were given, and the concepts of arms and of the intervention side of findings, each once."""
    found: dict[str, Ground] = {}
    for cell in extraction.cells:
        if cell.role is CellRole.INTERVENTION and cell.concept is not None:
            words = None if cell.start is None or cell.end is None else paper.text[cell.start : cell.end]
            origin = Origin.TITLE if words is None else Origin.TEXT
            label = vocabulary.label(cell.concept)
            found.setdefault(
                cell.concept, Ground(value=cell.concept, label=label, origin=origin, words=words, start=cell.start, end=cell.end)
            )
    for arm in extraction.arms:
        if not arm.is_control:
            place = arm.mentions[0] if arm.mentions else None
            for slug in arm.concepts:
                spot = {} if place is None else {"words": place.text, "start": place.start, "end": place.end}
                found.setdefault(slug, Ground(value=slug, label=vocabulary.label(slug), **spot))
    for finding in extraction.findings:
        start, end = finding.evidence.start, finding.evidence.end
        for slug in finding.intervention_concepts:
            found.setdefault(slug, Ground(value=slug, label=vocabulary.label(slug), words=paper.text[start:end], start=start, end=end))
    return found.values()


def _mentions(extraction: Extraction) -> Iterable[Ground]:
    for each in extraction.terms:
        if each.concept is not None:
            yield Ground(value=each.concept, label=each.label, words=each.text, start=each.start, end=each.end)


def _facts_by_concept(facts: Iterable[Fact], vocabulary: Vocabulary) -> Mapping[str, Fact]:
    """Facts on conditions and transplants by the concept that their words name."""
    found: dict[str, Fact] = {}
    for fact in facts:
        concept = None if fact.text is None else vocabulary.find(fact.text)
        if concept is not None:
            found.setdefault(concept.slug, fact)
    return found


def _from_facts(facts: Iterable[Fact], vocabulary: Vocabulary) -> Iterable[Ground]:
    """What the title names; terms of the text are mentions already."""
    for slug, fact in _facts_by_concept(facts, vocabulary).items():
        if fact.origin is Origin.TITLE:
            yield _concept(slug, fact, vocabulary)


def _design(design: Design, fact: Fact | None) -> Ground:
    return _ground(design.value, design.value.replace("_", " "), fact)


def _species(species: str | None, fact: Fact | None, vocabulary: Vocabulary) -> tuple[Ground, ...]:
    if species is None:
        return ()
    concept = vocabulary.find(species, kind="species")
    return (_ground(species if concept is None else concept.slug, species, fact),)


def _concept(slug: str, fact: Fact | None, vocabulary: Vocabulary) -> Ground:
    return _ground(slug, vocabulary.label(slug), fact)


def _ground(value: str, label: str, fact: Fact | None) -> Ground:
    if fact is None:
        return Ground(value=value, label=label)
    return Ground(value=value, label=label, origin=fact.origin, words=fact.text, start=fact.start, end=fact.end)
