"""Papers of Europe PMC: a query gone through page by page, each record told by its source and number."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from kg.errors import FetchError
from kg.fetch.europepmc import BEGIN, EuropePmc, Page, query_within
from kg.fetch.job import Position, Question, Step
from kg.fetch.windows import window_since
from kg.model import Paper
from kg.read.identifiers import paper_id
from kg.read.json_values import items_at, parse_json
from kg.read.outcome import Outcome, Read
from kg.read.papers import read_stream

LOCATION = "Europe PMC"
_PAGE = 200
#: Times that a page with papers sent before is asked for again: an index that changes meanwhile has such pages too.
_MOST_DOUBTS = 3
#: Further times that all pages are gone through for papers that were counted and did not come.
_MOST_PASSES = 2
_ANEW = "Run it again with --refresh, or ask PubMed"


@dataclass(frozen=True)
class EuropePmcPapers:
    """A ``PaperSource`` over the search of Europe PMC."""

    service: EuropePmc
    today: Callable[[], date]
    page_size: int = _PAGE

    def begin(self, question: Question) -> Position:
        """The beginning; how many papers there are is told by the first page."""
        return Position(total=0, cursor=BEGIN)

    def step(self, question: Question, position: Position, known: Collection[str]) -> Step:
        """The next page. Where the last one leaves the papers fewer than counted, all pages are gone through once more.

        Raises:
            FetchError: the papers are still fewer.
        """
        page = self._page(question, position)
        taken_before, passed = set(position.ids), dict.fromkeys((*position.passed, *page.results))
        room = None if question.limit is None else question.limit - len(position.ids)
        taken = [each for each in dict.fromkeys(page.results) if each not in taken_before][:room]
        records = _records(page)
        outcomes = [_read(records[name], name) for name in taken]
        wanted = [each for each in outcomes if not (isinstance(each, Read) and any(name in known for name in _names(each.paper)))]
        ids = (*position.ids, *taken)
        total = page.count if question.limit is None else min(page.count, question.limit)
        is_short = page.next_cursor is None and len(ids) < total
        if is_short and position.passes >= _MOST_PASSES:
            raise FetchError(f"counts {page.count} papers and sends {len(ids)}", location=LOCATION, remedy=_ANEW)
        after = Position(
            total=total,
            done=len(ids),
            ids=ids,
            cursor=BEGIN if is_short else page.next_cursor or "",
            passes=position.passes + is_short,
            passed=() if is_short else tuple(passed),
            is_finished=not is_short and (page.next_cursor is None or len(ids) >= total == question.limit),
            duplicates=position.duplicates + len(position.passed) + len(page.results) - len(passed),
            known=position.known + len(outcomes) - len(wanted),
        )
        return Step(wanted, after)

    def _page(self, question: Question, position: Position) -> Page:
        window = None if question.since is None else window_since(question.since, self.today())
        passed, limit, doubts = set(position.passed), question.limit, 0

        def judge(page: Page) -> str | None:
            """What speaks against a page: asked for again, it is mostly right. A count that is too low would end the fetch early."""
            nonlocal doubts
            new = set(page.results) - passed
            if len(passed) + len(new) > page.count:
                return f"counts {page.count} papers and sent {len(passed) + len(new)}"
            is_doubtful = len(new) < len(page.results) or (not new and len(passed) < page.count and limit is None)
            doubts += is_doubtful
            return "sent papers that it had sent before, or none" if is_doubtful and doubts <= _MOST_DOUBTS else None

        size = self.page_size if limit is None else min(self.page_size, limit)
        query, anew = query_within(question.query, window), position.passes > 0
        return self.service.page(query, position.cursor, size=size, anew=anew, judge=judge)


def _records(page: Page) -> dict[str, object]:
    """The records of a page by id; the first where one comes twice."""
    records = items_at(parse_json(page.body), "resultList", "result")
    named: dict[str, object] = {}
    for name, record in zip(page.results, records, strict=True):
        named.setdefault(name, record)
    return named


def _read(record: object, name: str) -> Outcome:
    document = json.dumps({"resultList": {"result": [record]}}).encode()
    return next(read_stream(BytesIO(document), location=f"{LOCATION} {name}"))


def _names(paper: Paper) -> set[str]:
    ids = ((paper.pmid, None, None), (None, paper.pmcid, None), (None, None, paper.doi))
    return {paper.id, *(paper_id(pmid=pmid, pmcid=pmcid, doi=doi) for pmid, pmcid, doi in ids if pmid or pmcid or doi)}
