"""The report of a screening as a page: the flow, the searches, the criteria, and every decision with what it rests on. Pure."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import unquote

from kg.page import fill_page, tag
from kg.screen.criteria import Criteria
from kg.screen.flow import Flow
from kg.screen.picture import draw_flow
from kg.screen.records import Decided, Reason, Screening, verdict_words
from kg.screen.tables import evidence_words
from kg.vocabulary import Vocabulary

_HEADINGS = {Decided.MAYBE: "Left for a person", Decided.INCLUDE: "Included", Decided.EXCLUDE: "Excluded"}


def render_page(
    screenings: Sequence[Screening],
    flow: Flow,
    criteria: Criteria,
    *,
    vocabulary: Vocabulary,
    title: str = "Screening",
    notice: str | None = None,
) -> str:
    """The page; the same decisions give the same bytes."""
    return fill_page(
        "screen.html",
        title=title,
        notice=notice,
        styles=("base.css", "screen.css"),
        scripts={},
        flow=draw_flow(flow, alone=False),
        searches=_searches(flow),
        criteria=_criteria(criteria, vocabulary),
        decisions="".join(_decisions(screenings, decided) for decided in _HEADINGS),
    )


def criteria_rows(criteria: Criteria, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The criteria in words, those that ask something."""
    rows = []
    for side in ("include", "exclude"):
        for field, values in getattr(criteria, side).model_dump(mode="json").items():
            if values:
                rows.append((f"{side}: {field}", " or ".join(_label(each, vocabulary) for each in values)))
    first, last = criteria.years.first, criteria.years.last
    if first is not None or last is not None:
        rows.append(("years", f"{'' if first is None else first}–{'' if last is None else last}"))
    return [*rows, ("abstract", "needed" if criteria.abstract_needed else "not needed")]


def _label(value: str, vocabulary: Vocabulary) -> str:
    return vocabulary[value].label if value in vocabulary else value.replace("_", " ")


def _searches(flow: Flow) -> str:
    if not flow.searches:
        return ""
    rows = [(each.date, each.source, each.query, str(each.hits), str(each.retrieved)) for each in flow.searches]
    return tag("section", tag("h2", "Searches") + _table(("date", "service", "query as sent", "hits", "retrieved"), rows))


def _criteria(criteria: Criteria, vocabulary: Vocabulary) -> str:
    return tag("section", tag("h2", "Criteria") + _table(("criterion", "one of"), criteria_rows(criteria, vocabulary)))


def _decisions(screenings: Sequence[Screening], decided: Decided) -> str:
    chosen = [each for each in screenings if each.decided is decided and each.reason is not Reason.DUPLICATE]
    duplicates = [each for each in screenings if each.reason is Reason.DUPLICATE] if decided is Decided.EXCLUDE else []
    if not chosen and not duplicates:
        return ""
    items = "".join(map(_item, [*chosen, *duplicates]))
    heading = f"{_HEADINGS[decided]} ({len(chosen)}{f', and {len(duplicates)} duplicates' if duplicates else ''})"
    return tag("section", tag("h2", heading) + tag("ol", items), klass=decided)


def _item(each: Screening) -> str:
    paper = each.candidate.paper
    known = (paper.first_author, paper.year, each.candidate.source, unquote(paper.id))
    about = ", ".join(str(part) for part in known if part is not None)
    parts = [tag("strong", escape(paper.title or "(no title)")), tag("p", escape(about), klass="about")]
    if each.decided is Decided.EXCLUDE:
        parts.append(tag("p", escape(str(each.reason)), klass="reason"))
    if each.by:
        parts.append(tag("p", escape(_persons(each)), klass="person"))
    rests = "".join(tag("li", escape(evidence_words(evidence)), klass=evidence.standing) for evidence in each.evidence)
    return tag("li", "".join(parts) + tag("ul", rests))


def _persons(each: Screening) -> str:
    said = f"{each.by} disagree: {each.disagreement}" if each.disagreement is not None else f"decided by {each.by}"
    rules = f"; the rules said {verdict_words(each.rules_decided, each.rules_reason)}" if each.is_overruled else ""
    return said + rules + (f". {each.note}" if each.note else "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    heading = tag("tr", "".join(tag("th", escape(each), scope="col") for each in head))
    body = "".join(tag("tr", "".join(tag("td", escape(cell)) for cell in row)) for row in rows)
    return tag("div", tag("table", tag("thead", heading) + tag("tbody", body)), klass="wide")
