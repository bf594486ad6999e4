"""A server over a small graph, in a thread of the test process; its workers are processes."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from rdf_world import full_extraction, full_paper, run, vocabulary
from starlette.types import ASGIApp

from kg.build.decisions import DecisionsFile
from kg.bundled import ontologies_folder
from kg.cli.intake import Intake
from kg.model import Finding
from kg.rdf import paper_quads
from kg.settings import Settings
from kg.shapes import load_shapes
from kg.store import LocalStore, PaperGraphs, vocabulary_quads
from kg.web import Access, Limits, Options, create_app
from kg.web.adding import Tools
from kg.web.review import ReviewDesk

#: A server that listens at this machine alone.
HERE = Access(is_loopback=True)
HOSTILE = "<script>alert(1)</script> & Co"


def build_store(folder: Path) -> Path:
    """A store with two papers, one of them retracted, the other with a hostile title."""
    with LocalStore.open(folder) as store:
        store.replace_vocabulary(vocabulary_quads(ontologies_folder()), vocabulary().sha256)
        store.add_papers(
            [
                graphs("pmid-101"),
                graphs("pmid-102", title=HOSTILE, publication_types=(), notices=(), pmid="102", doi="10.1234/other", local_id="line-8"),
            ]
        )
        store.describe(software_version="9.9")
    return folder


def build_undecided(folder: Path) -> Path:
    """A store with two papers on which nobody has decided, two findings each."""
    findings = [each.model_copy(update={"curation": None}) for each in full_extraction().findings]
    with LocalStore.open(folder) as store:
        store.replace_vocabulary(vocabulary_quads(ontologies_folder()), vocabulary().sha256)
        names = {"publication_types": (), "notices": (), "doi": None, "pmcid": None}
        store.add_papers(
            [graphs(f"pmid-{each}", findings=findings, pmid=each, local_id=f"line-{each}", **names) for each in ("201", "202")]
        )
    return folder


def graphs(paper_id: str, *, findings: Sequence[Finding] | None = None, **changes: object) -> PaperGraphs:
    paper = full_paper(id=paper_id, **changes)
    extraction = full_extraction(id=paper_id, paper=paper_id, **({} if findings is None else {"findings": findings}))
    return PaperGraphs(paper_id, paper_quads(paper, extraction, run=run(), vocabulary=vocabulary()))


def review_desk(store: Path, *, now: str = "2026-03-01T12:00:00+00:00") -> ReviewDesk:
    """Where decisions go: a file beside the store."""
    shapes = [load_shapes(ontologies_folder() / name, vocabulary()) for name in ("shapes.ttl", "curation-shapes.ttl")]
    return ReviewDesk(store, DecisionsFile(store.parent / "curation.ttl", vocabulary(), *shapes), lambda: now)


@contextmanager
def serving(
    store: Path,
    *,
    limits: Limits | None = None,
    workers: int = 1,
    cors: bool = False,
    access: Access = HERE,
    port: int = 0,
    review: ReviewDesk | None = None,
    settings: Settings | None = None,
    tools: Tools | None = None,
) -> Iterator[str]:
    """The address of a running server."""
    options = Options(
        store=store,
        version="9.9",
        tools=tools or Intake(store, settings or Settings(email=None)),
        limits=limits or Limits(),
        workers=workers,
        is_cross_origin=cors,
        access=access,
        review=review,
    )
    with running(create_app(options, vocabulary()), port=port) as address:
        yield address


@contextmanager
def running(app: ASGIApp, *, port: int = 0) -> Iterator[str]:
    """The address of a running application."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))  # type: ignore[arg-type]
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(60)
