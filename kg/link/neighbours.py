"""All links of some papers with each other and with those that are known. Pure.

The papers that are compared are found by keys; no pair is looked at that shares none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from kg.link.cohorts import find_same_cohort
from kg.link.identity import find_same_paper, link_papers
from kg.link.keys import identity_keys, stored_keys
from kg.link.references import find_amendments, find_citations, find_included
from kg.link.related import Topics, find_related
from kg.model import Link, LinkKind, StudyContext
from kg.namespaces import id_in_iri
from kg.vocabulary import Vocabulary


def find_links(
    new: Collection[StudyContext], known: Collection[StudyContext], *, topics: Mapping[str, Topics], vocabulary: Vocabulary
) -> tuple[Link, ...]:
    """Links of the new papers, sorted, each once.

    ``known`` are the papers found under the keys of the new ones (``identity_keys``, ``Topics.shared``); ``topics`` are by paper id. In
    topics papers are named by their ids as in an IRI.
    """
    papers = {id_in_iri(each.paper): each for each in (*known, *new)}
    index = _index(papers)
    found: dict[tuple[str, str, str], Link] = {}
    for context in new:
        near = topics[context.paper]
        others = {paper for key in identity_keys(context) for paper in index.get(key, ())} | near.shared.keys()
        related = find_related(context, near, papers, vocabulary=vocabulary)
        compared = [papers[each] for each in sorted(others) if each in papers and papers[each].paper != context.paper]
        for link in (*_pairwise(context, compared), *related):
            key = (link.kind, link.subject, link.object)
            found[key] = max(found.get(key, link), link, key=lambda each: each.score)
    return tuple(found[key] for key in sorted(found))


def _pairwise(context: StudyContext, others: Iterable[StudyContext]) -> Iterator[Link]:
    for other in others:
        yield from find_citations(context, other)
        yield from find_amendments(context, other)
        yield from find_included(context, other)
        yield from _sameness(context, other)


def _sameness(first: StudyContext, second: StudyContext) -> Iterator[Link]:
    """One paper, or else one cohort."""
    for kind, find in ((LinkKind.SAME_PAPER, find_same_paper), (LinkKind.SAME_COHORT, find_same_cohort)):
        because = find(first, second)
        if because:
            yield link_papers(kind, first, second, because)
            return


def _index(papers: Mapping[str, StudyContext]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, context in papers.items():
        for key in stored_keys(context):
            found[key].append(name)
    return found
