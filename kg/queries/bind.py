"""A saved query with its parameters set: values become RDF terms, and only their serialised form reaches the SPARQL.

A set parameter puts its term in the place of UNDEF; the line of an unset one is left out, since some engines join UNDEF as a
missing value.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.model import TermKind
from kg.namespaces import GGV, concept_iri, paper_iri
from kg.queries.saved import ANY_KIND, Parameter, SavedQuery
from kg.schemes import Concept
from kg.vocabulary import Vocabulary, fold

_OUTCOMES = (TermKind.OUTCOME.value, TermKind.CONDITION.value)
_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_PMID_PREFIX = re.compile(r"^(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:\s*)(\d+)/?$", re.IGNORECASE)


#: A line that leaves out papers that were retracted or are doubted; saved queries spell it in these two ways alone.
_WITHDRAWN_LINE = re.compile(
    r"^[ \t]*FILTER(?: NOT EXISTS \{ GRAPH graph:summary \{ \?\w+ gg:caution \?\w+ \} FILTER\(\?\w+ != ggv:caution-corrected\) \}"
    r"|\(!BOUND\(\?\w+\) \|\| \?\w+ = ggv:caution-corrected\))[ \t]*\n",
    re.MULTILINE,
)


def bind(query: SavedQuery, parameters: Mapping[str, str], vocabulary: Vocabulary, *, include_withdrawn: bool = False) -> str:
    """The SPARQL to run; ``include_withdrawn`` keeps papers in that were retracted or are doubted.

    A value for a concept may be its slug, label, synonym or IRI; one for a closed set its notation too ("rct"); one for a paper its
    id, PubMed id, DOI or IRI.

    Raises:
        QueryError: no such parameter (the remedy lists those there are), or a value of the wrong kind (the remedy names near ones).
    """
    terms = {name: _term(query.parameter(name), value, vocabulary, location=query.name) for name, value in parameters.items()}
    text = query.text
    for each in query.parameters:
        text = _line_of(each).sub(_line_with(terms.get(each.name)), text)
    return _WITHDRAWN_LINE.sub("", text) if include_withdrawn else text


def nearest(vocabulary: Vocabulary, name: str, *, kinds: Sequence[str] = (ANY_KIND,)) -> tuple[str, ...]:
    """Labels of the concepts with names most like this one, at most three."""
    labels = {fold(phrase): concept.label for concept in _choices(kinds, vocabulary) for phrase in concept.phrases}
    return tuple(dict.fromkeys(labels[each] for each in get_close_matches(fold(name), labels, n=3, cutoff=0.6)))


def find_outcome(vocabulary: Vocabulary, name: str) -> Concept:
    """The outcome of that name, or the condition; by slug, label or synonym.

    Raises:
        QueryError: there is none; the remedy names near ones.
    """
    found = _concept(_OUTCOMES, name, vocabulary)
    if found is None:
        near = nearest(vocabulary, name, kinds=_OUTCOMES)
        remedy = f"Did you mean {', '.join(near)}?" if near else "Search with `kg vocabulary search`"
        raise QueryError(f"no outcome named {name!r}", remedy=remedy)
    return found


def _line_of(parameter: Parameter) -> re.Pattern[str]:
    return re.compile(rf"^([ \t]*VALUES \?{re.escape(parameter.name)} \{{ )UNDEF( \}})[ \t]*\n", re.MULTILINE)


def _line_with(term: NamedNode | Literal | None) -> Callable[[re.Match[str]], str]:
    """What stands for the line; a function, so that a backslash in a literal stays one."""
    return lambda line: "" if term is None else f"{line[1]}{term}{line[2]}\n"


def _term(parameter: Parameter, value: str, vocabulary: Vocabulary, *, location: str) -> NamedNode | Literal:
    place = f"parameter {parameter.name}"
    match parameter.kinds:
        case ("text",):
            return Literal(value)
        case ("paper",):
            return Literal(_paper_key(value))
        case ("integer" | "number" as kind,):
            return _number(value, kind, location=location, place=place)
    found = _concept(parameter.kinds, value, vocabulary)
    if found is not None:
        return NamedNode(concept_iri(found.slug))
    if value.startswith(("http://", "https://")):
        return _iri(value, location=location, place=place)
    near = nearest(vocabulary, value, kinds=parameter.kinds)
    remedy = f"Did you mean {', '.join(near)}?" if near else f"Example: {parameter.example}"
    raise QueryError(f"no {' or '.join(parameter.kinds)} named {value!r}", location=location, record=place, remedy=remedy)


def _paper_key(value: str) -> str:
    """What a paper is asked for by: its id, PubMed number or DOI, as the graph holds them."""
    text = value.strip()
    base = paper_iri("")
    if text.startswith(base):
        return unquote(text.removeprefix(base))
    pubmed = _PMID_PREFIX.match(text)
    if pubmed is not None:
        return pubmed[1]
    doi = _DOI_PREFIX.sub("", text)
    return doi.lower() if doi.startswith("10.") else text


def _number(value: str, kind: str, *, location: str, place: str) -> Literal:
    if kind == "integer":
        if not _INTEGER.fullmatch(value):
            raise QueryError(f"{value!r} is no whole number", location=location, record=place)
        return Literal(int(value))
    if not _NUMBER.fullmatch(value):
        raise QueryError(f"{value!r} is no number", location=location, record=place)
    return Literal(float(value))


def _concept(kinds: Sequence[str], value: str, vocabulary: Vocabulary) -> Concept | None:
    """By slug or IRI, then scheme by scheme by label, synonym and notation."""
    slug = value.removeprefix(GGV).removeprefix("ggv:")
    if slug in vocabulary and vocabulary[slug].kind in _schemes(kinds):
        return vocabulary[slug]
    for kind in _schemes(kinds):
        found = vocabulary.find(value, kind=kind) or next(
            (each for each in vocabulary.of_kind(kind) if value and each.notation == value), None
        )
        if found is not None:
            return found
    return None


def _schemes(kinds: Sequence[str]) -> Sequence[str]:
    return tuple(TermKind) if tuple(kinds) == (ANY_KIND,) else kinds


def _choices(kinds: Sequence[str], vocabulary: Vocabulary) -> Iterator[Concept]:
    for kind in _schemes(kinds):
        yield from vocabulary.of_kind(kind)


def _iri(value: str, *, location: str, place: str) -> NamedNode:
    try:
        return NamedNode(value)
    except ValueError as exc:
        raise QueryError(f"{value!r} is no IRI", location=location, record=place) from exc
