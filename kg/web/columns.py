"""All findings as columns: numbers in arrays, words once each. What counts over a hundred thousand findings in milliseconds.

Columns are never changed; ``updated`` makes new ones of which only the papers that changed were read.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.model import Direction, Significance
from kg.namespaces import graph_iri
from kg.web.findings import StudyRow, ties
from kg.web.reading import States, Studies

Ints = NDArray[np.int32]
Keys = NDArray[np.int64]
Flags = NDArray[np.bool_]

_DIRECTIONS = {each: code for code, each in enumerate(Direction)}
_SIGNIFICANCES = {each: code for code, each in enumerate(Significance)}


@dataclass(frozen=True, eq=False)
class Columns:
    """Findings by study, newest studies first; what they tie by finding."""

    studies: tuple[StudyRow, ...]
    #: Ids, sorted: a smaller number is a smaller id.
    nodes: tuple[str, ...]
    #: Topmost outcomes, sorted.
    groups: tuple[str, ...]
    iris: tuple[str, ...]
    # Of each finding: its place in ``studies``, in ``Direction``, in ``Significance`` and in ``groups``.
    study: Ints
    direction: Ints
    significance: Ints
    group: Ints
    # Of each tie: the place of its finding, those of its two nodes, and whether it is what was found.
    finding: Ints
    one: Ints
    other: Ints
    is_found: Flags


def columns_of(studies: Studies) -> Columns:
    """The columns of these studies."""
    nodes, groups = _Codes(), _Codes()
    iris: list[str] = []
    own: list[tuple[int, int, int, int]] = []
    tied: list[tuple[int, int, int, bool]] = []
    for place, (study, findings) in enumerate(studies):
        for each in findings:
            tied += ((len(iris), nodes[one], nodes[other], is_found) for one, other, is_found in ties(each, study))
            iris.append(each.iri)
            own.append((place, _DIRECTIONS[each.direction], _SIGNIFICANCES[each.significance], groups[each.group]))
    place_of, direction, significance, group = np.array(own, np.int32).reshape(-1, 4).T
    finding, one, other, is_found = np.array(tied, np.int32).reshape(-1, 4).T
    return _arranged(
        Columns(
            studies=tuple(study for study, _ in studies),
            nodes=tuple(nodes),
            groups=tuple(groups),
            iris=tuple(iris),
            study=place_of,
            direction=direction,
            significance=significance,
            group=group,
            finding=finding,
            one=one,
            other=other,
            is_found=is_found.astype(np.bool_),
        )
    )


def updated(columns: Columns, states: States, read: Callable[[States], Studies]) -> Columns:
    """The columns of the papers in these states; only those are read that are not in that state here."""
    words = {graph: state.word for graph, state in states.items()}
    graphs = [graph_iri("paper", each.paper) for each in columns.studies]
    kept = np.array([words.get(graph) == each.state for graph, each in zip(graphs, columns.studies, strict=True)], np.bool_)
    known = {graph for graph, is_kept in zip(graphs, kept, strict=True) if is_kept}
    wanted = {graph: state for graph, state in states.items() if graph not in known}
    if not wanted and kept.all():
        return columns
    return _joined(columns, kept, columns_of(read(wanted) if wanted else []))


def runs(starts: Ints, lengths: Ints) -> Ints:
    """The places of runs laid end to end."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return (np.arange(total) + np.repeat(starts - ends + lengths, lengths)).astype(np.int32)


class _Codes(dict[str, int]):
    """A number for each word, given when it is first met."""

    def __missing__(self, word: str) -> int:
        self[word] = len(self)
        return self[word]


def _joined(first: Columns, kept: Flags, second: Columns) -> Columns:
    """The kept studies of one and all of the other."""
    both = Columns(
        first.studies + second.studies,
        first.nodes + second.nodes,
        first.groups + second.groups,
        first.iris + second.iris,
        study=_end_to_end(first.study, second.study + len(first.studies)),
        direction=_end_to_end(first.direction, second.direction),
        significance=_end_to_end(first.significance, second.significance),
        group=_end_to_end(first.group, second.group + len(first.groups)),
        finding=_end_to_end(first.finding, second.finding + len(first.iris)),
        one=_end_to_end(first.one, second.one + len(first.nodes)),
        other=_end_to_end(first.other, second.other + len(first.nodes)),
        is_found=np.concatenate([first.is_found, second.is_found]),
    )
    return _arranged(both, np.concatenate([kept, np.ones(len(second.studies), np.bool_)]))


def _end_to_end(first: Ints, second: Ints) -> Ints:
    return np.concatenate([first, second]).astype(np.int32)


def _arranged(raw: Columns, kept: Flags | None = None) -> Columns:
    """The kept studies newest first, with only the words that they use."""
    places = range(len(raw.studies)) if kept is None else np.flatnonzero(kept).tolist()
    order = np.array(sorted(places, key=lambda place: _newest_first(raw.studies[place])), np.int32)
    of_study, of_finding = _lengths(raw.study, len(raw.studies)), _lengths(raw.finding, len(raw.iris))
    findings = runs(_starts(of_study)[order], of_study[order])
    tied = runs(_starts(of_finding)[findings], of_finding[findings])
    nodes, (one, other) = _recoded(raw.nodes, (raw.one[tied], raw.other[tied]))
    groups, (group,) = _recoded(raw.groups, (raw.group[findings],))
    return Columns(
        tuple(raw.studies[place] for place in order.tolist()),
        nodes,
        groups,
        tuple(raw.iris[place] for place in findings.tolist()),
        study=np.repeat(np.arange(len(order), dtype=np.int32), of_study[order]),
        direction=raw.direction[findings],
        significance=raw.significance[findings],
        group=group,
        finding=np.repeat(np.arange(len(findings), dtype=np.int32), of_finding[findings]),
        one=one,
        other=other,
        is_found=raw.is_found[tied],
    )


def _newest_first(study: StudyRow) -> tuple[int, str]:
    return -(study.year or 0), study.paper


def _lengths(codes: Ints, count: int) -> Ints:
    return np.bincount(codes, minlength=count).astype(np.int32)


def _starts(lengths: Ints) -> Ints:
    return (np.cumsum(lengths) - lengths).astype(np.int32)


def _recoded(words: Sequence[str], columns: Iterable[Ints]) -> tuple[tuple[str, ...], list[Ints]]:
    """The words that the columns use, sorted and once each, and the columns in their numbers."""
    old = list(columns)
    used = np.unique(np.concatenate(old)).tolist()
    names = sorted({words[each] for each in used})
    places = {name: place for place, name in enumerate(names)}
    new = np.zeros(len(words), np.int32)
    new[used] = [places[words[each]] for each in used]
    return tuple(names), [new[each] for each in old]
