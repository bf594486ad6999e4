"""Papers into checked graphs, in one process or several, in the order given."""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from kg.build.records import reason
from kg.curation import Overlay, curated, lay_over, overlay_quads
from kg.errors import GraftGraphError
from kg.model import Decision, Extraction, Paper
from kg.namespaces import BASE
from kg.rdf import Run, paper_quads
from kg.report import Failure, Trouble
from kg.shapes import Shapes, check_graph, summarise
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    # Not at run time: an engine compiles its patterns, and a curator's decision is laid over a stored paper without one.
    from kg.extract.pipeline import Extractor

#: Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]

#: Below this many papers, starting processes takes longer than they save.
_MANY_PAPERS = 150
_CHUNK = 8


@dataclass(frozen=True)
class Pipeline:
    """What turns a paper into a checked graph."""

    extractor: "Extractor"
    vocabulary: Vocabulary
    shapes: Shapes
    #: ISO 8601 with a time zone, or nothing, so that two runs give the same bytes.
    run_time: str | None = None

    def make(self, paper: Paper, decisions: Sequence[Decision] = ()) -> "Made | Failure":
        """The paper's graph with the decisions of curators laid over what was read, or why there is none."""
        try:
            read = self.extractor.extract(paper)
            overlay = lay_over(read.findings, paper.text, decisions)
            extraction = curated(read, overlay)
            quads = paper_quads(paper, extraction, run=self._run(extraction), vocabulary=self.vocabulary)
        except GraftGraphError as error:
            return Failure(Trouble.FAILED, paper.id, reason(error))
        violations = check_graph(quads, self.shapes)
        if violations:
            return Failure(Trouble.REFUSED, paper.id, "\n".join(summarise(violations)).replace(BASE, ""))
        live = extraction.model_copy(update={"findings": overlay.live})
        return Made(paper, live, tuple(quads), overlay, tuple(overlay_quads(paper.id, paper.text, overlay)))

    def _run(self, extraction: Extraction) -> Run:
        engine, _, version = extraction.engine.rpartition(" ")
        return Run(engine=engine, version=version, vocabulary=self.vocabulary.sha256, time=self.run_time)


@dataclass(frozen=True)
class Made:
    """A paper whose graph conforms to the shapes."""

    paper: Paper
    #: Without the findings that curators rejected.
    extraction: Extraction
    quads: tuple[Quad, ...]
    #: What curators' decisions did, as a value and as the paper's graph of them.
    overlay: Overlay
    applied: tuple[Quad, ...] = ()


def make_graphs(
    papers: Sequence[Paper],
    make_pipeline: Callable[[], Pipeline],
    *,
    decisions: Mapping[str, Sequence[Decision]] | None = None,
    workers: int,
    progress: Progress,
) -> Iterator[Made | Failure]:
    """One result per paper, in order; ``decisions`` are those on each paper, by its id.

    ``make_pipeline`` runs once in every process, so it must be picklable, and equal to its copy there.
    """
    decided = [(decisions or {}).get(paper.id, ()) for paper in papers]
    is_many = workers > 1 and len(papers) >= _MANY_PAPERS
    results = _in_processes(papers, decided, make_pipeline, workers) if is_many else map(make_pipeline().make, papers, decided)
    for done, result in enumerate(results, start=1):
        yield result
        progress("extract", done, len(papers))


def _in_processes(
    papers: Sequence[Paper], decided: Sequence[Sequence[Decision]], make_pipeline: Callable[[], Pipeline], workers: int
) -> Iterator[Made | Failure]:
    # Spawned, because a forked copy of a process with threads (progress bar, store) may hang.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(partial(_make_in_worker, make_pipeline), papers, decided, chunksize=_CHUNK)


def _make_in_worker(make_pipeline: Callable[[], Pipeline], paper: Paper, decisions: Sequence[Decision]) -> Made | Failure:
    return _pipeline_of_this_process(make_pipeline).make(paper, decisions)


@lru_cache(maxsize=1)
def _pipeline_of_this_process(make_pipeline: Callable[[], Pipeline]) -> Pipeline:
    return make_pipeline()
