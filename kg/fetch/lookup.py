"""Papers by identifier, wherever they are to be had.

PubMed first, since its records say most; Europe PMC for what PubMed lacks (preprints); PMC for articles without a PMID.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from kg.errors import FetchError, NotAPaperError, ReadError
from kg.fetch.europepmc_papers import EuropePmcPapers
from kg.fetch.eutils import Link
from kg.fetch.identifiers import Identifier, Kind
from kg.fetch.job import Question, Source
from kg.fetch.pubmed_papers import PubMedPapers
from kg.read.outcome import Outcome, Read, as_outcome
from kg.read.papers import read_stream


@dataclass(frozen=True)
class Services:
    """Where papers are looked up."""

    pubmed: PubMedPapers
    europepmc: EuropePmcPapers


def look_up(identifiers: Sequence[Identifier], services: Services, *, body: bool = False, links: Sequence[Link] = ()) -> Iterator[Outcome]:
    """The papers of these identifiers; one that has none, or cannot be asked for, is a failure of its own.

    ``body`` adds the open-access full text where Europe PMC has one. ``links`` add the papers that PubMed links to these.
    """
    found: list[str] = []
    pmids = [each.value for each in identifiers if each.kind is Kind.PMID]
    asked: list[tuple[str, Iterator[Outcome]]] = []
    if pmids:
        asked.append((f"PMID {pmids[0]}" if len(pmids) == 1 else f"{len(pmids)} PMIDs", _by_pmids(pmids, services)))
    asked += [(str(each), _WAYS[each.kind](each, services)) for each in identifiers if each.kind in _WAYS]
    for name, outcomes in asked:
        for outcome in _or_failure(outcomes, name):
            yield outcome
            if isinstance(outcome, Read) and outcome.paper.pmid is not None:
                found.append(outcome.paper.pmid)
            if body and isinstance(outcome, Read):
                yield from _or_failure(_full_text(outcome.paper.pmcid, services), outcome.paper.id)
    yield from _or_failure(_linked(found, links, services), "linked papers")


def _or_failure(outcomes: Iterator[Outcome], name: str) -> Iterator[Outcome]:
    try:
        yield from outcomes
    except FetchError as error:
        failed = ReadError(error.message, location=error.location, record=name, remedy=error.remedy)
        failed.__cause__ = error
        yield as_outcome(failed, location=name)


def _by_pmids(pmids: Sequence[str], services: Services) -> Iterator[Outcome]:
    for start in range(0, len(pmids), services.pubmed.batch):
        yield from services.pubmed.records(pmids[start : start + services.pubmed.batch]).outcomes()


def _by_doi(doi: Identifier, services: Services) -> Iterator[Outcome]:
    # PubMed takes the words of a DOI that it does not know for a search of their own: what comes back must be looked at.
    found = services.pubmed.eutils.search(f'"{doi.value}"[doi]').ids
    right = _with_doi(services.pubmed.records(found).outcomes(), doi) if len(found) == 1 else None
    if right is None:
        right = _with_doi(_europepmc(f'DOI:"{doi.value}"', services), doi)
    yield right if right is not None else _not_found(doi, "Neither PubMed nor Europe PMC has it")


def _with_doi(outcomes: Sequence[Outcome], doi: Identifier) -> Read | None:
    return next((each for each in outcomes if isinstance(each, Read) and each.paper.doi == doi.value), None)


def _by_pmcid(pmcid: Identifier, services: Services) -> Iterator[Outcome]:
    number = pmcid.value.removeprefix("PMC")
    pmids = services.pubmed.eutils.links([number], Link.PMC_TO_PUBMED)[number]
    if pmids:
        yield from services.pubmed.records(pmids[:1]).outcomes()
        return
    articles = services.pubmed.eutils.pmc_articles([number])
    outcomes = [each for each in read_stream(BytesIO(articles), location="PMC") if isinstance(each, Read)]
    yield outcomes[0] if outcomes else _not_found(pmcid, "PMC has no such article")


def _by_registration(nct: Identifier, services: Services) -> Iterator[Outcome]:
    pmids = services.pubmed.eutils.search(f"{nct.value}[si]").ids
    if not pmids:
        yield _not_found(nct, "No paper in PubMed carries it; its results may not be published")
    yield from _by_pmids(pmids, services)


def _linked(pmids: Sequence[str], links: Sequence[Link], services: Services) -> Iterator[Outcome]:
    sets = (ids for link in links for ids in services.pubmed.eutils.links(pmids, link).values())
    yield from _by_pmids([each for each in dict.fromkeys(each for ids in sets for each in ids) if each not in pmids], services)


def _europepmc(query: str, services: Services) -> list[Outcome]:
    question = Question(query=query, source=Source.EUROPEPMC, limit=5)
    return list(services.europepmc.step(question, services.europepmc.begin(question), frozenset()).outcomes)


def _full_text(pmcid: str | None, services: Services) -> Iterator[Outcome]:
    text = None if pmcid is None else services.europepmc.service.full_text(pmcid)
    if text is None:
        yield as_outcome(NotAPaperError("no open-access full text; the abstract is taken"), location="Europe PMC", record=pmcid)
    else:
        yield from read_stream(BytesIO(text), location=f"Europe PMC {pmcid}", body=True)


def _not_found(identifier: Identifier, why: str) -> Outcome:
    return as_outcome(ReadError(why, remedy="See that it is spelled right"), location=str(identifier))


_WAYS: dict[Kind, Callable[[Identifier, Services], Iterator[Outcome]]] = {
    Kind.DOI: _by_doi,
    Kind.PMCID: _by_pmcid,
    Kind.NCT: _by_registration,
}
