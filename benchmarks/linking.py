"""How long adding one paper takes, linking included, as the graph grows: ``python benchmarks/linking.py [PAPERS …]``.

The graph on disk grows from size to size with papers made from the digests that ship (``synthetic_papers``), unlinked but indexed. At
each size further papers are added to a copy one by one as ``kg add`` adds them: extracted, checked, linked and stored in one transaction
each, and told of. Seconds are those of the processor and of the clock.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad

from benchmarks.synthetic_papers import Digests, synthetic_papers
from kg.build import Pipeline, ingest
from kg.bundled import ontologies_folder, sample_corpus
from kg.changes import find_changes, render_text
from kg.cli.engine import default_extractor
from kg.cli.parts import default_shapes, default_vocabulary
from kg.link import stored_keys
from kg.link.claim_keys import claim_keys
from kg.link.matching import profile_of
from kg.link.separations import factor_keys
from kg.model import LinkKind
from kg.namespaces import graph_iri
from kg.queries import read_claims, read_contexts, read_links
from kg.rdf import Run, key_quads, paper_quads
from kg.read.batch import read_batch
from kg.read.outcome import Read
from kg.store import LocalStore, vocabulary_quads
from kg.store.description import row_of, row_quads
from kg.store.view import View

REPEATS = 15
#: Papers added before those that are measured.
WARMING_UP = 2
BATCH = 500


def digests() -> Digests:
    read = read_batch([sample_corpus()], stdin=sys.stdin.buffer, body=False)
    return Digests.of([each.paper for each in read if isinstance(each, Read)], default_extractor(), default_vocabulary())


def fill(folder: Path, made_from: Digests, *, first: int, count: int) -> None:
    """Papers with the keys that they are found by; written in bulk, since it is not what is measured."""
    engine = pyoxigraph.Store(str(folder))
    vocabulary = default_vocabulary()
    stream = synthetic_papers(made_from, first=first, count=count)
    while batch := list(islice(stream, BATCH)):
        run = Run(engine="rules", version="0", vocabulary=vocabulary.sha256)
        graphs = {paper.id: paper_quads(paper, read, run=run, vocabulary=vocabulary) for paper, read in batch}
        view = View(quad for quads in graphs.values() for quad in quads)
        contexts = {each.paper: each for each in read_contexts(view, vocabulary=vocabulary)}
        claims = read_claims(view, vocabulary=vocabulary)
        whole: list[Quad] = []
        for paper, quads in graphs.items():
            own = [claim for claim in claims if claim.paper == paper]
            factors = factor_keys([profile_of(each, contexts[paper], vocabulary) for each in own], vocabulary)
            keys = key_quads(paper, (*stored_keys(contexts[paper]), *claim_keys(own, contexts, vocabulary)), factors=factors)
            whole += [*quads, *keys, *_rows(paper, quads, keys)]
        engine.bulk_extend(whole)
    engine.flush()
    engine.optimize()


def _rows(paper: str, quads: list[Quad], keys: list[Quad]) -> Iterator[Quad]:
    for kind, of in (("paper", quads), ("links", keys)):
        yield from row_quads(row_of(graph_iri(kind, paper), of, paper_id=paper))


def adding_s(folder: Path, made_from: Digests, count: int) -> tuple[list[tuple[float, float]], dict[str, float]]:
    """Seconds per paper, of processor and clock, and links per paper by kind; the folder is that of the store."""
    pipeline = Pipeline(default_extractor(), default_vocabulary(), default_shapes())
    times = []
    with LocalStore.open(folder) as store:
        store.replace_vocabulary(vocabulary_quads(ontologies_folder()), default_vocabulary().sha256)
        new = [paper for paper, _ in synthetic_papers(made_from, first=count + 1, count=WARMING_UP + REPEATS)]
        for paper in new:
            start = time.process_time(), time.perf_counter()
            ingest(
                [Read(paper, "synthetic", paper.id)],
                store,
                lambda: pipeline,
                vocabulary=pipeline.vocabulary,
                software_version="0",
                workers=1,
                progress=lambda _stage, _done, _total: None,
            )
            render_text(find_changes(store, [paper.id], vocabulary=pipeline.vocabulary))
            times.append((time.process_time() - start[0], time.perf_counter() - start[1]))
        links = read_links(store, papers=[paper.id for paper in new[WARMING_UP:]])
    return times[WARMING_UP:], {kind.value: sum(each.kind is kind for each in links) / REPEATS for kind in LinkKind}


def main(counts: list[int]) -> None:
    made_from = digests()
    print("papers   processor s: median  slowest   clock s: median  slowest   links per paper")
    filled = 0
    with tempfile.TemporaryDirectory() as name:
        folder, copy = Path(name) / "store", Path(name) / "copy"
        for count in sorted(counts):
            fill(folder, made_from, first=filled + 1, count=count - filled)
            filled = count
            shutil.copytree(folder, copy)
            times, links = adding_s(copy, made_from, count)
            shutil.rmtree(copy)
            _tell(count, times, links)


def _tell(count: int, times: list[tuple[float, float]], links: dict[str, float]) -> None:
    told = ", ".join(f"{kind} {number:.1f}" for kind, number in links.items() if number)
    processor, clock = ([each[place] for each in times] for place in (0, 1))
    shown = "   ".join(f"{statistics.median(each):>19.2f}  {max(each):>7.2f}" for each in (processor, clock))
    print(f"{count:>6} {shown}   {told}", flush=True)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [100, 1_000, 5_000, 10_000])
