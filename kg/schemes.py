"""One SKOS scheme in Turtle -> the concepts it states, and the two files beside the schemes.

In: ``ontologies/<scheme>.ttl``, ``official-terms.ttl`` (labels of the terms mapped to), ``ambiguous-abbreviations.tsv``.
Out: records as stated; what is inherited along ``broader`` is worked out in ``kg.vocabulary``.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import VocabularyError
from kg.model import Desirable
from kg.namespaces import GG, GGV, PREFIXES, curie, notation_iri
from kg.turtle import RDF_TYPE, read_turtle

#: Ontology files that hold no scheme.
NO_SCHEMES = frozenset({"graftgraph.ttl", "shapes.ttl", "link-shapes.ttl", "curation-shapes.ttl", "official-terms.ttl"})

#: Strengths of a mapping, strongest first.
RELATIONS = ("exact", "close", "broad", "narrow", "related")

_SKOS = PREFIXES["skos"]
_DESIRABLE = {notation_iri(each.value, "desirable"): each for each in Desirable}


@dataclass(frozen=True)
class Match:
    """An official term: ``relation`` says how it stands to ours; "broad" means that the official term is the broader one."""

    relation: str
    curie: str
    label: str


@dataclass(frozen=True)
class Concept:
    """One SKOS concept; concepts are named by their slug, the local part of their IRI."""

    slug: str
    #: Scheme: a ``TermKind`` value, or "direction", "statistic", "significance", "phase", ….
    kind: str
    label: str
    #: skos:altLabel: synonyms as people write them.
    synonyms: tuple[str, ...] = ()
    #: skos:hiddenLabel: spelling variants that are matched and never shown.
    variants: tuple[str, ...] = ()
    notation: str = ""
    definition: str = ""
    #: Slugs of direct parents in the same scheme.
    broader: tuple[str, ...] = ()
    #: Stated or inherited; None where the concept is no outcome.
    desirable: Desirable | None = None
    #: Slug of the condition that this outcome measures.
    measures: str | None = None
    #: Slug of the complementary outcome.
    complement: str | None = None
    #: Slug of the tissue source of a cell concept, stated or inherited.
    tissue_source: str | None = None
    matches: tuple[Match, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """All that names the concept: label, synonyms, variants."""
        return (self.label, *self.synonyms, *self.variants)


@dataclass(frozen=True)
class AmbiguousForm:
    """A short form with more than one reading: concepts of ours by slug, and readings that we have no concept for."""

    form: str
    concepts: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class _Block:
    """All values of one subject by predicate."""

    file: str
    iri: str
    values: Mapping[str, list[str]]

    @property
    def slug(self) -> str:
        return self.iri.removeprefix(GGV)

    def error(self, message: str, remedy: str | None = None) -> VocabularyError:
        return VocabularyError(message, location=self.file, record=self.slug, remedy=remedy)

    def all(self, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(value.removeprefix(GGV) for value in self.values.get(predicate, ())))

    def optional(self, predicate: str) -> str | None:
        values = self.all(predicate)
        if len(values) > 1:
            raise self.error(f"has {len(values)} values of {_local_name(predicate)}", "Keep one")
        return values[0] if values else None

    def one(self, predicate: str) -> str:
        value = self.optional(predicate)
        if value is None:
            raise self.error(f"has no {_local_name(predicate)}", "Add one")
        return value


def read_scheme(path: Path, official: Mapping[str, str]) -> list[Concept]:
    """The concepts of a file; ``official`` gives the label of each official term by its IRI.

    Raises:
        VocabularyError: a concept lacks label, notation or scheme, has two of them, or maps to a term without a label.
    """
    blocks = _blocks(path)
    for block in blocks:
        if RDF_TYPE not in block.values:
            raise block.error("has no type", "State `a skos:Concept`")
    kinds = {block.slug: block.one(_SKOS + "notation") for block in blocks if _SKOS + "ConceptScheme" in block.values[RDF_TYPE]}
    return [_concept(block, kinds, official) for block in blocks if _SKOS + "Concept" in block.values[RDF_TYPE]]


def read_official_labels(path: Path) -> dict[str, str]:
    """Label by IRI of the official terms that the schemes map to."""
    label = PREFIXES["rdfs"] + "label"
    return {block.iri: block.one(label) for block in _blocks(path)}


def read_ambiguous_forms(path: Path) -> dict[str, AmbiguousForm]:
    """Ambiguous short forms as printed; columns ``form``, ``concepts`` and ``other``, the last two joined by ``|``."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as exc:
        raise VocabularyError(f"cannot be read: {exc.strerror}", location=str(path)) from exc
    forms: dict[str, AmbiguousForm] = {}
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != 3:
            raise VocabularyError(f"has {len(cells)} columns, three are needed", location=path.name, record=f"line {number}")
        form, concepts, others = cells
        if form in forms:
            raise VocabularyError(f"lists {form} again", location=path.name, record=f"line {number}", remedy="Join both lines")
        forms[form] = AmbiguousForm(form, tuple(filter(None, concepts.split("|"))), tuple(filter(None, others.split("|"))))
    return forms


def _blocks(path: Path) -> list[_Block]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in read_turtle(path):
        found[subject.value][predicate.value].append(value.value)
    return [_Block(path.name, iri, values) for iri, values in found.items()]


def _concept(block: _Block, kinds: Mapping[str, str], official: Mapping[str, str]) -> Concept:
    scheme = block.one(_SKOS + "inScheme")
    if scheme not in kinds:
        raise block.error(f"is in {scheme}, which is not the scheme of this file", "Mend skos:inScheme, or move the concept")
    desirable = block.optional(GG["desirable"])
    if desirable is not None and GGV + desirable not in _DESIRABLE:
        raise block.error(f"gg:desirable is {desirable}", "Use desirable-lower, desirable-higher or desirable-none")
    return Concept(
        slug=block.slug,
        kind=kinds[scheme],
        label=block.one(_SKOS + "prefLabel"),
        synonyms=block.all(_SKOS + "altLabel"),
        variants=block.all(_SKOS + "hiddenLabel"),
        notation=block.one(_SKOS + "notation"),
        definition=block.optional(_SKOS + "definition") or "",
        broader=block.all(_SKOS + "broader"),
        desirable=None if desirable is None else _DESIRABLE[GGV + desirable],
        measures=block.optional(GG["measures"]),
        complement=block.optional(GG["complementOf"]),
        tissue_source=block.optional(GG["tissueSource"]),
        matches=tuple(_match(block, relation, iri, official) for relation in RELATIONS for iri in block.all(f"{_SKOS}{relation}Match")),
    )


def _match(block: _Block, relation: str, iri: str, official: Mapping[str, str]) -> Match:
    name = curie(iri)
    if name is None or iri not in official:
        raise block.error(f"maps to {name or iri}, whose label is unknown", "Add its rdfs:label to official-terms.ttl")
    return Match(relation, name, official[iri])


def _local_name(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
