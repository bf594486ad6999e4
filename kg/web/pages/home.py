"""``/``: what the graph holds, and where to begin."""

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from kg.bundled import queries_folder
from kg.draw import arrange, draw_map
from kg.model import Direction
from kg.namespaces import GG, graph_iri, notation_iri
from kg.queries import Queryable, ask, list_queries, read_tallies
from kg.vocabulary import Vocabulary
from kg.web.addresses import findings_address
from kg.web.pages.templates import page
from kg.web.snapshot import current
from kg.web.versions import VersionedRoute

router = APIRouter(include_in_schema=False, route_class=VersionedRoute)

_COUNTS = (
    f"SELECT (COUNT(DISTINCT ?paper) AS ?papers) (MAX(?issued) AS ?newest) WHERE {{ GRAPH ?graph {{ ?paper a <{GG['Paper']}> ."
    f" OPTIONAL {{ ?paper <{GG['year']}> ?issued }} }} }}"
)
_COHORTS = f"SELECT (COUNT(DISTINCT ?cohort) AS ?n) WHERE {{ GRAPH <{graph_iri('summary')}> {{ ?study <{GG['cohort']}> ?cohort }} }}"
_DIRECTIONS = (
    f"SELECT ?direction (COUNT(?finding) AS ?n) WHERE {{ GRAPH ?graph {{ ?finding <{GG['direction']}> ?direction }} }} GROUP BY ?direction"
)
_NOTICE = f"SELECT ?notice WHERE {{ GRAPH <{graph_iri('dataset')}> {{ ?dataset <{GG['notice']}> ?notice }} }}"
#: Questions for a first visit, each with its answer in any graph of the field.
EXAMPLES = (
    "findings-for-outcome", "effect-by-source", "chronic-gvhd-response", "haploidentical-trials", "compared-with-drug",
    "pooled-effects", "dose-and-schedule", "safety", "null-results", "effect-by-grade",
)  # fmt: skip


@router.get("/", name="home")
def home(request: Request) -> Response:
    """The first page."""
    store = current(request).store
    known = {each.name: each for each in list_queries(queries_folder())}
    return page(
        request,
        "home.html",
        {
            "counts": read_counts(store),
            "examples": [known[name] for name in EXAMPLES],
            "map": small_map(store, request.app.state.vocabulary),
            "notice": read_notice(store),
        },
        title="Evidence on MSC and GVHD",
    )


def small_map(store: Queryable, vocabulary: Vocabulary) -> Markup | None:
    """The part of the evidence map with most cohorts; nothing where there is none."""
    tallies = read_tallies(store, settings=("human",))
    shown = arrange(tallies, vocabulary, most_cells=6, most_outcomes=12)
    drawn = draw_map(shown, vocabulary, address=findings_address, is_alone=False)
    return Markup(drawn) if tallies else None  # noqa: S704  # made of escaped text


def read_counts(store: Queryable) -> dict[str, object]:
    """Papers, cohorts, newest year, and findings by direction."""
    papers, newest = ask(store, _COUNTS, location="counts").rows[0]
    cohorts = ask(store, _COHORTS, location="counts").rows[0][0]
    by_iri = {str(iri): number for iri, number in ask(store, _DIRECTIONS, location="counts").rows}
    directions = {each: int(by_iri.get(notation_iri(each.value), 0) or 0) for each in Direction}
    return {"papers": papers, "cohorts": cohorts, "newest": newest, "directions": directions, "findings": sum(directions.values())}


def read_notice(store: Queryable) -> str | None:
    """What users of this store must know."""
    rows = ask(store, _NOTICE, location="notice").rows
    return str(rows[0][0]) if rows else None
