"""What is to be known of papers before they are relied on, as the summary has it."""

from collections.abc import Collection

from kg.model import Caution
from kg.namespaces import GG, graph_iri, paper_iri
from kg.queries.nodes import required_member
from kg.queries.run import Queryable, ask

_CAUTIONS = f"SELECT ?paper ?caution WHERE {{ PAPERS GRAPH <{graph_iri('summary')}> {{ ?paper <{GG['caution']}> ?caution }} }}"


def read_cautions(store: Queryable, *, papers: Collection[str] | None = None) -> dict[str, Caution]:
    """The gravest caution of each of the papers with these ids (of all) that has one, by paper IRI.

    Raises:
        StoreError: the store did not answer.
    """
    among = "" if papers is None else f"VALUES ?paper {{ {' '.join(f'<{paper_iri(each)}>' for each in sorted(papers))} }}"
    rows = ask(store, _CAUTIONS.replace("PAPERS", among, 1), location="cautions").records()
    return {str(row["paper"]): required_member(Caution, row["caution"], "caution") for row in rows}
