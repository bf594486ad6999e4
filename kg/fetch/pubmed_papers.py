"""Papers of PubMed: a query listed as PMIDs, and their records in batches, each told by its PMID.

The list is made first and whole, so that what is missing or comes twice is seen. Records come by POST from the history server,
where the search has put them; what that does not give, or has forgotten, is posted to it by PMID.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

from kg.errors import FetchError, ReadError, RefusedError
from kg.fetch.eutils import Eutils, Found, History
from kg.fetch.job import ListedSet, Position, Question, Step
from kg.fetch.windows import Window, window_since
from kg.read.outcome import Outcome, as_outcome
from kg.read.papers import read_stream
from kg.read.pubmed import split_pubmed
from kg.read.streams import open_source

LOCATION = "PubMed"
#: NCBI asks for no more than some hundreds of records a request.
BATCH = 200
#: Times that records which a listed set lacks are posted and asked for.
_ASKED_FOR_LACKING = 4
#: By what the papers of one day are parted: about a half or a third of PubMed each.
_APART = ("english[la]", "hasabstract", "journal article[pt]", "humans[mh]", "medline[sb]")
_PMID = re.compile(rb"<PMID[^>]*>\s*0*(\d+)\s*<")
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n'
_TAIL = b"\n</PubmedArticleSet>\n"


@dataclass(frozen=True)
class PubMedPapers:
    """A ``PaperSource`` over the E-utilities."""

    eutils: Eutils
    today: Callable[[], date]
    batch: int = BATCH

    def begin(self, question: Question) -> Position:
        """List the query.

        Raises:
            FetchError: the parts of the list do not add up to the count, or a day alone has more papers than PubMed lists.
        """
        window = None if question.since is None else window_since(question.since, self.today())
        found = self.eutils.search(question.query, window=window)
        sets = self._sets(question, found, window)
        ids = tuple(each for part in sets for each in part.ids)[: question.limit]
        listed = tuple(ListedSet(size=len(part.ids), web_env=part.history.web_env, query_key=part.history.query_key) for part in sets)
        return Position(total=len(ids), ids=ids, sets=listed, is_finished=not ids, remarks=found.remarks)

    def step(self, question: Question, position: Position, known: Collection[str]) -> Step:
        """The next batch of one set."""
        history, start, size = self._place(position)
        ids = position.ids[position.done : position.done + size]
        needed = tuple(each for each in ids if f"pmid-{each}" not in known)
        got = self.records(needed, listed=_Slice(history, start, size) if needed == ids else None)
        done = position.done + len(ids)
        after = {
            "done": done,
            "is_finished": done >= len(position.ids),
            "duplicates": position.duplicates + got.duplicates,
            "known": position.known + len(ids) - len(needed),
        }
        return Step(got.outcomes(), position.model_copy(update=after))

    def records(self, ids: Sequence[str], *, listed: "_Slice | None" = None) -> "Records":
        """The records of these PMIDs; those that PubMed does not send are in ``lacking``."""
        got = Records({}, tuple(ids))
        kept = self.eutils.kept_records(ids) if ids else None
        if kept is not None:
            return got.with_answer(kept)
        if listed is not None:
            got = self._with_slice(got, listed)
        for _ in range(_ASKED_FOR_LACKING):
            if not got.lacking:
                break
            got = self._with_slice(got, _Slice(self.eutils.post(got.lacking), 0, len(got.lacking)))
        if got.found and not got.lacking:
            self.eutils.keep_records(ids, got.body())
        return got

    def _with_slice(self, got: "Records", part: "_Slice") -> "Records":
        try:
            return got.with_answer(self.eutils.records(part.history, start=part.start, size=part.size))
        except RefusedError:
            # The history server forgets sets, and says so in several ways; a request that is wrong fails when it is made anew.
            return got

    def _place(self, position: Position) -> tuple[History, int, int]:
        """The set in which the position stands, where in it, and how many ids to take."""
        before = 0
        for part in position.sets:
            if position.done < before + part.size:
                start = position.done - before
                return History(part.web_env, part.query_key), start, min(self.batch, part.size - start, len(position.ids) - position.done)
            before += part.size
        raise FetchError("the saved position is beyond its list", location=LOCATION, remedy="Delete the saved job and run it again")

    def _sets(self, question: Question, found: Found, window: Window | None) -> list[Found]:
        """The list in parts that PubMed lists whole, newest first."""
        wanted = found.count if question.limit is None else min(question.limit, found.count)
        if wanted <= len(found.ids):
            return [found] if found.ids else []
        whole = window if window is not None else window_since(None, self.today())
        listed, count = 0, found.count
        for anew in (False, True):
            if anew:
                count = self.eutils.search(question.query, window=window, anew=True).count
            sets = list(_until(self._parts(question.query, whole, anew=anew), question.limit))
            listed = len({each for part in sets for each in part.ids})
            if listed == count or (question.limit is not None and listed >= question.limit):
                return sets
        raise FetchError(
            f"counts {count} papers, and lists {listed} in parts by entry date", location=LOCATION, remedy="Run it again in an hour"
        )

    def _parts(self, query: str, window: Window, *, anew: bool, apart: Sequence[str] = _APART) -> Iterator[Found]:
        """The query in parts that are listed whole: by entry date, and a day by what its records are."""
        found = self.eutils.search(query, window=window, anew=anew)
        if found.count <= self.eutils.most_ids:
            if found.ids:
                yield found
        elif window.is_one_day and apart:
            first, *others = apart
            for part in (f"({query}) AND {first}", f"({query}) NOT {first}"):
                yield from self._parts(part, window, anew=anew, apart=others)
        elif window.is_one_day:
            raise FetchError(
                f"{found.count} papers of one kind came in on {window.first} alone, and PubMed lists {self.eutils.most_ids} of a query",
                location=LOCATION,
                remedy="Narrow the query",
            )
        else:
            older, newer = window.halves()
            yield from self._parts(query, newer, anew=anew)
            yield from self._parts(query, older, anew=anew)


@dataclass(frozen=True)
class _Slice:
    history: History
    start: int
    size: int


@dataclass(frozen=True)
class Records:
    """Records as they came, by PMID."""

    found: dict[str, bytes]
    asked: tuple[str, ...]
    duplicates: int = 0

    @property
    def lacking(self) -> tuple[str, ...]:
        """PMIDs that were asked for and did not come."""
        return tuple(each for each in self.asked if each not in self.found)

    def with_answer(self, body: bytes) -> "Records":
        """These and what an answer adds; what was not asked for or is here already is dropped and counted."""
        found, dropped = dict(self.found), 0
        for frame in split_pubmed(open_source(BytesIO(body))):
            named = _PMID.search(frame.data)
            pmid = "" if named is None else named[1].decode()
            if pmid in self.asked and pmid not in found:
                found[pmid] = frame.data
            elif pmid:
                dropped += 1
        return replace(self, found=found, duplicates=self.duplicates + dropped)

    def body(self) -> bytes:
        """PubMed XML of the records, in the order asked for."""
        return _HEAD + b"\n".join(self.found[each] for each in self.asked if each in self.found) + _TAIL

    def outcomes(self) -> list[Outcome]:
        """A paper or a failure for each PMID that was asked for."""
        read = list(read_stream(BytesIO(self.body()), location=LOCATION)) if self.found else []
        return [*read, *map(_not_sent, self.lacking)]


def _not_sent(pmid: str) -> Outcome:
    return as_outcome(ReadError("PubMed has no such record, or does not send it"), location=LOCATION, record=f"PMID {pmid}")


def _until(parts: Iterable[Found], limit: int | None) -> Iterator[Found]:
    """The parts, until there are as many papers as wanted."""
    listed = 0
    for part in parts:
        yield part
        listed += len(part.ids)
        if limit is not None and listed >= limit:
            return
