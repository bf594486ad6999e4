"""``/query``: the saved questions as forms, and SPARQL of one's own; answers as tables with labels, to read and to take away."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.exceptions import HTTPException
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from starlette.requests import Request
from starlette.responses import Response

from kg.bundled import queries_folder
from kg.errors import QueryError
from kg.queries import SavedQuery, bind, find_query, list_queries
from kg.vocabulary import Vocabulary
from kg.web.answering import QueryTroubleError
from kg.web.answering import Request as Asked
from kg.web.labels import Shown, local_path, read_labels, short_name
from kg.web.pages.home import read_notice
from kg.web.pages.templates import page
from kg.web.pages.triples import graph_address
from kg.web.refusals import refusal
from kg.web.snapshot import current

router = APIRouter(include_in_schema=False)

#: Rows that a page shows; all are in the downloads.
ROWS = 500
_MOST_SUGGESTED = 400
_MOST_BARS = 12
#: Forms in which a table may be taken away; a graph comes as Turtle.
_FORMS = {"csv": "text/csv", "json": "application/sparql-results+json", "tsv": "text/tab-separated-values"}
#: What a first visitor finds in the editor.
_START = """PREFIX gg: <https://w3id.org/graftgraph/ontology/>
PREFIX ggv: <https://w3id.org/graftgraph/vocabulary/>

SELECT ?outcome (COUNT(?finding) AS ?findings) WHERE {
  GRAPH ?graph { ?finding gg:outcome ?outcome ; gg:direction ggv:decreased }
} GROUP BY ?outcome ORDER BY DESC(?findings) LIMIT 20"""


@dataclass(frozen=True)
class Bar:
    """How often a value stands in a column."""

    text: str
    count: int
    #: Of the longest bar, 0 to 100.
    width: int


@dataclass(frozen=True)
class Answer:
    """A table as a page shows it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]
    total: int
    #: A column whose values repeat, as bars.
    bars: tuple[Bar, ...] = ()
    counted: str = ""
    #: Whether it lists triples.
    is_graph: bool = False


@router.get("/query", name="query")
def query(request: Request, query: str = "", saved: str = "") -> Response:
    """The page; with a query in its address, its answer too."""
    state = request.app.state
    store = current(request).store
    chosen = find_query(queries_folder(), saved) if saved else None
    given = _given(request, chosen)
    answer, trouble = None, ""
    try:
        text = bind(chosen, given, state.vocabulary) if chosen is not None else query
        if text and (chosen is None or "run" in request.query_params):
            answer = _ask(request, text)
    except (QueryError, QueryTroubleError) as exc:
        text, trouble = query, str(exc)
    parts = {
        "themes": _themes(),
        "chosen": chosen,
        "given": given,
        "choices": {} if chosen is None else _choices(chosen, state.vocabulary),
        "text": text or _START,
        "answer": answer,
        "trouble": trouble,
        "downloads": [] if answer is None else _downloads(text, answer),
        "graph": graph_address(text) if answer is not None and answer.is_graph else None,
        "rows": ROWS,
        "notice": read_notice(store),
    }
    return page(request, "query.html", parts, title=chosen.title if chosen is not None else "Query")


def _downloads(text: str, answer: Answer) -> list[tuple[str, str]]:
    """Names and addresses of the answer as a file; a graph comes as Turtle, whatever is asked for."""
    forms = {"Turtle": "csv"} if answer.is_graph else {form.upper(): form for form in _FORMS}
    return [(name, f"/query/results.{form}?{urlencode({'query': text})}") for name, form in forms.items()]


def _given(request: Request, chosen: SavedQuery | None) -> dict[str, str]:
    """The parameters in the address that the question takes; one that is left empty is not set."""
    names = {each.name for each in chosen.parameters} if chosen is not None else set()
    return {name: value.strip() for name, value in request.query_params.items() if name in names and value.strip()}


def _themes() -> list[tuple[str, list[SavedQuery]]]:
    found = sorted(list_queries(queries_folder()), key=lambda each: (each.theme or "", each.title))
    return [(theme, list(queries)) for theme, queries in groupby(found, key=lambda each: each.theme or "other")]


def _choices(chosen: SavedQuery, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Labels to suggest for each parameter that takes a concept."""
    found = {}
    for each in chosen.parameters:
        kinds = [kind for kind in each.kinds if kind in vocabulary.kinds()]
        found[each.name] = sorted({concept.label for kind in kinds for concept in vocabulary.of_kind(kind)})[:_MOST_SUGGESTED]
    return found


def _ask(request: Request, text: str) -> Answer:
    """The answer to a query of anyone's, by a worker.

    Raises:
        QueryError, QueryTroubleError: it is refused, wrong, or takes too much.
    """
    why = refusal(text)
    if why is not None:
        raise QueryError(why)
    written = request.app.state.workers.answer(Asked(sparql=text, graph_type="application/n-triples"))
    if written.media_type == "application/n-triples":
        return _triples(request, written.content)
    found = json.loads(written.content)
    if "boolean" in found:
        return Answer(("answer",), ((Shown("yes" if found["boolean"] else "no"),),), 1)
    return _table(request, found["head"]["vars"], found["results"]["bindings"])


def _table(request: Request, columns: Sequence[str], bindings: Sequence[Mapping[str, Mapping[str, str]]]) -> Answer:
    shown = bindings[:ROWS]
    iris = {cell["value"] for row in shown for cell in row.values() if cell["type"] == "uri"}
    labels = read_labels(current(request).store, iris)
    rows = tuple(tuple(_cell(row.get(column), labels) for column in columns) for row in shown)
    counted, bars = _bars(columns, rows)
    return Answer(tuple(column.removesuffix("_label").replace("_", " ") for column in columns), rows, len(bindings), bars, counted)


def _cell(cell: Mapping[str, str] | None, labels: Mapping[str, str]) -> Shown:
    if cell is None:
        return Shown("")
    value = cell["value"]
    if cell["type"] != "uri":
        return Shown(value)
    return Shown(labels.get(value) or short_name(value), local_path(value), value)


def _bars(columns: Sequence[str], rows: Sequence[Sequence[Shown]]) -> tuple[str, tuple[Bar, ...]]:
    """Counts of the first column whose values repeat."""
    for place, column in enumerate(columns):
        counts = Counter(row[place].text for row in rows if row[place].text)
        if 1 < len(counts) < len(rows) and len(counts) <= _MOST_BARS:
            most = max(counts.values())
            ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
            bars = (Bar(text, count, round(100 * count / most)) for text, count in ordered)
            return column.removesuffix("_label").replace("_", " "), tuple(bars)
    return "", ()


def _triples(request: Request, content: bytes) -> Answer:
    """The triples of a graph with labels; all that is no IRI as it is written."""
    lines = content.splitlines(keepends=True)
    terms = [(each.subject, each.predicate, each.object) for each in parse(b"".join(lines[:ROWS]), format=RdfFormat.N_TRIPLES)]
    labels = read_labels(current(request).store, {term.value for row in terms for term in row if isinstance(term, NamedNode)})
    rows = tuple(tuple(_term(term, labels) for term in row) for row in terms)
    return Answer(("subject", "property", "value"), rows, len(lines), is_graph=True)


def _term(term: object, labels: Mapping[str, str]) -> Shown:
    if isinstance(term, NamedNode):
        return Shown(labels.get(term.value) or short_name(term.value), local_path(term.value), term.value)
    return Shown(term.value if isinstance(term, Literal) else str(term))


@router.get("/query/results.{form}", name="results")
def results(request: Request, form: str, query: str) -> Response:
    """The whole answer as a file."""
    if form not in _FORMS:
        raise HTTPException(404)
    why = refusal(query)
    if why is not None:
        raise QueryError(why)
    written = request.app.state.workers.answer(Asked(sparql=query, results_type=_FORMS[form]))
    name = f"results.{form if written.media_type == _FORMS[form] else 'ttl'}"
    return Response(written.content, media_type=written.media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
