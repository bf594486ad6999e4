"""Records into a store: choose, extract, make graphs, check them, add them.

In: outcomes of ``kg.read``. Out: papers in a store and a ``BuildReport``. What fails, is refused or is passed over is
collected with its place and reason, and the rest goes on.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial

from pyoxigraph import Quad

from kg.errors import GraftGraphError
from kg.extract.pipeline import Extractor
from kg.model import Extraction, Paper, TextKind
from kg.rdf import Run, paper_quads
from kg.read.outcome import Outcome, Read, Skipped
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
            return Failure(Trouble.FAILED, paper.id, _reason(error))
        violations = check_graph(quads, self.shapes)
        if violations:
            return Failure(Trouble.REFUSED, paper.id, "; ".join(summarise(violations)))
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


def collect(outcomes: Iterable[Outcome]) -> tuple[list[Read], list[Failure]]:
    """What was read, and apart from it what failed or is no paper, each in the order given."""
    read: list[Read] = []
    failures: list[Failure] = []
    for outcome in outcomes:
        if isinstance(outcome, Read):
            read.append(outcome)
        else:
            trouble = Trouble.SKIPPED if isinstance(outcome, Skipped) else Trouble.FAILED
            failures.append(Failure(trouble, _place(outcome.error.location, outcome.error.record), _reason(outcome.error)))
    return read, failures


def choose(read: Sequence[Read]) -> tuple[list[Paper], list[Failure]]:
    """One record per paper, sorted by paper id; records that share a PMID, PMCID or DOI are of one paper.

    A real record wins over a digest, a record with a text over one without, then the one with more identifiers, then the later one.
    """
    papers: list[Paper] = []
    passed_over: list[Failure] = []
    for group in _same_papers(read):
        best = max(enumerate(group), key=lambda pair: (*_worth(pair[1].paper), pair[0]))[1]
        papers.append(best.paper)
        for other in group:
            if other is not best:
                reason = f"same paper as {best.paper.id} of {_place(best.location, best.record)}"
                passed_over.append(Failure(Trouble.SKIPPED, _place(other.location, other.record), reason))
    return sorted(papers, key=lambda paper: paper.id), passed_over


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


def known_ids(paper: Paper) -> tuple[str, ...]:
    """Everything the paper goes by, its own id first."""
    named = (("pmid-", paper.pmid), ("pmcid-", paper.pmcid), ("doi-", paper.doi))
    return tuple(dict.fromkeys([paper.id, *(prefix + value for prefix, value in named if value is not None)]))


def _same_papers(read: Sequence[Read]) -> list[list[Read]]:
    """Records grouped by the identifiers they share, directly or through a third."""
    groups: dict[str, list[Read]] = {}
    for each in read:
        joined: list[Read] = []
        for group in {id(groups[name]): groups[name] for name in known_ids(each.paper) if name in groups}.values():
            joined += group
        joined.append(each)
        for member in joined:
            groups |= dict.fromkeys(known_ids(member.paper), joined)
    return list({id(group): group for group in groups.values()}.values())


def _worth(paper: Paper) -> tuple[bool, bool, int]:
    identifiers = sum(each is not None for each in (paper.pmid, paper.pmcid, paper.doi))
    return (paper.text_kind is not TextKind.DIGEST, paper.text != "", identifiers)


def _place(location: str | None, record: str | None) -> str:
    return ", ".join(part for part in (location, record) if part is not None)


def _reason(error: GraftGraphError) -> str:
    return error.message if error.remedy is None else f"{error.message}. {error.remedy}"


def _in_processes(papers: Sequence[Paper], make_pipeline: Callable[[], Pipeline], workers: int) -> Iterator[Made | Failure]:
    # Spawned, because a forked copy of a process with threads (progress bar, store) may hang.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(partial(_make_in_worker, make_pipeline), papers, chunksize=_CHUNK)


def _make_in_worker(make_pipeline: Callable[[], Pipeline], paper: Paper) -> Made | Failure:
    return _pipeline_of_this_process(make_pipeline).make(paper)


@lru_cache(maxsize=1)
def _pipeline_of_this_process(make_pipeline: Callable[[], Pipeline]) -> Pipeline:
    return make_pipeline()
