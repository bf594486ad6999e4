"""Papers into a store, and the report on it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from time import perf_counter
from typing import TypeVar

from kg.build.graphs import Made, Pipeline, Progress, make_graphs
from kg.build.linking import count_papers, link_papers
from kg.build.records import Known, choose, collect, has_digests, known_in, known_of, settle
from kg.build.replay import curation_report, keep_decisions, stored_decisions
from kg.bundled import SAMPLE_NOTICE
from kg.curation import Overlay, by_paper
from kg.model import Decision, Extraction, Paper
from kg.read.outcome import Outcome
from kg.report import BuildReport, Failure, summarise
from kg.store.protocol import PaperGraphs, Store
from kg.vocabulary import Vocabulary

_Each = TypeVar("_Each")
#: Papers in one transaction: few enough that an interrupted build has kept most of its work.
_BATCH = 100


def ingest(
    outcomes: Iterable[Outcome],
    store: Store,
    make_pipeline: Callable[[], Pipeline],
    *,
    vocabulary: Vocabulary,
    software_version: str,
    workers: int,
    progress: Progress,
    now: str | None = None,
    decisions: Sequence[Decision] | None = None,
    timer: Callable[[], float] = perf_counter,
) -> BuildReport:
    """Extract, check, link and add what was read; adding it again changes nothing.

    ``now`` is when papers are added, ISO 8601 with a time zone; without it their graphs carry no moment. ``decisions`` are those of
    curators, laid over what is read; without them, those that the store has.

    Raises:
        StoreError: the store did not take a paper.
        CurationError: a decision that the store has is not whole.
    """
    started = timer()
    read, failures = collect(outcomes)
    chosen, passed_over = choose(read)
    stored = known_in(store, [name for paper in chosen for name in known_of(paper).names])
    papers, outdone, replaced = settle(chosen, stored)
    names = _names(papers, stored, replaced)
    decided = keep_decisions(store, stored_decisions(store) if decisions is None else decisions, names.values())
    added: list[tuple[Paper, Extraction]] = []
    overlays: dict[str, Overlay] = {}
    results = make_graphs(papers, make_pipeline, decisions=by_paper(decided, names), workers=workers, progress=progress)
    for batch in _batches(results):
        failures += [each for each in batch if isinstance(each, Failure)]
        made = [each for each in batch if isinstance(each, Made)]
        _add(made, store, replaced, vocabulary=vocabulary, now=now)
        added += [(each.paper, each.extraction) for each in made]
        overlays |= {each.paper.id: each.overlay for each in made if each.applied}
    store.describe(software_version=software_version, notice=SAMPLE_NOTICE if has_digests(store) else None)
    known = {each.id for each in stored}
    new = tuple(paper.id for paper, _ in added if paper.id not in known and not replaced[paper.id])
    return summarise(
        added,
        triples=store.count(),
        seconds=timer() - started,
        failures=[*failures, *passed_over, *outdone],
        new=new,
        curation=curation_report(overlays),
    )


def _add(made: list[Made], store: Store, replaced: Mapping[str, tuple[str, ...]], *, vocabulary: Vocabulary, now: str | None) -> None:
    """Add the new with their links, and drop what they replace, in one transaction."""
    old = [each for paper in made for each in replaced[paper.paper.id]]
    graphs = [PaperGraphs(each.paper.id, each.quads, curation=each.applied) for each in made]
    linked = link_papers(graphs, store, replaced=replaced, in_store=count_papers(store), vocabulary=vocabulary)
    store.add_papers(linked.papers, replaced=old, relinked=linked.relinked, added=now)


def _names(papers: Sequence[Paper], stored: Iterable[Known], replaced: dict[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """All ids that each paper goes by, those of its older selves included."""
    known = {each.id: each.names for each in stored}
    older = {paper.id: (paper.id, *replaced[paper.id]) for paper in papers}
    return {paper.id: known_of(paper).names.union(*(known.get(each, frozenset()) for each in older[paper.id])) for paper in papers}


def _batches(results: Iterator[_Each]) -> Iterator[list[_Each]]:
    while batch := list(islice(results, _BATCH)):
        yield batch
