"""Papers of Europe PMC: a query gone through page by page, each record told by its source and number."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from kg.errors import NotAPaperError
from kg.fetch.europepmc import BEGIN, EuropePmc, Page, query_within
from kg.fetch.job import Position, Question, Step
from kg.fetch.windows import window_since
from kg.model import Paper
from kg.read.identifiers import paper_id
from kg.read.json_values import items_at, parse_json
from kg.read.outcome import Outcome, Read, as_outcome
from kg.read.papers import read_stream

LOCATION = "Europe PMC"
_PAGE = 200


@dataclass(frozen=True)
class EuropePmcPapers:
    """A ``PaperSource`` over the search of Europe PMC."""

    service: EuropePmc
    today: Callable[[], date]
    page_size: int = _PAGE

    def begin(self, question: Question) -> Position:
        """How many there are; the page that tells is kept, and so is not asked for twice."""
        page = self._page(question, Position(total=0, cursor=BEGIN))
        total = page.count if question.limit is None else min(page.count, question.limit)
        return Position(total=total, cursor=BEGIN, is_finished=total == 0)

    def step(self, question: Question, position: Position, known: Collection[str]) -> Step:
        """The next page."""
        page = self._page(question, position)
        room = None if question.limit is None else question.limit - len(position.ids)
        fresh = dict.fromkeys(each for each in page.results if each not in set(position.ids))
        taken = list(fresh)[:room]
        outcomes = [_read(record, name) for name, record in _records(page).items() if name in set(taken)]
        wanted = [each for each in outcomes if not (isinstance(each, Read) and any(name in known for name in _names(each.paper)))]
        ids = (*position.ids, *taken)
        total = page.count if question.limit is None else min(page.count, question.limit)
        after = Position(
            total=total,
            done=len(ids),
            ids=ids,
            cursor=page.next_cursor or "",
            is_finished=page.next_cursor is None or (question.limit is not None and len(ids) >= question.limit),
            duplicates=position.duplicates + len(page.results) - len(fresh),
            known=position.known + len(outcomes) - len(wanted),
        )
        return Step(wanted, after)

    def _page(self, question: Question, position: Position) -> Page:
        window = None if question.since is None else window_since(question.since, self.today())
        seen, limit = set(position.ids), question.limit

        def judge(page: Page) -> str | None:
            """Whether the pages add up to the count; a count or a page that is wrong is asked for again."""
            got = len(seen | set(page.results))
            if got > page.count:
                return f"counts {page.count} papers and sent {got}"
            is_enough = got == page.count or (limit is not None and got >= limit)
            if page.next_cursor is None and not is_enough:
                return f"counts {page.count} papers and ends after {got}"
            return "sent a page without a new paper" if got == len(seen) and not is_enough else None

        size = self.page_size if limit is None else min(self.page_size, limit)
        return self.service.page(query_within(question.query, window), position.cursor, size=size, judge=judge)


def _records(page: Page) -> dict[str, object]:
    """The records of a page by id; the first where one comes twice."""
    records = items_at(parse_json(page.body), "resultList", "result")
    named: dict[str, object] = {}
    for name, record in zip(page.results, records, strict=True):
        named.setdefault(name, record)
    return named


def _read(record: object, name: str) -> Outcome:
    document = json.dumps({"resultList": {"result": [record]}}).encode()
    for outcome in read_stream(BytesIO(document), location=f"{LOCATION} {name}"):
        return outcome
    return as_outcome(NotAPaperError("an empty record"), location=LOCATION, record=name)


def _names(paper: Paper) -> set[str]:
    ids = ((paper.pmid, None, None), (None, paper.pmcid, None), (None, None, paper.doi))
    return {paper.id, *(paper_id(pmid=pmid, pmcid=pmcid, doi=doi) for pmid, pmcid, doi in ids if pmid or pmcid or doi)}
