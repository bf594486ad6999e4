"""Where other sites have a paper: PubMed, its publisher by DOI, registries of its trial."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from kg.namespaces import GG, PREFIXES, doi_address, graph_iri, pubmed_address
from kg.queries import Queryable, ask

_NUMBERS = f"""SELECT ?id ?pmid ?doi ?number WHERE {{ VALUES ?graph {{ GRAPHS }} GRAPH ?graph {{
  ?paper a <{GG["Paper"]}> ; <{PREFIXES["dcterms"]}identifier> ?id .
  OPTIONAL {{ ?paper <{PREFIXES["fabio"]}hasPubMedId> ?pmid }} OPTIONAL {{ ?paper <{PREFIXES["prism"]}doi> ?doi }}
  OPTIONAL {{ ?of <{GG["hasRegistration"]}> ?registration . ?registration <{GG["registrationNumber"]}> ?number }} }} }}"""
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
    graphs = " ".join(f"<{graph_iri('paper', each)}>" for each in sorted(papers))
    numbers: Mapping[str, set[str]] = defaultdict(set)
    ids: dict[str, tuple[str | None, str | None]] = {}
    for row in ask(store, _NUMBERS.replace("GRAPHS", graphs), location="records").records():
        paper = str(row["id"])
        pmid, doi = (None if row[name] is None else str(row[name]) for name in ("pmid", "doi"))
        ids[paper] = (pmid, doi)
        if row["number"] is not None:
            numbers[paper].add(str(row["number"]))
    return {paper: outside_records(pmid, doi, numbers[paper]) for paper, (pmid, doi) in ids.items()}


def _records(pmid: str | None, doi: str | None, registrations: Collection[str]) -> Iterator[OutsideRecord]:
    if pmid is not None:
        yield OutsideRecord(f"PubMed {pmid}", pubmed_address(pmid))
    if doi is not None:
        yield OutsideRecord(f"doi {doi}", doi_address(doi))
    for number in sorted(registrations):
        address = next(place for form, place in _REGISTRIES if form.fullmatch(number))
        yield OutsideRecord(number, address.format(quote(number, safe="")))
