"""Links of one paper in words, for showing.

Imported inside command functions only.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.changes.records import COMPARED, TIED, seen_from
from kg.changes.sayings import HEADINGS, name_of, reason_words
from kg.model import Link, LinkKind

#: Links of one kind that are told; the rest is counted.
_MOST = 8
_REASONS = 2


def link_lines(links: Sequence[Link], paper: str, names: Mapping[str, str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Headings, each with what is linked under it: the other paper, and why."""
    by_kind: defaultdict[LinkKind, list[Link]] = defaultdict(list)
    for link in links:
        by_kind[link.kind].append(seen_from(link, paper))
    for kind in (*COMPARED, *TIED):
        if by_kind[kind]:
            yield HEADINGS[kind], list(_lines(by_kind[kind], names))


def _lines(links: Sequence[Link], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    ordered = sorted(links, key=lambda each: (-each.score, each.object_paper, each.object))
    for link in ordered[:_MOST]:
        yield name_of(link.object_paper, names), "; ".join(reason_words(link)[:_REASONS])
    if len(ordered) > _MOST:
        yield f"and {len(ordered) - _MOST} more", ""
