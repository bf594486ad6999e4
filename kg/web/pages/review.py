"""``/review``: findings one after the other, each with its sentence and a form to accept, correct or reject it; and all decisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.exceptions import HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.build import stored_decisions
from kg.build.reviewed import list_decisions, summary
from kg.curation import FIELDS, merge
from kg.errors import GraftGraphError
from kg.model import Direction, FindingKind, Significance
from kg.vocabulary import Vocabulary
from kg.web.pages.errors import status_of
from kg.web.pages.home import read_notice
from kg.web.pages.templates import page
from kg.web.review import Item, Order, read_item, read_queue, read_waiting, review_decision
from kg.web.snapshot import Snapshot, current

router = APIRouter(include_in_schema=False)

#: Of the queue, beside the finding.
_NEXT = 12
_VERDICTS = {"accepted": "Accept", "corrected": "Correct", "rejected": "Reject"}
_CHOICES: Mapping[str, type[StrEnum]] = {"direction": Direction, "significance": Significance, "kind": FindingKind}
#: What a value looks like, where that is not plain.
_HINTS = {"timepoint": "P28D or P2Y", "p": "=0.03 or <0.001", "effect": "HR 0.55 (0.36-0.84)", "population": "in words"}
_CHOSEN = (("", "all"), ("stale", "to look at again"), ("conflicts", "overruled by another curator"))
#: Why, for those who decide on many.
REASONS = ("as printed", "other direction", "other outcome", "arms swapped", "no result of this study", "not what the sentence says")
#: Errors after which the form is shown again with what was wrong.
_SHOWN_AGAIN = frozenset({409, 422})


@dataclass(frozen=True)
class Place:
    """Where a curator is."""

    order: Order
    #: Only findings of this paper, where one is named.
    paper: str
    finding: str


@dataclass(frozen=True)
class Given:
    """What the form holds: of the curator, or as it was sent."""

    verdict: str = ""
    orcid: str = ""
    reason: str = ""
    changes: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Field:
    """A part that can be corrected."""

    name: str
    value: str
    #: What it may be, where that is a closed list.
    choices: tuple[str, ...]
    suggestions: tuple[str, ...]
    hint: str


@router.get("/review", name="review")
def review(request: Request) -> Response:
    """The finding that the address names, else the first of the queue that it names."""
    said = request.query_params
    return _page(request, _place(said), Given(orcid=said.get("orcid", "")), done=said.get("done", ""))


@router.post("/review")
async def decide(request: Request) -> Response:
    """Decide, and go on to the next of the queue; where that cannot be, the form again with what was wrong."""
    async with request.form() as form:
        sent = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_decide, request, sent)


@router.get("/review/decisions", name="decisions")
def decisions(request: Request, only: str = "") -> Response:
    """What was decided, newest first; those that no longer apply, or that another curator overruled, alone where asked for."""
    store = current(request).store
    listed = list_decisions(store, merge(stored_decisions(store)))
    chosen = {"": listed, "stale": [each for each in listed if each.is_stale], "conflicts": [each for each in listed if each.is_conflict]}
    if only not in chosen:
        raise HTTPException(404, f"No choice {only!r}; there are stale and conflicts.")
    parts = {
        "only": only,
        "shown": list(reversed(chosen[only])),
        "summary": summary(listed) if listed else "",
        "choices": [(key, words, len(chosen[key])) for key, words in _CHOSEN],
        "names": current(request).index.names,
        "notice": read_notice(store),
    }
    return page(request, "decisions.html", parts, title="Decisions")


def _place(said: Mapping[str, str]) -> Place:
    by = said.get("by", Order.CONFIDENCE.value)
    if by not in {each.value for each in Order}:
        raise HTTPException(404, f"No order {by!r}; there are {', '.join(Order)}.")
    return Place(Order(by), said.get("paper", ""), said.get("finding", ""))


def _decide(request: Request, sent: Mapping[str, str]) -> Response:
    place, wanted = _place(sent), {each: sent[each] for each in FIELDS if each in sent}
    given = Given(sent.get("verdict", ""), sent.get("orcid", "").strip(), sent.get("reason", "").strip(), wanted)
    following = _following(_queue(request, place), place.finding)
    said = {"verdict": given.verdict, "curator": given.orcid, "reason": given.reason}
    try:
        made = review_decision(request, place.finding, **said, wanted=wanted, seen=sent.get("seen"))
    except GraftGraphError as exc:
        status = status_of(exc)
        if status not in _SHOWN_AGAIN:
            raise
        return _page(request, place, given, trouble=str(exc), status=status)
    onward = {"by": place.order.value, "paper": place.paper, "finding": following, "orcid": made.curator, "done": made.id}
    return RedirectResponse(f"/review?{urlencode({key: value for key, value in onward.items() if value})}", status_code=303)


def _queue(request: Request, place: Place) -> tuple[str, ...]:
    return read_queue(current(request).store, order=place.order, paper=place.paper)


def _following(names: Sequence[str], name: str) -> str:
    """The one after it, else the first other one; empty where there is none."""
    if name in names:
        at = names.index(name)
        names = [*names[at + 1 :], *names[:at]]
    return names[0] if names else ""


def _page(request: Request, place: Place, given: Given, *, done: str = "", trouble: str = "", status: int = 200) -> Response:
    snapshot, queue = current(request), _queue(request, place)
    known = merge(stored_decisions(snapshot.store))
    named = place.finding or (queue[0] if queue else "")
    item = read_item(snapshot.store, named, snapshot.index.names) if named else None
    parts = {
        "order": place.order.value,
        "orders": {Order.CONFIDENCE.value: "least sure first", Order.CONTRADICTION.value: "contradicted first"},
        "paper": place.paper,
        "item": item,
        "open": len(queue),
        **_beside(snapshot, queue, item),
        "decided": len(known),
        "done": next((each for each in known if each.id == done), None),
        "given": given,
        "fields": [] if item is None else list(_fields(item, given, request.app.state.vocabulary)),
        "reasons": REASONS,
        "verdicts": _VERDICTS,
        "trouble": trouble,
        "takes_decisions": request.app.state.options.review is not None,
        "notice": read_notice(snapshot.store),
    }
    title = "Review" if item is None else f"Review: {item.stated['outcome']}, {item.study}"
    return page(request, "review.html", parts, title=title, status=status)


def _beside(snapshot: Snapshot, queue: Sequence[str], item: Item | None) -> dict[str, object]:
    """Where the finding stands in the queue, what comes before it and after it; one that is not in it stands before all."""
    place = queue.index(item.finding) if item is not None and item.finding in queue else -1
    coming = queue[place + 1 : place + 1 + _NEXT]
    before = queue[place - 1] if place > 0 else ""
    return {"place": place, "before": before, "coming": read_waiting(snapshot.store, coming, snapshot.index.names)}


def _fields(item: Item, given: Given, vocabulary: Vocabulary) -> Iterator[Field]:
    """The parts that can be corrected, as sent or as they stand."""
    for name, value in item.stated.items():
        choices = tuple(each.value for each in _CHOICES.get(name, ()))
        suggestions = tuple(sorted(each.label for each in vocabulary.of_kind("outcome"))) if name == "outcome" else ()
        yield Field(name, (given.changes or {}).get(name, value), choices, suggestions, _HINTS.get(name, ""))
