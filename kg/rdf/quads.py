"""One paper with its extraction -> the quads of its graph."""

from pyoxigraph import NamedNode, Quad

from kg.model import Extraction, Paper
from kg.namespaces import graph_iri
from kg.rdf.bibliography import paper_triples
from kg.rdf.evidence import Run, run_triples
from kg.rdf.findings import finding_triples, inconsistency_triples, mention_triples
from kg.rdf.reading import Reading
from kg.rdf.study import study_triples
from kg.vocabulary import Vocabulary


def paper_quads(paper: Paper, extraction: Extraction, *, run: Run, vocabulary: Vocabulary) -> list[Quad]:
    """The graph of a paper: no blank node, no quad twice, the same for the same arguments.

    The vocabulary gives concepts for what a record holds as a plain label (species, cell, tissue source). A phrase without a concept
    becomes a ``gg:UnmappedConcept`` of this graph.

    Raises:
        ExtractionError: the extraction is of another paper or another text, or a span of it does not read as it says.
        ValueError: the time of the run is no moment with a time zone.
    """
    reading = Reading(paper, extraction, vocabulary)
    _check_pair(reading)
    graph = NamedNode(graph_iri("paper", paper.id))
    parts = (
        paper_triples(reading),
        study_triples(reading, run.node),
        mention_triples(reading),
        finding_triples(reading, run.node),
        inconsistency_triples(reading),
        run_triples(reading, run),
    )
    quads = (Quad(each.subject, each.predicate, each.object, graph) for part in parts for each in part)
    return list(dict.fromkeys(quads))


def _check_pair(reading: Reading) -> None:
    paper, extraction = reading.paper, reading.extraction
    if extraction.paper != paper.id:
        raise reading.error(f"the extraction is of paper {extraction.paper}")
    if extraction.sha256 and extraction.sha256 != paper.sha256:
        raise reading.error("the extraction is of another text of this paper")
