"""What the columns of findings say of each node: its findings, its neighbours, and what counts once. Pure; made anew for each state."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar, overload
from urllib.parse import quote, unquote

import numpy as np

from kg.errors import QueryError
from kg.model import Direction, Significance
from kg.namespaces import BASE
from kg.network import Level
from kg.vocabulary import Vocabulary
from kg.web.columns import Columns, Flags, Ints, Keys
from kg.web.facets import Facet
from kg.web.findings import StudyRow

Numbers = TypeVar("Numbers", Ints, Keys)
_TWO_BYTES = 1 << 16


class Cited(NamedTuple):
    """A finding and its study."""

    iri: str
    study: StudyRow


def cursor_of(cited: Cited) -> str:
    """The place of a finding in the order of ``Behind``, as one word; it holds when the finding is gone."""
    return "|".join((str(cited.study.year or 0), quote(cited.study.paper, safe=""), quote(cited.iri.removeprefix(BASE), safe="/")))


def read_cursor(cursor: str) -> tuple[int, str, str]:
    """The place that a cursor names.

    Raises:
        QueryError: it is none.
    """
    year, *names = cursor.split("|")
    if len(names) != 2 or not (year.isascii() and year.isdigit()):
        raise QueryError("that is no cursor", remedy="Take it from next of the page before, or begin without one")
    return -int(year), unquote(names[0]), BASE + unquote(names[1])


def _order(cited: Cited) -> tuple[int, str, str]:
    return -(cited.study.year or 0), cited.study.paper, cited.iri


class Behind(Sequence[Cited]):
    """Findings, newest studies first, made when they are looked at."""

    def __init__(self, columns: Columns, places: Ints) -> None:
        self._columns = columns
        #: Of each finding in the columns, ascending.
        self.places = places

    @property
    def papers(self) -> int:
        """How many papers they are of."""
        return len(np.unique(self._columns.study[self.places]))

    def after(self, key: tuple[int, str, str]) -> int:
        """How many come up to that place in the order, whether or not a finding is there."""
        return bisect_right(self, key, key=_order)

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, at: int, /) -> Cited: ...
    @overload
    def __getitem__(self, at: slice, /) -> "Behind": ...
    def __getitem__(self, at: int | slice, /) -> "Cited | Behind":
        if isinstance(at, slice):
            return Behind(self._columns, self.places[at])
        place = int(self.places[at])
        return Cited(self._columns.iris[place], self._columns.studies[int(self._columns.study[place])])


class At(Mapping[str, Behind]):
    """The findings at each node."""

    def __init__(self, index: "FindingIndex") -> None:
        self._index = index

    def __getitem__(self, node: str, /) -> Behind:
        return Behind(self._index.columns, self._index.findings_at(self._index.places[node]))

    def __contains__(self, node: object, /) -> bool:
        return node in self._index.places

    def __iter__(self) -> Iterator[str]:
        return iter(self._index.columns.nodes)

    def __len__(self) -> int:
        return len(self._index.columns.nodes)


@dataclass(frozen=True, eq=False)
class Ends:
    """Both ends of each tie, by node: what is at the other end, and which finding ties them."""

    #: Where the ends at a node begin; one more than there are nodes.
    starts: Ints
    near: Ints
    finding: Ints
    is_found: Flags
    #: Whether the node comes before its neighbour in order of the columns.
    is_first: Flags

    def at(self, node: int) -> slice:
        """The ends at a node."""
        return slice(int(self.starts[node]), int(self.starts[node + 1]))


@dataclass(frozen=True, eq=False)
class Values:
    """A facet: its values, and which a finding or a study has."""

    words: tuple[str, ...]
    #: A value of a finding, or of a study, each.
    codes: Ints
    #: The study of each code; None where each code is of the finding at its place.
    studies: Ints | None = None

    def passing(self, columns: Columns, places: Ints, wanted: frozenset[str]) -> Flags:
        """Which findings have one of the values."""
        is_wanted = np.array([each in wanted for each in self.words], np.bool_)[self.codes]
        if self.studies is None:
            return np.asarray(is_wanted[places])
        has = np.zeros(len(columns.studies), np.bool_)
        has[self.studies[is_wanted]] = True
        return np.asarray(has[columns.study[places]])

    def counts(self, columns: Columns, places: Ints) -> tuple[tuple[str, int], ...]:
        """How many findings have each value, most first."""
        if self.studies is None:
            counted = np.bincount(self.codes[places], minlength=len(self.words))
        else:
            of_study = np.bincount(columns.study[places], minlength=len(columns.studies))
            counted = np.bincount(self.codes, weights=of_study[self.studies], minlength=len(self.words))
        found = [(self.words[place], int(counted[place])) for place in np.flatnonzero(counted).tolist()]
        return tuple(sorted(found, key=lambda each: (-each[1], each[0])))


class FindingIndex:
    """All findings, by node."""

    def __init__(self, columns: Columns, vocabulary: Vocabulary) -> None:
        self.columns = columns
        #: The number of each node.
        self.places = {node: place for place, node in enumerate(columns.nodes)}
        self.studies: Mapping[str, StudyRow] = {each.paper: each for each in columns.studies}
        #: What people call each paper, by id.
        self.names: Mapping[str, str] = {each.paper: each.label for each in columns.studies}
        self.labels: Mapping[str, str] = dict(_labels(columns, vocabulary))
        #: By study, a number of what counts once, below the number of studies; and whether it is of animals or cultures.
        self.cohort = _numbered(each.counts_as for each in columns.studies)
        self.is_preclinical = np.array([each.level is Level.PRECLINICAL for each in columns.studies], np.bool_)
        self.ends = _ends(columns)
        self.at = At(self)
        #: How many findings each node has, and how many cohorts speak of it.
        self.sizes = self._counts(np.arange(len(columns.iris), dtype=np.int32))
        self.cohorts = self._counts(self.cohort[columns.study])
        #: In the order of ``Facet``.
        self.facets: Mapping[Facet, Values] = {each: _values(columns, each) for each in Facet}

    def findings_at(self, node: int) -> Ints:
        """Places of the findings that tie a node, ascending."""
        return once(self.ends.finding[self.ends.at(node)])

    def among(self, nodes: Iterable[str]) -> Flags:
        """Which findings tie one of the nodes; those that nothing ties are passed over."""
        found = np.zeros(len(self.columns.iris), np.bool_)
        for node in nodes:
            if node in self.places:
                found[self.findings_at(self.places[node])] = True
        return found

    def standing(self, found: Flags) -> Behind:
        """These findings without those of withdrawn papers."""
        is_withdrawn = np.array([each.is_withdrawn for each in self.columns.studies], np.bool_)
        return Behind(self.columns, np.flatnonzero(found & ~is_withdrawn[self.columns.study]).astype(np.int32))

    def near(self, node: int) -> Ints:
        """The nodes tied to one, ascending."""
        return once(self.ends.near[self.ends.at(node)])

    def _counts(self, of_finding: Ints) -> Ints:
        """By node, how many different numbers its findings have."""
        nodes = np.repeat(np.arange(len(self.columns.nodes), dtype=np.int64), np.diff(self.ends.starts))
        most = int(of_finding.max()) + 1 if len(of_finding) else 1
        pairs = once(nodes * most + of_finding[self.ends.finding])
        return np.bincount(pairs // most, minlength=len(self.columns.nodes)).astype(np.int32)


def once(numbers: Numbers) -> Numbers:
    """Each number once, ascending."""
    ordered = np.sort(numbers)
    is_new = np.ones(len(ordered), np.bool_)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_new]


def _ends(columns: Columns) -> Ends:
    """Each tie twice, at either end."""
    node = np.concatenate([columns.one, columns.other])
    # Sorting two bytes takes a tenth of the time that four do.
    order = np.argsort(node.astype(np.uint16) if len(columns.nodes) <= _TWO_BYTES else node, kind="stable")
    is_first = np.concatenate([np.ones(len(columns.one), np.bool_), np.zeros(len(columns.other), np.bool_)])
    counted = np.bincount(node, minlength=len(columns.nodes))
    return Ends(
        starts=np.concatenate([[0], np.cumsum(counted)]).astype(np.int32),
        near=np.concatenate([columns.other, columns.one])[order],
        finding=np.concatenate([columns.finding, columns.finding])[order],
        is_found=np.concatenate([columns.is_found, columns.is_found])[order],
        is_first=is_first[order],
    )


def _values(columns: Columns, facet: Facet) -> Values:
    match facet:
        case Facet.DIRECTION:
            return Values(tuple(each.value for each in Direction), columns.direction)
        case Facet.SIGNIFICANCE:
            return Values(tuple(each.value for each in Significance), columns.significance)
        case Facet.GROUP:
            return Values(columns.groups, columns.group)
    had = [each.facets[facet] for each in columns.studies]
    words = sorted({word for each in had for word in each})
    places = {word: place for place, word in enumerate(words)}
    codes = np.array([places[word] for each in had for word in each], np.int32)
    return Values(tuple(words), codes, np.repeat(np.arange(len(had), dtype=np.int32), [len(each) for each in had]))


def _numbered(words: Iterable[str]) -> Ints:
    """A number for each word, the same for the same word."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(word, len(known)) for word in words], np.int32)


def _labels(columns: Columns, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    papers = {each.node: each.label for each in columns.studies}
    phrases: dict[str, str] = {}
    for study in columns.studies:
        for node, phrase in study.phrases.items():
            phrases[node] = min(phrase, phrases.get(node, phrase))
    for node in columns.nodes:
        yield node, papers.get(node) or phrases.get(node) or _label(node, vocabulary)


def _label(node: str, vocabulary: Vocabulary) -> str:
    slug = node.partition(":")[2]
    return vocabulary[slug].label if slug in vocabulary else slug.rpartition("/")[2].replace("-", " ")
