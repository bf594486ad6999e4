"""The web application: pages, the SPARQL endpoint, the API, over one store.

Everything it needs comes in as arguments; nothing is kept between requests but the workers and the open store. All state of a page is
in its address.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import HTTPException
from fastapi.staticfiles import StaticFiles
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response

from kg.page import page_file
from kg.vocabulary import Vocabulary
from kg.web import api, sparql
from kg.web.access import Access
from kg.web.adding import Desk, Jobs, Tools
from kg.web.answering import Limits
from kg.web.guard import Guard
from kg.web.pages import about, add, data, errors, evidence, explore, home, paper, pictures, query, review, session, triples
from kg.web.remembered import Remembered
from kg.web.review import ReviewDesk
from kg.web.security import SecurityHeaders
from kg.web.session import Sessions, session_key
from kg.web.snapshot import Snapshots
from kg.web.workers import QueryWorkers

STATIC = Path(__file__).parent / "static"
#: Bytes that addresses may take which take files.
LONGEST = dict.fromkeys(("/add", "/api/papers", "/api/papers/preview"), add.LONGEST_FILE)
#: How long reading may take before somebody's eyes and in a job, and how long one waits for others.
_PREVIEW_S, _JOB_S, _WAIT_S = 90.0, 900.0, 20.0
_SHARED_STYLES = frozenset({"base", "findings", "marks"})


@dataclass(frozen=True)
class Options:
    """How a server runs."""

    store: Path
    #: Version of the software, to be shown.
    version: str
    #: What papers are added with.
    tools: Tools
    limits: Limits = field(default_factory=Limits)
    workers: int = 2
    #: Whether pages of other sites may read the endpoint and the API.
    is_cross_origin: bool = False
    #: Who may write.
    access: Access = field(default_factory=Access)
    #: Where decisions of curators go; None where none are taken.
    review: ReviewDesk | None = None


def create_app(options: Options, vocabulary: Vocabulary) -> FastAPI:
    """The application; workers start with it and stop with it.

    Raises:
        StoreError: the store cannot be opened.
    """
    snapshots = Snapshots(options.store, vocabulary)
    # Before the first visitor comes; it takes seconds where the store is large and was never read before.
    snapshots.newest()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with (
            closing(snapshots),
            QueryWorkers(options.store, limits=options.limits, count=options.workers) as workers,
            closing(Desk(options.tools, time_s=_PREVIEW_S, wait_s=_WAIT_S)) as desk,
            closing(Jobs(options.store.parent / "jobs", Desk(options.tools, time_s=_JOB_S, wait_s=_WAIT_S))) as jobs,
        ):
            app.state.workers, app.state.desk, app.state.jobs = workers, desk, jobs
            yield

    app = FastAPI(
        title="GraftGraph",
        version=options.version,
        lifespan=lifespan,
        # The pages of FastAPI for its own API load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    # A path that lacks its last slash is no other page.
    app.router.redirect_slashes = False
    app.state.snapshots, app.state.vocabulary, app.state.options = snapshots, vocabulary, options

    @app.api_route("/sparql", methods=["GET", "POST"], name="sparql", include_in_schema=False)
    async def endpoint(request: Request) -> Response:
        return await sparql.answer(request, request.app.state.workers, page="/query")

    errors.install(app)

    @app.get("/static/shared/{name}.css", include_in_schema=False)
    def shared_style(name: str) -> Response:
        """Style sheets that exported pages have as well."""
        if name not in _SHARED_STYLES:
            raise HTTPException(404)
        return Response(page_file(f"{name}.css"), media_type="text/css")

    # Before the folder of static files, since one of them comes out of an installed package.
    app.include_router(explore.router)
    app.include_router(api.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    # The addresses of our IRIs come last: they take any path that begins with a kind of thing.
    for pages in (home, query, triples, evidence, pictures, review, about, add, session, paper, data):
        app.include_router(pages.router)
    sessions = Sessions(session_key(options.access.token))
    app.add_middleware(Guard, access=options.access, sessions=sessions, refuse=errors.refuse, longest=LONGEST)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(Remembered, snapshots=snapshots)
    if options.is_cross_origin:
        app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"])
    return app
