"""How long adding one paper takes as a store on disk grows: ``python benchmarks/store.py [PAPERS …]``.

Two worlds. Spread: a pair of cell and outcome has the findings of 20 papers, however many papers there are. Piled: all papers speak
of the same ten pairs, so that a summary row always sums up the whole store; no literature is like that.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.model import Extraction, Finding, Outcome, Paper, Span, Study
from kg.namespaces import PREFIXES, concept_iri, graph_iri, scheme_iri, sha256_hex
from kg.rdf import Run, paper_quads
from kg.store import LocalStore, PaperGraphs
from kg.vocabulary import Vocabulary

TEXT = "MSC lowered GVHD in patients after transplantation."
FINDINGS = 13
BATCH = 250
REPEATS = 15


def vocabulary(outcomes: int) -> list[Quad]:
    graph, in_scheme = NamedNode(graph_iri("vocabulary")), NamedNode(PREFIXES["skos"] + "inScheme")
    concepts = [("msc", "cell_type"), *((f"outcome-{number}", "outcome") for number in range(outcomes))]
    return [Quad(NamedNode(concept_iri(slug)), in_scheme, NamedNode(scheme_iri(scheme)), graph) for slug, scheme in concepts]


def paper(number: int, outcomes: int) -> PaperGraphs:
    paper_id = f"pmid-{number}"
    findings = tuple(
        Finding(
            kind="effect",
            outcome=Outcome(text="GVHD", label="GVHD", concept=f"outcome-{(number * 7 + each * 3) % outcomes}", start=12, end=16),
            direction="decreased",
            significant=True,
            intervention="MSC",
            comparator="control",
            intervention_concepts=("msc",),
            timepoint=f"P{each + 1}Y",
            evidence=Span(start=0, end=len(TEXT)),
            rules=tuple(f"rule-{rule}" for rule in range(18)),
        )
        for each in range(FINDINGS)
    )
    record = Paper(id=paper_id, title=f"Trial {number}", text=TEXT, source_format="text", sha256=sha256_hex(TEXT))
    extraction = Extraction(id=paper_id, paper=paper_id, study=Study(design="rct", registrations=(f"NCT{number:08}",)), findings=findings)
    return PaperGraphs(paper_id, paper_quads(record, extraction, run=Run("rules", "0", "v"), vocabulary=Vocabulary({})))


def adding_ms(store: LocalStore, papers: Iterator[PaperGraphs]) -> float:
    """Median over single additions."""
    times = []
    for each, _ in zip(papers, range(REPEATS), strict=False):
        start = time.perf_counter()
        store.add_paper(each.paper_id, each.quads, links=each.links)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def measure(papers: int, outcomes: int) -> tuple[float, float]:
    """Milliseconds to add one paper to that many, and papers per second while they were put in."""
    with tempfile.TemporaryDirectory() as folder, LocalStore.open(Path(folder) / "store") as store:
        store.replace_vocabulary(vocabulary(outcomes), "v")
        spent = 0.0
        for first in range(0, papers, BATCH):
            batch = [paper(number, outcomes) for number in range(first, min(first + BATCH, papers))]
            start = time.perf_counter()
            store.add_papers(batch)
            spent += time.perf_counter() - start
        return adding_ms(store, (paper(number, outcomes) for number in range(papers, papers + REPEATS))), papers / spent


def main(sizes: list[int]) -> None:
    quads = len(paper(0, 100).quads)
    print(f"{quads} quads a paper, {FINDINGS} findings\nworld   papers  ms to add one  ratio  papers/s in batches of {BATCH}")
    for world in ("spread", "piled"):
        first = None
        for papers in sizes:
            one, rate = measure(papers, max(10, papers * FINDINGS // 20) if world == "spread" else 10)
            first = one if first is None else first
            print(f"{world:7} {papers:6} {one:13.1f} {one / first:7.1f} {rate:11.0f}")


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [100, 1000, 5000])
