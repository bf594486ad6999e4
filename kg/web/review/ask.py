"""A request to decide, from a form or as JSON -> the decision, once it is in the store and pages show it."""

from collections.abc import Mapping

from fastapi.exceptions import HTTPException
from starlette.requests import Request

from kg.curation import find_changes
from kg.errors import CurationError
from kg.model import Decision, Verdict
from kg.web.review.desk import ReviewDesk
from kg.web.review.item import read_item
from kg.web.snapshot import current


def review_decision(
    request: Request, finding: str, *, verdict: str, curator: str, reason: str, wanted: Mapping[str, str], seen: str | None
) -> Decision:
    """Decide; ``wanted`` has fields as they should be, those that stand as they are included.

    Raises:
        GraftGraphError: why it cannot be made.
    """
    desk: ReviewDesk | None = request.app.state.options.review
    if desk is None:
        raise HTTPException(403, "This server takes no decisions.")
    if verdict not in {each.value for each in Verdict}:
        raise CurationError("no verdict is given", remedy="Choose accepted, corrected or rejected")
    said = Verdict(verdict)
    item = read_item(current(request).store, finding, {})
    changes = find_changes(item.stated, wanted) if said is Verdict.CORRECTED else None
    made = desk.decide(item.finding, said, curator=curator, reason=reason, changes=changes, seen=seen)
    request.app.state.snapshots.newest()
    return made
