"""A store and the ids of papers in it -> what they changed against the papers that were there before them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from kg.changes.novelty import Before, find_first_seen, find_gaps_filled
from kg.changes.records import Changes, Moved, PaperChanges, by_weight, seen_from
from kg.errors import QueryError
from kg.model import Claim, Link, StudyContext, TextKind
from kg.namespaces import PREFIXES, graph_iri
from kg.queries import Queryable, ask, list_papers, name_papers, read_claims, read_contexts, read_links
from kg.store import Movement, Store, read_movements
from kg.vocabulary import Vocabulary

_ADDED = f"""SELECT ?id ?added WHERE {{
  AMONG
  GRAPH <{graph_iri("dataset")}> {{ ?graph <{PREFIXES["dcterms"]}identifier> ?id ; <{PREFIXES["dcterms"]}created> ?added }}
  FILTER(STRSTARTS(STR(?graph), "{graph_iri("paper", "")}"))
}} ORDER BY ?added ?id"""


def papers_added_since(store: Queryable, since: str) -> tuple[str, ...]:
    """Ids of the papers that came in on or after a day or moment, ISO 8601, in order of coming in.

    Papers of a build that kept no moment are left out.

    Raises:
        StoreError: the store did not answer.
    """
    return tuple(paper for paper, added in _moments(store, None).items() if added >= since)


def find_changes(store: Store, papers: Collection[str], *, vocabulary: Vocabulary, min_confidence: float = 0.0) -> Changes:
    """What these papers changed, together and each, in order of id.

    What "before" means: all other papers of the store but those that came in later.

    Raises:
        QueryError: a paper is not in the store.
        StoreError: the store did not answer.
    """
    if not papers:
        return Changes()
    contexts = {each.paper: each for each in read_contexts(store, vocabulary=vocabulary, papers=papers)}
    missing = sorted(set(papers) - contexts.keys())
    if missing:
        raise QueryError(f"no paper {missing[0]!r} in the store", remedy="Add it with kg add")
    moments, names = _moments(store, papers), _names(store)
    before = Before(tuple(sorted(papers)), min((moments[each] for each in papers if each in moments), default=None))
    claims = _by_paper(read_claims(store, vocabulary=vocabulary, papers=papers, min_confidence=min_confidence))
    links = _by_paper_seen_from(read_links(store, papers=papers), papers)
    first_seen = find_first_seen(store, papers, before=before, vocabulary=vocabulary)
    gaps = find_gaps_filled(store, papers, before=before, vocabulary=vocabulary)
    changed = [
        PaperChanges(
            **_facts(contexts[paper], names),
            added=moments.get(paper),
            findings=tuple(claims.get(paper, ())),
            first_seen=first_seen.get(paper, ()),
            gaps_filled=gaps.get(paper, ()),
            links=links.get(paper, ()),
        )
        for paper in sorted(papers)
    ]
    moved = [_moved(each, vocabulary) for each in read_movements(store, papers)]
    others = {link.object_paper for found in links.values() for link in found}
    return Changes(papers=tuple(changed), moved=tuple(moved), names={each: names[each] for each in sorted(contexts.keys() | others)})


def _facts(context: StudyContext, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "paper": context.paper,
        "name": names[context.paper],
        "title": context.title,
        "year": context.year,
        "pmid": context.pmid,
        "doi": context.doi,
        "is_retracted": context.is_retracted,
        "is_digest": context.text_kind is TextKind.DIGEST,
        "design": context.design,
        "n": context.n,
    }


def _names(store: Queryable) -> dict[str, str]:
    """What each paper of the store is called: author and year where that is one paper, else its own id."""
    papers = list_papers(store)
    named = name_papers(papers)
    return {each.id: named.get(each.id, unquote(each.id)) for each in papers}


def _moments(store: Queryable, papers: Collection[str] | None) -> dict[str, str]:
    """When papers (all) came in, by id, in that order."""
    graphs = " ".join(f"<{graph_iri('paper', each)}>" for each in sorted(papers or ()))
    among = "" if papers is None else f"VALUES ?graph {{ {graphs} }}"
    return {str(paper): str(added) for paper, added in ask(store, _ADDED.replace("AMONG", among, 1), location="changes").rows}


def _moved(movement: Movement, vocabulary: Vocabulary) -> Moved:
    return Moved(
        cell=vocabulary[movement.cell].label,
        outcome=vocabulary[movement.outcome].label,
        setting=movement.setting,
        before=movement.before,
        after=movement.after,
        cohorts_before=movement.cohorts_before,
        cohorts_after=movement.cohorts_after,
    )


def _by_paper(claims: Iterable[Claim]) -> Mapping[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.paper].append(claim)
    return found


def _by_paper_seen_from(links: Iterable[Link], papers: Collection[str]) -> Mapping[str, tuple[Link, ...]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        for paper in {link.subject_paper, link.object_paper} & set(papers):
            found[paper].append(seen_from(link, paper))
    return {paper: by_weight(of_paper) for paper, of_paper in found.items()}
