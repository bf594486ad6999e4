"""The graph -> ``Link``: how papers and their findings stand to each other, with reasons and differences."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg.model import WITHDRAWN, Difference, Link, LinkKind, LinkReason
from kg.namespaces import GG, PREFIXES, notation_iri, paper_iri
from kg.queries.cautions import read_cautions
from kg.queries.nodes import decimal_of, number_of, required_member, text_of, whole_of
from kg.queries.run import Cell, Queryable, ask

_LINKS = f"SELECT DISTINCT ?link WHERE {{ KINDS GRAPH ?graph {{ ?link <{GG['linkKind']}> ?kind }} }}"
_OF_PAPERS = f"""SELECT DISTINCT ?link WHERE {{
  KINDS
  VALUES ?paper {{ PAPERS }}
  GRAPH ?graph {{ ?link <{GG["subjectPaper"]}>|<{GG["objectPaper"]}> ?paper ; <{GG["linkKind"]}> ?kind }}
}}"""
_STATED = "SELECT DISTINCT ?s ?p ?o WHERE { VALUES ?s { NODES } GRAPH ?graph { ?s ?p ?o } }"
_PARTS = f"""SELECT DISTINCT ?s ?p ?o WHERE {{
  VALUES ?link {{ NODES }}
  GRAPH ?graph {{ ?link <{GG["because"]}>|<{GG["differs"]}> ?s . ?s ?p ?o }}
}}"""
_IDS = f"SELECT DISTINCT ?s ?o WHERE {{ VALUES ?s {{ NODES }} GRAPH ?graph {{ ?s <{PREFIXES['dcterms']}identifier> ?o }} }}"
#: Nodes asked for at a time, so that an answer stays below the rows that a server gives.
_AT_ONCE = 100

#: Kinds that hold of withdrawn papers too.
_LASTING = frozenset({LinkKind.SAME_PAPER, LinkKind.SAME_COHORT, LinkKind.CITES, LinkKind.AMENDS})

_Stated = Mapping[str, Sequence[Cell]]


def read_links(
    store: Queryable,
    *,
    papers: Collection[str] | None = None,
    kinds: Collection[LinkKind] | None = None,
    include_withdrawn: bool = False,
) -> tuple[Link, ...]:
    """Links from or to the papers with these ids (of all), of these kinds (of all), sorted by kind, subject and object.

    What two papers find, and that they are near, is left out where one of them was retracted or is doubted, unless it is asked for;
    that they are one paper or one cohort, or that one cites or amends the other, holds nonetheless.

    Raises:
        StoreError: the store did not answer.
    """
    nodes = list(_find_nodes(store, papers, kinds))
    facts = {**_gather(store, _STATED, nodes), **_gather(store, _PARTS, nodes)}
    ids = _read_ids(store, (str(_one(facts[node], name)) for node in nodes for name in ("subjectPaper", "objectPaper")))
    links = [_link(facts[node], facts, ids) for node in nodes]
    withdrawn = set() if include_withdrawn else _withdrawn(store, links)
    kept = (each for each in links if each.kind in _LASTING or withdrawn.isdisjoint((each.subject_paper, each.object_paper)))
    return tuple(sorted(kept, key=lambda each: (each.kind, each.subject, each.object)))


def _withdrawn(store: Queryable, links: Iterable[Link]) -> set[str]:
    """Papers of the links that were retracted or are doubted."""
    papers = {paper for each in links for paper in (each.subject_paper, each.object_paper)}
    cautions = read_cautions(store, papers=papers)
    return {paper for paper in papers if cautions.get(paper_iri(paper)) in WITHDRAWN}


def _find_nodes(store: Queryable, papers: Collection[str] | None, kinds: Collection[LinkKind] | None) -> Iterator[str]:
    """IRIs of links, each once."""
    among = "" if kinds is None else f"VALUES ?kind {{ {' '.join(_kind_node(each) for each in sorted(kinds))} }}"
    asked = [_LINKS] if papers is None else [_OF_PAPERS.replace("PAPERS", each) for each in _portions(map(paper_iri, papers))]
    found: set[str] = set()
    for sparql in asked:
        found.update(str(row["link"]) for row in ask(store, sparql.replace("KINDS", among, 1), location="links").records())
    yield from sorted(found)


def _kind_node(kind: LinkKind) -> str:
    return f"<{notation_iri(kind, 'link_kind')}>"


def _gather(store: Queryable, sparql: str, nodes: Iterable[str]) -> dict[str, dict[str, list[Cell]]]:
    """What is stated of nodes, by property of ours."""
    facts: defaultdict[str, defaultdict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for portion in _portions(nodes):
        for row in ask(store, sparql.replace("NODES", portion, 1), location="links").records():
            facts[str(row["s"])][str(row["p"]).removeprefix(PREFIXES["gg"])].append(row["o"])
    return {subject: dict(stated) for subject, stated in facts.items()}


def _read_ids(store: Queryable, papers: Iterable[str]) -> dict[str, str]:
    """Paper ids by IRI, from which an id cannot always be told."""
    rows = (row for portion in _portions(papers) for row in ask(store, _IDS.replace("NODES", portion, 1), location="links").records())
    return {str(row["s"]): str(row["o"]) for row in rows}


def _portions(iris: Iterable[str]) -> Iterator[str]:
    ordered = sorted(set(iris))
    for start in range(0, len(ordered), _AT_ONCE):
        yield " ".join(f"<{each}>" for each in ordered[start : start + _AT_ONCE])


def _link(stated: _Stated, facts: Mapping[str, _Stated], ids: Mapping[str, str]) -> Link:
    reasons, differences = (_in_order(stated.get(name, ()), facts) for name in ("because", "differs"))
    ends = {name: str(_one(stated, name)) for name in ("linkSubject", "linkObject", "subjectPaper", "objectPaper")}
    return Link(
        kind=required_member(LinkKind, _one(stated, "linkKind"), "link_kind"),
        subject=ids.get(ends["linkSubject"], ends["linkSubject"]),
        object=ids.get(ends["linkObject"], ends["linkObject"]),
        subject_paper=ids[ends["subjectPaper"]],
        object_paper=ids[ends["objectPaper"]],
        score=number_of(_one(stated, "score")),
        because=tuple(_reason(each) for each in reasons),
        differing=tuple(_difference(each) for each in differences),
        subject_sentence=text_of(_one(stated, "subjectSentence")),
        object_sentence=text_of(_one(stated, "objectSentence")),
    )


def _in_order(nodes: Iterable[Cell], facts: Mapping[str, _Stated]) -> list[_Stated]:
    return sorted((facts[str(each)] for each in nodes), key=lambda each: whole_of(_one(each, "position")) or 0)


def _reason(stated: _Stated) -> LinkReason:
    return LinkReason(sign=str(_one(stated, "sign")), text=str(_one(stated, "message")), weight=number_of(_one(stated, "weight")))


def _difference(stated: _Stated) -> Difference:
    return Difference(
        factor=str(_one(stated, "factor")),
        subject=text_of(_one(stated, "subjectSays")),
        object=text_of(_one(stated, "objectSays")),
        separation=decimal_of(_one(stated, "separation")),
    )


def _one(stated: _Stated, name: str) -> Cell:
    return next(iter(stated.get(name, ())), None)
