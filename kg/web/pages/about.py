"""``/about``: versions, vocabulary, limits, how extraction was measured; and VoID."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.web.answering import GRAPHS
from kg.web.description import void_description
from kg.web.negotiate import choose, wants_page
from kg.web.pages.home import read_counts, read_notice
from kg.web.pages.templates import page
from kg.web.snapshot import current
from kg.web.versions import VersionedRoute

router = APIRouter(include_in_schema=False, route_class=VersionedRoute)


@router.get("/about", name="about")
def about(request: Request) -> Response:
    """What this server is."""
    state = request.app.state
    store = current(request).store
    parts = {
        "version": state.options.version,
        "limits": state.options.limits,
        "concepts": len(state.vocabulary),
        "vocabulary_hash": state.vocabulary.sha256[:12],
        "counts": read_counts(store),
        "triples": store.count(),
        "endpoint": str(request.url_for("sparql")),
        "notice": read_notice(store),
    }
    return page(request, "about.html", parts, title="About")


@router.get("/.well-known/void", name="void")
def void(request: Request) -> Response:
    """The data set in VoID."""
    accept = request.headers.get("accept")
    media_type = choose(None if wants_page(accept) else accept, list(GRAPHS))
    if media_type is None:
        return PlainTextResponse(f"On offer: {', '.join(GRAPHS)}\n", status_code=406, headers={"Vary": "Accept"})
    store = current(request).store
    papers = int(str(read_counts(store)["papers"]))
    content = void_description(str(request.url_for("sparql")), triples=store.count(), papers=papers, media_type=media_type)
    return Response(content, media_type=media_type, headers={"Vary": "Accept"})
