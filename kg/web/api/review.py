"""Reviewing over the API: the queue, one finding, decisions, and deciding."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request

from kg.build import stored_decisions
from kg.build.reviewed import Listed, list_decisions
from kg.curation import merge
from kg.errors import QueryError
from kg.model import Verdict
from kg.web.api import models
from kg.web.review import Item, Order, Waiting, read_item, read_queue, read_waiting, review_decision
from kg.web.snapshot import current
from kg.web.versions import VersionedRoute

router = APIRouter(
    prefix="/api/review",
    route_class=VersionedRoute,
    tags=["review"],
    responses={code: {"model": models.Trouble} for code in (400, 404, 422)},
)
#: Apart from what is read, which may be answered with 304.
writing = APIRouter(
    prefix="/api/review", tags=["review"], responses={code: {"model": models.Trouble} for code in (401, 403, 404, 409, 413, 422)}
)
_Limit = Annotated[int, Query(ge=1, le=200)]
_FINDING = "pmid-1/812-934-1"


class QueuePage(models.Answer):
    """Findings without a decision; ``next`` is the finding after which the following page begins."""

    total: int
    items: list[Waiting]
    next: str | None


class Decided(models.Answer):
    """A decision and what became of it."""

    id: str
    finding: str = Field(examples=[_FINDING])
    outcome: str
    verdict: Verdict
    correction: str | None
    curator: str
    time: str
    reason: str
    status: str
    is_stale: bool
    is_conflict: bool


class DecisionsPage(models.Answer):
    """Decisions, oldest first; ``next`` is the decision after which the following page begins."""

    total: int
    items: list[Decided]
    next: str | None


class Deciding(BaseModel):
    """What a curator says of a finding."""

    finding: str = Field(max_length=500, examples=[_FINDING])
    verdict: Verdict
    orcid: str = Field(max_length=60, examples=["0000-0002-1825-0097"])
    reason: str = Field(max_length=2000, examples=["arms swapped"])
    #: Fields as they should be: direction, significance, outcome, kind, intervention, comparator, population, timepoint, p, effect.
    changes: dict[str, str] = Field(default={}, max_length=20, examples=[{"direction": "decreased"}])
    #: The decision that held when it was looked at, "" for none; the new one is refused where another holds by now. Null decides anyhow.
    seen: str | None = Field(default=None, max_length=40)


@router.get("/queue", name="api-review-queue")
def queue(
    request: Request, by: Order = Order.CONFIDENCE, paper: Annotated[str, Query(max_length=300)] = "", cursor: str = "", limit: _Limit = 50
) -> QueuePage:
    """Findings that nobody has decided on, least sure first, or contradicted first."""
    snapshot = current(request)
    found = read_queue(snapshot.store, order=by, paper=paper)
    start = _start(found, cursor)
    shown = found[start : start + limit]
    items = read_waiting(snapshot.store, shown, snapshot.index.names)
    return QueuePage(total=len(found), items=items, next=shown[-1] if start + limit < len(found) else None)


@router.get("/finding", name="api-review-finding")
def finding(request: Request, finding: Annotated[str, Query(max_length=500, examples=[_FINDING])]) -> Item:
    """A finding with its sentence, its parts, what may be corrected, and what was decided."""
    return read_item(current(request).store, finding, current(request).index.names)


@router.get("/decisions", name="api-review-decisions")
def decisions(request: Request, only: Literal["all", "stale", "conflicts"] = "all", cursor: str = "", limit: _Limit = 50) -> DecisionsPage:
    """Decisions with what became of them."""
    store = current(request).store
    listed = list_decisions(store, merge(stored_decisions(store)))
    found = [each for each in listed if only == "all" or (each.is_stale if only == "stale" else each.is_conflict)]
    start = _start([each.decision.id for each in found], cursor)
    shown = found[start : start + limit]
    return DecisionsPage(
        total=len(found), items=[*map(_decided, shown)], next=shown[-1].decision.id if start + limit < len(found) else None
    )


@writing.post("/decisions", name="api-review-decide", status_code=201)
def decide(request: Request, said: Deciding) -> Decided:
    """Accept, correct or reject a finding; it is in the store and in the file of decisions when this answers."""
    made = review_decision(
        request, said.finding, verdict=said.verdict, curator=said.orcid, reason=said.reason, wanted=said.changes, seen=said.seen
    )
    store = request.app.state.snapshots.newest().store
    listed = list_decisions(store, merge(stored_decisions(store)))
    return _decided(next(each for each in listed if each.decision.id == made.id))


def _start(names: Sequence[str], cursor: str) -> int:
    """Where a page begins.

    Raises:
        QueryError: what the cursor names is not among them, or no more: it may have been decided on.
    """
    if cursor and cursor not in names:
        raise QueryError("that is no cursor, or not any more", remedy="Take it from next of the page before, or begin without one")
    return names.index(cursor) + 1 if cursor else 0


def _decided(each: Listed) -> Decided:
    of = each.decision
    return Decided(
        id=of.id,
        finding=each.finding,
        outcome=of.selector.outcome_label,
        verdict=of.verdict,
        correction=each.correction,
        curator=of.curator,
        time=of.time,
        reason=of.reason,
        status=each.status,
        is_stale=each.is_stale,
        is_conflict=each.is_conflict,
    )
