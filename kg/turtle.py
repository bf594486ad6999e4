"""Canonical Turtle for ``ontologies/*.ttl``: one spelling per graph, so that a diff shows what a curator changed.

In: Turtle text. Out: the same triples as text with fixed prefixes, blocks in order of subject (headers first), predicates in
one fixed order, and one value per line where there are several. Blank nodes are refused, comments are not kept.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import VocabularyError
from kg.namespaces import CURIE_PREFIXES, PREFIXES, is_local_name

#: CURIE prefixes come first: ``CL:0000134`` in a file is the CURIE as everyone writes it.
TURTLE_PREFIXES = {**CURIE_PREFIXES, **PREFIXES}

RDF_TYPE = PREFIXES["rdf"] + "type"
_XSD_STRING = PREFIXES["xsd"] + "string"
_RDF_LANG = PREFIXES["rdf"] + "langString"

#: Files with blank nodes and comments, laid out by hand.
FREE_LAYOUT = frozenset({"shapes.ttl", "link-shapes.ttl", "curation-shapes.ttl"})

#: Subjects of these types open a file.
_HEADER_TYPES = frozenset({PREFIXES["owl"] + "Ontology", PREFIXES["skos"] + "ConceptScheme"})

#: Predicates in the order in which a block lists them; others follow by name.
_ORDER = [
    "rdf:type", "skos:inScheme", "skos:notation", "skos:prefLabel", "rdfs:label", "skos:altLabel", "skos:hiddenLabel",
    "skos:definition", "rdfs:comment", "skos:broader", "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range",
    "gg:desirable", "gg:measures", "gg:complementOf", "gg:tissueSource",
    "skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch",
]  # fmt: skip
_RANK = {PREFIXES[name.split(":")[0]] + name.split(":")[1]: rank for rank, name in enumerate(_ORDER)}


#: Subject, predicate and object of a triple without blank nodes.
Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


def read_turtle(path: Path) -> list[Statement]:
    """The triples of a Turtle file.

    Raises:
        VocabularyError: the file is missing, is not Turtle, or has blank nodes.
    """
    try:
        return parse_turtle(path.read_text(encoding="utf-8"), location=path.name)
    except OSError as exc:
        raise VocabularyError(f"cannot be read: {exc.strerror}", location=str(path)) from exc
    except UnicodeDecodeError as exc:
        raise VocabularyError(f"is not UTF-8 at byte {exc.start}", location=path.name, remedy="Save it in UTF-8") from exc


def parse_turtle(text: str, *, location: str) -> list[Statement]:
    """The triples of a Turtle text; ``location`` is what errors name."""
    try:
        return [_statement(quad.triple, location) for quad in parse(text, format=RdfFormat.TURTLE)]
    except SyntaxError as exc:
        raise VocabularyError(f"is not Turtle: {exc}", location=location, remedy="Mend the syntax at that line") from exc


def format_turtle(text: str, *, location: str) -> str:
    """The canonical spelling of a Turtle text."""
    return write_turtle(parse_turtle(text, location=location))


def canonical_files(folder: Path) -> dict[Path, str]:
    """The canonical text of every Turtle file of a folder that is not in canonical form; SHACL shapes keep their own layout."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ttl")) if path.name not in FREE_LAYOUT}
    formatted = {path: format_turtle(text, location=path.name) for path, text in texts.items()}
    return {path: text for path, text in formatted.items() if text != texts[path]}


def write_turtle(statements: Iterable[Statement]) -> str:
    """Canonical Turtle of the statements, duplicates once."""
    blocks: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    headers: set[str] = set()
    for subject, predicate, value in statements:
        blocks[subject.value][predicate.value].add(_term(value))
        if predicate.value == RDF_TYPE and value.value in _HEADER_TYPES:
            headers.add(subject.value)
    ordered = sorted(blocks, key=lambda subject: (subject not in headers, subject))
    body = "\n\n".join(_block(subject, blocks[subject]) for subject in ordered)
    return _prologue(body) + "\n" + body + "\n"


def compact(iri: str) -> str | None:
    """``CL:0000134`` for an IRI in a known namespace whose rest is a plain local name, else None."""
    best: tuple[str, str] | None = None
    for prefix, namespace in TURTLE_PREFIXES.items():
        if iri.startswith(namespace) and is_local_name(iri[len(namespace) :]) and (best is None or len(namespace) > len(best[1])):
            best = (prefix, namespace)
    return None if best is None else f"{best[0]}:{iri[len(best[1]) :]}"


def _statement(triple: Triple, location: str) -> Statement:
    subject, value = triple.subject, triple.object
    if isinstance(subject, NamedNode) and isinstance(value, (NamedNode, Literal)):
        return subject, triple.predicate, value
    raise VocabularyError("blank nodes have no canonical place", location=location, record=str(subject), remedy="Give it an IRI")


def _prologue(body: str) -> str:
    used = sorted(prefix for prefix in TURTLE_PREFIXES if f" {prefix}:" in body or f"\n{prefix}:" in "\n" + body or f"^^{prefix}:" in body)
    return "".join(f"@prefix {prefix}: <{TURTLE_PREFIXES[prefix]}> .\n" for prefix in used)


def _block(subject: str, predicates: dict[str, set[str]]) -> str:
    ordered = sorted(predicates, key=lambda iri: (_RANK.get(iri, len(_RANK)), iri))
    lines = [_line(iri, sorted(predicates[iri], key=_natural)) for iri in ordered]
    return f"{_iri(subject)} " + " ;\n    ".join(lines) + " ."


def _natural(value: str) -> tuple[str, str]:
    return value.casefold(), value


def _line(predicate: str, values: list[str]) -> str:
    name = "a" if predicate == RDF_TYPE else _iri(predicate)
    if len(values) == 1 or predicate == RDF_TYPE:
        return f"{name} " + " , ".join(values)
    return name + "\n        " + " ,\n        ".join(values)


def _iri(iri: str) -> str:
    return compact(iri) or f"<{iri}>"


def _term(value: NamedNode | Literal) -> str:
    if not isinstance(value, Literal):
        return _iri(value.value)
    text = '"' + value.value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r") + '"'
    if value.language is not None:
        return f"{text}@{value.language}"
    return text if value.datatype.value in {_XSD_STRING, _RDF_LANG} else f"{text}^^{_iri(value.datatype.value)}"
