"""Where other sites have a paper: PubMed, its publisher by DOI, registries of its trial."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from kg.namespaces import GG, PREFIXES, doi_address, graph_iri, pubmed_address
from kg.queries import Queryable, ask

# One question each: an engine may answer an OPTIONAL for the whole store before it looks at the graphs that are wanted.
_VALUES = "SELECT ?graph ?value WHERE {{ VALUES ?graph {{ GRAPHS }} GRAPH ?graph {{ {} }} }}"
_PMID = _VALUES.format(f"?paper a <{GG['Paper']}> ; <{PREFIXES['fabio']}hasPubMedId> ?value")
_DOI = _VALUES.format(f"?paper a <{GG['Paper']}> ; <{PREFIXES['prism']}doi> ?value")
_NUMBER = _VALUES.format(f"?registration <{GG['registrationNumber']}> ?value")
#: Pages of single trials by form of the number; the search portal of the WHO has those of the other registries.
_REGISTRIES = (
    (re.compile(r"NCT\d{8}"), "https://clinicaltrials.gov/study/{}"),
    (re.compile(r"ISRCTN\d+"), "https://www.isrctn.com/{}"),
    (re.compile(r".+"), "https://trialsearch.who.int/Trial2.aspx?TrialID={}"),
)


@dataclass(frozen=True)
class OutsideRecord:
    """A record of a paper or of its trial on another site."""

    #: "PubMed 27400945", "doi 10.1200/…", "NCT01941394".
    name: str
    address: str


def outside_records(pmid: str | None, doi: str | None, registrations: Collection[str]) -> tuple[OutsideRecord, ...]:
    """PubMed first, then the publisher, then registries."""
    return tuple(_records(pmid, doi, registrations))


def read_records(store: Queryable, papers: Collection[str]) -> dict[str, tuple[OutsideRecord, ...]]:
    """Those of the papers with these ids, by id.

    Raises:
        StoreError: the store did not answer.
    """
    if not papers:
        return {}
    graphs = {graph_iri("paper", each): each for each in sorted(papers)}
    pmids, dois, numbers = (_read_values(store, sparql, graphs) for sparql in (_PMID, _DOI, _NUMBER))
    return {each: outside_records(min(pmids[each], default=None), min(dois[each], default=None), numbers[each]) for each in papers}


def _read_values(store: Queryable, sparql: str, graphs: Mapping[str, str]) -> Mapping[str, set[str]]:
    """What is stated, by paper."""
    found: dict[str, set[str]] = {paper: set() for paper in graphs.values()}
    for row in ask(store, sparql.replace("GRAPHS", " ".join(f"<{each}>" for each in graphs)), location="records").records():
        found[graphs[str(row["graph"])]].add(str(row["value"]))
    return found


def _records(pmid: str | None, doi: str | None, registrations: Collection[str]) -> Iterator[OutsideRecord]:
    if pmid is not None:
        yield OutsideRecord(f"PubMed {pmid}", pubmed_address(pmid))
    if doi is not None:
        yield OutsideRecord(f"doi {doi}", doi_address(doi))
    for number in sorted(registrations):
        address = next(place for form, place in _REGISTRIES if form.fullmatch(number))
        yield OutsideRecord(number, address.format(quote(number, safe="")))
