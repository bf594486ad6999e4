"""How many papers went where: the counts of a PRISMA 2020 flow, as a record, as text and as JSON. Pure.

Page MJ and others, The PRISMA 2020 statement, BMJ 2021;372:n71, figure 1. Screening here is of titles and abstracts, so the boxes on
full texts are not filled; those left for a person stand beside those included.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import Field

from kg.model import Record, SearchRecord
from kg.screen.records import Decided, Reason, Screening


class Counted(Record):
    """So many of something."""

    name: str
    papers: int = Field(ge=0)


class Flow(Record):
    """The counts; those after ``duplicates`` are of papers that remain."""

    #: Records by where they came from.
    identified: tuple[Counted, ...]
    duplicates: int
    screened: int
    #: By reason, in the order of ``Reason``.
    excluded: tuple[Counted, ...]
    #: Of those excluded, by rules alone, and by a person.
    excluded_by_rules: int
    excluded_by_persons: int
    #: Left for a person.
    undecided: int
    included: int
    #: Decisions of rules that persons overruled.
    overruled: int = 0
    #: Records that could not be read; they are in no other count.
    unread: int = 0
    searches: tuple[SearchRecord, ...] = ()

    @property
    def total(self) -> int:
        """All records identified."""
        return sum(each.papers for each in self.identified)

    @property
    def all_excluded(self) -> int:
        """Papers excluded for any reason."""
        return self.excluded_by_rules + self.excluded_by_persons


def count_flow(screenings: Sequence[Screening], *, searches: Iterable[SearchRecord] = (), unread: int = 0) -> Flow:
    """The flow of all records; each is in just one of duplicates, excluded, undecided and included."""
    sources = Counter(each.candidate.source for each in screenings)
    remaining = [each for each in screenings if each.reason is not Reason.DUPLICATE]
    excluded = [each for each in remaining if each.decided is Decided.EXCLUDE]
    reasons = Counter(each.reason for each in excluded)
    return Flow(
        identified=tuple(Counted(name=name, papers=sources[name]) for name in sorted(sources)),
        duplicates=len(screenings) - len(remaining),
        screened=len(remaining),
        excluded=tuple(Counted(name=reason, papers=reasons[reason]) for reason in Reason if reasons[reason]),
        excluded_by_rules=sum(not each.by for each in excluded),
        excluded_by_persons=sum(bool(each.by) for each in excluded),
        undecided=sum(each.decided is Decided.MAYBE for each in remaining),
        included=sum(each.decided is Decided.INCLUDE for each in remaining),
        overruled=sum(each.is_overruled for each in remaining),
        unread=unread,
        searches=tuple(searches),
    )


def flow_text(flow: Flow) -> str:
    """The counts in lines, each below what it is a part of."""
    rows = [
        ("records identified", flow.total, 0),
        *((each.name, each.papers, 1) for each in flow.identified),
        ("duplicates removed", flow.duplicates, 0),
        ("papers screened", flow.screened, 0),
        ("papers excluded", flow.all_excluded, 0),
        *((each.name, each.papers, 1) for each in flow.excluded),
        ("papers left for a person", flow.undecided, 0),
        ("papers included", flow.included, 0),
    ]
    lines = [f"{'  ' * level}{name}".ljust(34) + f"{count:>7}" for name, count, level in rows]
    if flow.excluded_by_persons or flow.overruled:
        words = f"{flow.excluded_by_rules} excluded by rules, {flow.excluded_by_persons} by persons"
        lines += ["", f"{words}; {flow.overruled} decisions of the rules overruled"]
    if flow.unread:
        lines += ["", f"{flow.unread} records could not be read"]
    return "".join(f"{line}\n" for line in (*lines, *_searches(flow.searches)))


def flow_json(flow: Flow) -> str:
    """The record as JSON."""
    return flow.model_dump_json(indent=1) + "\n"


def _searches(searches: Sequence[SearchRecord]) -> list[str]:
    if not searches:
        return []
    said = [f"  {each.date}  {each.source}  {each.hits} hits, {each.retrieved} retrieved: {each.query}" for each in searches]
    return ["", "searches", *said]
