"""``/evidence``: the findings behind a node or an edge, as a page, as the panel of the explorer, and as a file."""

import csv
import io
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from fastapi.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.namespaces import concept_iri
from kg.network import Level
from kg.vocabulary import Vocabulary
from kg.web.evidence import Evidence, read_evidence
from kg.web.findings import Kind
from kg.web.index import Cited, FindingIndex
from kg.web.labels import local_path
from kg.web.pages.home import read_notice
from kg.web.pages.templates import page
from kg.web.snapshot import current
from kg.web.versions import VersionedRoute
from kg.web.view import State, find_behind, read_state
from kg.web.words import KINDS, LEVELS

router = APIRouter(include_in_schema=False, route_class=VersionedRoute)

#: Findings in the panel and on a page of evidence.
_ROWS = 50
_COLUMNS = (
    "finding", "paper", "study", "year", "n", "outcome", "arms", "values", "effect", "interval", "p", "time", "population", "direction",
    "significance", "favours", "confidence", "caution", "curation", "sentence",
)  # fmt: skip


@router.get("/evidence", name="evidence")
def evidence(request: Request, of: str, at: int = 0) -> Response:
    """The findings behind a node or an edge, as a page."""
    index, _ = index_and_vocabulary(request)
    if of.partition("|")[0] not in index.at:
        raise HTTPException(404, "Nothing here rests on that node or edge. It may have gone by another name before.")
    state = read_state(request.query_params.multi_items())
    parts = panel(request, of, state, at=max(0, at))
    notice = read_notice(current(request).store)
    return page(request, "evidence.html", {"notice": notice, **parts}, title=str(parts.get("heading", "Evidence")))


@router.get("/evidence.csv", name="evidence-file")
def evidence_file(request: Request, of: str) -> Response:
    """All of them as CSV."""
    index, _ = index_and_vocabulary(request)
    found = find_behind(index, of, read_state(request.query_params.multi_items()))
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow((*_COLUMNS, "records"))
    for each in _rows(request, found):
        addresses = " ".join(record.address for record in each.records)
        writer.writerow([*(as_cell(getattr(each, name)) for name in _COLUMNS), addresses])
    return Response(
        written.getvalue(), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="evidence.csv"'}
    )


def as_cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t"} else value


def panel(request: Request, of: str, state: State, *, at: int = 0) -> dict[str, object]:
    """What is shown of a node or an edge."""
    index, _ = index_and_vocabulary(request)
    ends = of.split("|")
    if not all(each in index.at for each in ends[:2]) or (len(ends) > 1 and ends[2:] not in [[each.value] for each in Level]):
        return {"chosen": None}
    found = find_behind(index, of, state)
    query = urlencode([("of", of), *state.filters()], safe=":|")
    kind, _, name = ends[0].partition(":")
    is_edge = len(ends) == 3
    return {
        "chosen": of,
        "heading": " → ".join(index.labels[each] for each in ends[:2]) if is_edge else index.labels[of],
        "about": LEVELS[Level(ends[2])] if is_edge else KINDS[Kind(kind)],
        "link": None if is_edge else f"/paper/{quote(name, safe='%')}" if kind == Kind.PAPER else local_path(concept_iri(name)),
        "opening": None if is_edge else state.opening(of).address(),
        "total": len(found),
        "papers": found.papers,
        "rows": _rows(request, found[at : at + _ROWS]),
        "earlier": f"/evidence?{query}&at={at - _ROWS}" if at >= _ROWS else None,
        "later": f"/evidence?{query}&at={at + _ROWS}" if at + _ROWS < len(found) else None,
        "at": at,
        "csv": f"/evidence.csv?{query}",
        "json": f"/api/evidence?{query}",
        "whole": f"/evidence?{query}",
    }


def index_and_vocabulary(request: Request) -> tuple[FindingIndex, Vocabulary]:
    """What pages read findings with."""
    return current(request).index, request.app.state.vocabulary


def _rows(request: Request, found: Sequence[Cited]) -> list[Evidence]:
    index, vocabulary = index_and_vocabulary(request)
    return read_evidence(current(request).store, vocabulary, {each.iri: each.study.paper for each in found}, index.names)
