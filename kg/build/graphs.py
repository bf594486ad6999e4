"""Papers into checked graphs, in one process or several, in the order given."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial

from pyoxigraph import Quad

from kg.build.records import reason
from kg.errors import GraftGraphError
from kg.extract.pipeline import Extractor
from kg.model import Extraction, Paper
from kg.namespaces import BASE
from kg.rdf import Run, paper_quads
from kg.report import Failure, Trouble
from kg.shapes import Shapes, check_graph, summarise
from kg.vocabulary import Vocabulary

#: Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]

#: Below this many papers, starting processes takes longer than they save.
_MANY_PAPERS = 150
_CHUNK = 8


@dataclass(frozen=True)
class Pipeline:
    """What turns a paper into a checked graph."""

    extractor: Extractor
    vocabulary: Vocabulary
    shapes: Shapes
    #: ISO 8601 with a time zone, or nothing, so that two runs give the same bytes.
    run_time: str | None = None

    def make(self, paper: Paper) -> "Made | Failure":
        """The paper's graph, or why there is none."""
        try:
            extraction = self.extractor.extract(paper)
            quads = paper_quads(paper, extraction, run=self._run(extraction), vocabulary=self.vocabulary)
        except GraftGraphError as error:
            return Failure(Trouble.FAILED, paper.id, reason(error))
        violations = check_graph(quads, self.shapes)
        if violations:
            return Failure(Trouble.REFUSED, paper.id, "\n".join(summarise(violations)).replace(BASE, ""))
        return Made(paper, extraction, tuple(quads))

    def _run(self, extraction: Extraction) -> Run:
        engine, _, version = extraction.engine.rpartition(" ")
        return Run(engine=engine, version=version, vocabulary=self.vocabulary.sha256, time=self.run_time)


@dataclass(frozen=True)
class Made:
    """A paper whose graph conforms to the shapes."""

    paper: Paper
    extraction: Extraction
    quads: tuple[Quad, ...]


def make_graphs(
    papers: Sequence[Paper], make_pipeline: Callable[[], Pipeline], *, workers: int, progress: Progress
) -> Iterator[Made | Failure]:
    """One result per paper, in order.

    ``make_pipeline`` runs once in every process, so it must be picklable, and equal to its copy there.
    """
    results = (
        _in_processes(papers, make_pipeline, workers) if workers > 1 and len(papers) >= _MANY_PAPERS else map(make_pipeline().make, papers)
    )
    for done, result in enumerate(results, start=1):
        yield result
        progress("extract", done, len(papers))


def _in_processes(papers: Sequence[Paper], make_pipeline: Callable[[], Pipeline], workers: int) -> Iterator[Made | Failure]:
    # Spawned, because a forked copy of a process with threads (progress bar, store) may hang.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(partial(_make_in_worker, make_pipeline), papers, chunksize=_CHUNK)


def _make_in_worker(make_pipeline: Callable[[], Pipeline], paper: Paper) -> Made | Failure:
    return _pipeline_of_this_process(make_pipeline).make(paper)


@lru_cache(maxsize=1)
def _pipeline_of_this_process(make_pipeline: Callable[[], Pipeline]) -> Pipeline:
    return make_pipeline()
