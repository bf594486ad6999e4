"""Papers into a store, and the report on it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from time import perf_counter
from typing import TypeVar

from kg.build.graphs import Made, Pipeline, Progress, make_graphs
from kg.build.records import choose, collect, known_in, settle
from kg.bundled import SAMPLE_NOTICE
from kg.model import Extraction, Paper
from kg.read.outcome import Outcome
from kg.report import BuildReport, Failure, summarise
from kg.store.protocol import PaperGraphs, Store

_Each = TypeVar("_Each")
#: Papers in one transaction: few enough that an interrupted build has kept most of its work.
_BATCH = 100


def ingest(
    outcomes: Iterable[Outcome],
    store: Store,
    make_pipeline: Callable[[], Pipeline],
    *,
    software_version: str,
    workers: int,
    progress: Progress,
    now: str | None = None,
    timer: Callable[[], float] = perf_counter,
) -> BuildReport:
    """Extract, check and add what was read; adding it again changes nothing.

    ``now`` is when papers are added, ISO 8601 with a time zone; without it their graphs carry no moment.

    Raises:
        StoreError: the store did not take a paper.
    """
    started = timer()
    read, failures = collect(outcomes)
    chosen, passed_over = choose(read)
    stored = known_in(store)
    papers, outdone, replaced = settle(chosen, stored)
    added: list[tuple[Paper, Extraction]] = []
    for batch in _batches(make_graphs(papers, make_pipeline, workers=workers, progress=progress)):
        failures += [each for each in batch if isinstance(each, Failure)]
        made = [each for each in batch if isinstance(each, Made)]
        _add(made, store, replaced, now)
        added += [(each.paper, each.extraction) for each in made]
    has_digests = any(not known.is_real for known in known_in(store))
    store.describe(software_version=software_version, notice=SAMPLE_NOTICE if has_digests else None)
    known = {each.id for each in stored}
    new = tuple(paper.id for paper, _ in added if paper.id not in known and not replaced[paper.id])
    return summarise(added, triples=store.count(), seconds=timer() - started, failures=[*failures, *passed_over, *outdone], new=new)


def _add(made: list[Made], store: Store, replaced: dict[str, tuple[str, ...]], now: str | None) -> None:
    """Add the new and drop what they replace in one transaction."""
    old = [each for paper in made for each in replaced[paper.paper.id]]
    store.add_papers([PaperGraphs(each.paper.id, each.quads) for each in made], replaced=old, added=now)


def _batches(results: Iterator[_Each]) -> Iterator[list[_Each]]:
    while batch := list(islice(results, _BATCH)):
        yield batch
