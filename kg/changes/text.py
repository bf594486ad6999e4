"""What papers changed, as plain text for a terminal or a mail."""

from collections.abc import Iterator, Sequence
from shlex import quote
from textwrap import wrap
from urllib.parse import unquote

from kg.changes import sayings
from kg.changes.records import Changes, PaperChanges
from kg.model import Link, LinkKind
from kg.wording import RETRACTED

#: Papers told one by one; of the others only the totals.
MOST_PAPERS = 12
#: Lines of one list of a paper; how many more there are is said below it.
MOST_LINES = 6
#: One line, or a first one with others below it.
Entry = tuple[str, ...]
_MOST_FACTORS = 3
_WIDTH = 110


def render_text(changes: Changes, *, width: int = _WIDTH) -> str:
    """The report; papers with contradictions come first, then those with tensions, then by id."""
    if not changes.papers:
        return "Nothing new.\n"
    told = sorted(changes.papers, key=_weight)
    lines = [f"What is new: {sayings.totals(changes)}", *_moved(changes)]
    for paper in told[:MOST_PAPERS]:
        lines += ["", *_paper(paper, changes, width)]
    if len(told) > MOST_PAPERS:
        lines += ["", f"and {len(told) - MOST_PAPERS} more papers; see each with kg diff PAPER"]
    return "\n".join(lines) + "\n"


def render_brief(changes: Changes, *, width: int = _WIDTH) -> str:
    """The same in a few lines a paper: how much of each kind there is, and which papers it contradicts or stands in tension with."""
    if not changes.papers:
        return "Nothing new.\n"
    told = sorted(changes.papers, key=_weight)
    lines = [f"What is new: {sayings.totals(changes)}"]
    for paper in told[:MOST_PAPERS]:
        lines += ["", *_brief(paper, changes, width)]
    moved = [f"{sayings.counted(len(changes.moved), 'count of the evidence', 'counts of the evidence')} moved"] if changes.moved else []
    more = [f"and {len(told) - MOST_PAPERS} more papers"] if len(told) > MOST_PAPERS else []
    return "\n".join([*lines, "", *moved, *more, f"All of it: kg diff {_argument(told[0])}"]) + "\n"


def _brief(paper: PaperChanges, changes: Changes, width: int) -> Iterator[str]:
    yield from _head(paper, width)
    counts = [f"{heading.lower()}: {len(entries)}" for heading, entries in _lists(paper, changes)]
    yield from wrap("; ".join(counts), width, initial_indent="  ", subsequent_indent="  ")
    for kind in (LinkKind.CONTRADICTS, LinkKind.TENSION):
        names = list(dict.fromkeys(sayings.name_of(each.object_paper, changes.names) for each in paper.of_kind(kind)))
        if names:
            more = f" and {len(names) - MOST_LINES} more" if len(names) > MOST_LINES else ""
            told = f"{sayings.HEADINGS[kind]} {', '.join(names[:MOST_LINES])}{more}"
            yield from wrap(told, width, initial_indent="  ", subsequent_indent="    ")


def _argument(paper: PaperChanges) -> str:
    """How the paper is given to a command."""
    return quote(paper.pmid or paper.doi or unquote(paper.paper))


def _weight(paper: PaperChanges) -> tuple[int, int, str]:
    return -len(paper.of_kind(LinkKind.CONTRADICTS)), -len(paper.of_kind(LinkKind.TENSION)), paper.paper


def _moved(changes: Changes) -> list[str]:
    return ["", "What moved", *(f"  {sayings.moved_words(each)}" for each in changes.moved)] if changes.moved else []


def _head(paper: PaperChanges, width: int) -> Iterator[str]:
    title = paper.title or "(no title)"
    yield from wrap(title if title.startswith(paper.name) else f"{paper.name}. {title}", width)
    if paper.is_retracted:
        yield f"  {RETRACTED}"
    if sayings.about(paper):
        yield f"  {sayings.about(paper)}"


def _paper(paper: PaperChanges, changes: Changes, width: int) -> Iterator[str]:
    yield from _head(paper, width)
    for heading, entries in _lists(paper, changes):
        yield f"  {heading}"
        for entry in entries[:MOST_LINES]:
            yield from _lines(entry, width)
        if len(entries) > MOST_LINES:
            yield f"    and {len(entries) - MOST_LINES} more"


def _lines(entry: Entry, width: int) -> Iterator[str]:
    """The first line of an entry stands out; the others are indented below it."""
    first, *others = entry
    yield from wrap(first, width, initial_indent="    ", subsequent_indent="        ", break_on_hyphens=False)
    for line in others:
        yield from wrap(line, width, initial_indent="      ", subsequent_indent="        ", break_on_hyphens=False)


def _lists(paper: PaperChanges, changes: Changes) -> Iterator[tuple[str, Sequence[Entry]]]:
    for kind, heading, links in sayings.headed_links(paper):
        if kind is not LinkKind.RELATED:
            yield heading, [_link(link, paper, changes) for link in links]
    yield from ((name, [(entry,) for entry in entries]) for name, entries in _news(paper) if entries)
    related = paper.of_kind(LinkKind.RELATED)
    if related:
        yield "Related", [_link(link, paper, changes) for link in related]


def _news(paper: PaperChanges) -> Iterator[tuple[str, list[str]]]:
    yield "Findings", [sayings.finding_words(claim) for claim in paper.findings]
    yield "First to study", [f"{gap.source} cells: {gap.outcome}" for gap in paper.gaps_filled]
    yield "First to mention", [f"{first.label} ({first.kind.replace('_', ' ')})" for first in paper.first_seen]


def _link(link: Link, paper: PaperChanges, changes: Changes) -> Entry:
    other = sayings.name_of(link.object_paper, changes.names)
    why = sayings.reason_words(link)
    if link.object_sentence is None:
        return (f"{other}: {'; '.join(why)}",)
    differing = "; ".join(sayings.difference_words(each, own=paper.name, other=other) for each in link.differing[:_MOST_FACTORS])
    return (other, *why, f"“{link.object_sentence}”", *([f"Differs in {differing}"] if differing else []))
