"""A paper's record out of its graph, the reverse of ``kg.rdf``: for papers whose text the graph keeps."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from pyoxigraph import Triple

from kg.model import Author, MeshHeading, Notice, OtherAbstract, Paper, Record, Registration, RelatedNotice, Section, SectionLabel, TextKind
from kg.namespaces import GG, PREFIXES, graph_iri, notation_iri, paper_iri
from kg.store.protocol import Store, Term

_DC, _FABIO, _PRISM, _OA = (PREFIXES[each] for each in ("dcterms", "fabio", "prism", "oa"))
_LABEL = PREFIXES["rdfs"] + "label"

_Each = TypeVar("_Each", bound=StrEnum)
#: The objects of each property of each node, in the order of the store.
_Nodes = Mapping[str, Mapping[str, Sequence[str]]]


class StoredText(Record):
    """How a paper was read, and its text where the graph keeps it."""

    paper_id: str
    source_format: str | None
    kind: TextKind | None


def stored_texts(store: Store) -> list[StoredText]:
    """One for each paper, by id."""
    kinds = {notation_iri(kind, "text_kind"): kind for kind in TextKind}
    rows = store.select(
        f"""SELECT ?id ?format ?kind WHERE {{
  GRAPH ?graph {{
    ?paper a <{GG["Paper"]}> ; <{_DC}identifier> ?id .
    OPTIONAL {{ ?paper <{GG["hasText"]}> ?text . ?text <{GG["sourceFormat"]}> ?format ; <{GG["textKind"]}> ?kind }}
  }}
}} ORDER BY ?id"""
    ).rows
    cells = ([None if cell is None or isinstance(cell, Triple) else cell.value for cell in row] for row in rows)
    return [StoredText(paper_id=str(paper), source_format=form, kind=kinds.get(kind or "")) for paper, form, kind in cells]


def read_stored_paper(store: Store, paper_id: str) -> Paper | None:
    """The record; None where the graph has no text of it, as with abstracts that have no licence.

    Sections are those of the extraction that wrote the graph. Keywords and publication types, which a graph does not order, come sorted.
    """
    nodes = _nodes(store, graph_iri("paper", paper_id))
    paper = nodes[paper_iri(paper_id)]
    text_node = _one(paper, "hasText")
    text = nodes[text_node] if text_node is not None else {}
    content, source_format = _one(text, "content"), _one(text, "sourceFormat")
    if content is None or source_format is None:
        return None
    year = _one(paper, "year")
    return Paper(
        id=paper_id,
        pmid=_one(paper, _FABIO + "hasPubMedId"),
        pmcid=_one(paper, _FABIO + "hasPubMedCentralId"),
        doi=_one(paper, _PRISM + "doi"),
        local_id=_one(paper, "localId"),
        title=_one(paper, _DC + "title"),
        text=content,
        text_kind=_closed(TextKind, _one(text, "textKind"), "text_kind") or TextKind.ABSTRACT,
        sections=tuple(_sections(nodes, text)),
        authors=tuple(_authors(nodes, paper)),
        first_author=_one(paper, "firstAuthor"),
        journal=_one(paper, "journal"),
        year=None if year is None else int(year),
        date=_one(paper, _DC + "issued"),
        date_printed=_one(paper, "datePrinted"),
        language=_one(paper, _DC + "language"),
        publication_types=_all(paper, "publicationType"),
        mesh=tuple(_mesh(nodes, paper)),
        keywords=_all(paper, "keyword"),
        registrations=tuple(_registrations(nodes, paper)),
        notices=tuple(_notices(nodes, paper)),
        other_abstracts=tuple(_other_abstracts(nodes, paper)),
        licence=_one(text, "licence"),
        source_format=source_format,
        sha256=_one(text, "sha256") or "",
    )


def _nodes(store: Store, graph: str) -> _Nodes:
    nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in store.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").rows:
        if not any(each is None or isinstance(each, Triple) for each in (subject, predicate, value)):
            nodes[_plain(subject)][_plain(predicate)].append(_plain(value))
    return nodes


def _plain(term: Term | None) -> str:
    return "" if term is None or isinstance(term, Triple) else term.value


def _all(facts: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    """Values of a property, sorted; a name without a namespace is one of ours."""
    return tuple(sorted(facts.get(name if ":" in name else GG[name], ())))


def _one(facts: Mapping[str, Sequence[str]], name: str) -> str | None:
    return next(iter(_all(facts, name)), None)


def _closed(kind: type[_Each], iri: str | None, scheme: str) -> _Each | None:
    return next((each for each in kind if notation_iri(each, scheme) == iri), None)


def _number(iri: str) -> int:
    """The number at the end of a node's IRI: its place in the record."""
    return int(iri.rpartition("/")[2])


def _authors(nodes: _Nodes, paper: Mapping[str, Sequence[str]]) -> Iterator[Author]:
    for iri in sorted(_all(paper, "hasAuthor"), key=_number):
        orcid = _one(nodes[iri], "orcid")
        yield Author(
            family=_one(nodes[iri], "familyName") or "",
            given=_one(nodes[iri], "givenName"),
            orcid=None if orcid is None else orcid.rpartition("/")[2],
        )


def _sections(nodes: _Nodes, text: Mapping[str, Sequence[str]]) -> list[Section]:
    found = []
    for iri in _all(text, "hasSection"):
        label = _closed(SectionLabel, _one(nodes[iri], "sectionLabel"), "section_label")
        start, end = _one(nodes[iri], _OA + "start"), _one(nodes[iri], _OA + "end")
        if label is not None and start is not None and end is not None:
            found.append(Section(start=int(start), end=int(end), label=label))
    return sorted(found, key=lambda section: section.start)


def _mesh(nodes: _Nodes, paper: Mapping[str, Sequence[str]]) -> list[MeshHeading]:
    """Qualified headings in their old places, since their nodes are numbered by place; the others around them, by node."""
    qualified = {_number(iri): nodes[iri] for iri in _all(paper, "qualifiedMeshTerm")}
    described = {_one(facts, "meshTerm"): _all(facts, "meshQualifier") for facts in qualified.values()}
    plain = iter([iri for iri in _all(paper, "meshTerm") if iri not in described])
    majors, headings = _all(paper, "majorMeshTerm"), []
    for number in range(1, len(_all(paper, "meshTerm")) + 1):
        iri = _one(qualified[number], "meshTerm") if number in qualified else next(plain, None)
        if iri is not None:
            headings.append(
                MeshHeading(
                    ui=iri.rpartition("/")[2] if iri.startswith(PREFIXES["mesh"]) else None,
                    label=_one(nodes[iri], _LABEL) or "",
                    major=iri in majors,
                    qualifiers=described.get(iri, ()),
                )
            )
    return headings


def _registrations(nodes: _Nodes, paper: Mapping[str, Sequence[str]]) -> Iterator[Registration]:
    for iri in _all(paper, "hasRegistration"):
        yield Registration(number=_one(nodes[iri], "registrationNumber") or "", registry=_one(nodes[iri], "registry"))


def _notices(nodes: _Nodes, paper: Mapping[str, Sequence[str]]) -> Iterator[RelatedNotice]:
    for iri in sorted(_all(paper, "hasNotice"), key=_number):
        facts = nodes[iri]
        yield RelatedNotice(
            kind=_closed(Notice, _one(facts, "noticeKind"), "notice") or Notice.OTHER,
            pmid=_one(facts, _FABIO + "hasPubMedId"),
            doi=_one(facts, _PRISM + "doi"),
            citation=_one(facts, "citation"),
        )


def _other_abstracts(nodes: _Nodes, paper: Mapping[str, Sequence[str]]) -> Iterator[OtherAbstract]:
    for iri in _all(paper, "otherAbstract"):
        content = _one(nodes[iri], "content")
        if content is not None:
            yield OtherAbstract(language=_one(nodes[iri], _DC + "language"), source=_one(nodes[iri], "abstractSource"), text=content)
