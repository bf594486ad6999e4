"""Outcomes of reading -> the papers to take in: one record for each, and the place and reason of what is not taken."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, Triple

from kg.errors import GraftGraphError
from kg.model import Paper, TextKind
from kg.namespaces import GG, PREFIXES, notation_iri
from kg.read.outcome import Outcome, Read, Skipped
from kg.report import Failure, Trouble
from kg.store.protocol import Store

_DIGEST = notation_iri(TextKind.DIGEST, "text_kind")
_NAMED = {PREFIXES["fabio"] + "hasPubMedId": "pmid-", PREFIXES["fabio"] + "hasPubMedCentralId": "pmcid-", PREFIXES["prism"] + "doi": "doi-"}
_ID = PREFIXES["dcterms"] + "identifier"
# No OPTIONAL: the engine would answer it for the whole store before it looks at the graphs that are wanted.
#: Names of papers; each has its id.
_STORED = f"""SELECT ?id ?property ?name WHERE {{ AMONG GRAPH ?graph {{ ?paper a <{GG["Paper"]}> ; <{_ID}> ?id ; ?property ?name
  FILTER(?property IN ({", ".join(f"<{each}>" for each in (_ID, *_NAMED))})) }} }}"""
_KINDS = f"""SELECT ?id ?kind WHERE {{ AMONG GRAPH ?graph {{
  ?paper a <{GG["Paper"]}> ; <{_ID}> ?id ; <{GG["hasText"]}>/<{GG["textKind"]}> ?kind }} }}"""
#: More names than these are asked for by reading all papers.
_FEW_NAMES = 300


def collect(outcomes: Iterable[Outcome]) -> tuple[list[Read], list[Failure]]:
    """What was read, and apart from it what failed or is no paper, each in the order given."""
    read: list[Read] = []
    failures: list[Failure] = []
    for outcome in outcomes:
        if isinstance(outcome, Read):
            read.append(outcome)
        else:
            trouble = Trouble.SKIPPED if isinstance(outcome, Skipped) else Trouble.FAILED
            failures.append(Failure(trouble, place(outcome.error.location, outcome.error.record), reason(outcome.error)))
    return read, failures


def choose(read: Sequence[Read]) -> tuple[list[Paper], list[Failure]]:
    """One record per paper, sorted by paper id; records that share a PMID, PMCID or DOI are of one paper.

    A real record wins over a digest, a record with a text over one without, then the one with more identifiers, then the later one.
    """
    papers: list[Paper] = []
    passed_over: list[Failure] = []
    for group in _same_papers(read):
        best = max(enumerate(group), key=lambda pair: (known_of(pair[1].paper).worth, pair[0]))[1]
        papers.append(best.paper)
        for other in group:
            if other is not best:
                why = f"same paper as {best.paper.id} of {place(best.location, best.record)}"
                passed_over.append(Failure(Trouble.SKIPPED, place(other.location, other.record), why))
    return sorted(papers, key=lambda paper: paper.id), passed_over


@dataclass(frozen=True)
class Known:
    """What a paper goes by, and how much its record is worth: real before digest, with a text before without, more identifiers."""

    id: str
    names: frozenset[str]
    worth: tuple[bool, bool, int]

    @property
    def is_real(self) -> bool:
        """False for a digest."""
        return self.worth[0]

    @property
    def has_text(self) -> bool:
        """False for a record without an abstract."""
        return self.worth[1]


def known_of(paper: Paper) -> Known:
    """What a record goes by, and how much it is worth."""
    named = (("pmid-", paper.pmid), ("pmcid-", paper.pmcid), ("doi-", paper.doi))
    names = {prefix + value for prefix, value in named if value is not None}
    return Known(paper.id, frozenset({paper.id, *names}), (paper.text_kind is not TextKind.DIGEST, paper.text != "", len(names)))


def known_in(store: Store, names: Collection[str] | None = None) -> list[Known]:
    """The papers of a store, sorted by id; of some, where few names are given, those that go by one of them and maybe others."""
    graphs = None if names is None or len(names) > _FEW_NAMES else _graphs_of(store, names)
    if graphs is None:
        return _read_known(store, "")
    return _read_known(store, f"VALUES ?graph {{ {' '.join(sorted(graphs))} }}") if graphs else []


def has_digests(store: Store) -> bool:
    """True where a paper of the store is a digest."""
    return store.query(f"ASK {{ GRAPH ?graph {{ ?text <{GG['textKind']}> <{_DIGEST}> }} }}") is True


def _graphs_of(store: Store, names: Collection[str]) -> set[str]:
    """Graphs of the papers that go by one of the names."""
    patterns = [_held(_ID, names)]
    for property_, prefix in _NAMED.items():
        held = [name.removeprefix(prefix) for name in names if name.startswith(prefix)]
        patterns += [_held(property_, held)] if held else []
    # A notice states the PubMed id of another paper.
    asked = " UNION ".join(f"{{ {each} }}" for each in patterns)
    return {str(row[0]) for row in store.select(f"SELECT DISTINCT ?graph WHERE {{ {asked} }}").rows}


def _held(property_: str, values: Iterable[str]) -> str:
    among = " ".join(str(Literal(each)) for each in sorted(values))
    return f"VALUES ?value {{ {among} }} GRAPH ?graph {{ ?paper <{property_}> ?value ; a <{GG['Paper']}> }}"


def _read_known(store: Store, among: str) -> list[Known]:
    named: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, set[str]] = defaultdict(set)
    for paper, property_, name in _words(store, _STORED, among):
        named[paper] |= set() if property_ == _ID else {f"{_NAMED[property_]}{name}"}
    for paper, kind in _words(store, _KINDS, among):
        kinds[paper].add(kind)
    return [
        Known(paper, frozenset({paper, *names}), (_DIGEST not in kinds[paper], kinds[paper] != set(), len(names)))
        for paper, names in sorted(named.items())
    ]


def _words(store: Store, sparql: str, among: str) -> Iterator[list[str]]:
    """Rows of an answer in which all is bound."""
    for row in store.select(sparql.replace("AMONG", among, 1)).rows:
        yield [term.value for term in row if term is not None and not isinstance(term, Triple)]


def settle(papers: Iterable[Paper], stored: Iterable[Known]) -> tuple[list[Paper], list[Failure], dict[str, tuple[str, ...]]]:
    """What to do where the store has a paper already, perhaps under another id.

    Gives the papers to add, those left out because the store has a better record, and by paper id the ids that it takes the place of.
    """
    by_name = {name: known for known in stored for name in known.names}
    adding: list[Paper] = []
    outdone: list[Failure] = []
    replaced: dict[str, tuple[str, ...]] = {}
    for paper in papers:
        own = known_of(paper)
        others = {by_name[name].id: by_name[name] for name in own.names if name in by_name}
        better = [other for other in others.values() if other.worth > own.worth]
        if better:
            outdone.append(Failure(Trouble.SKIPPED, paper.id, f"the store has a better record of it, {better[0].id}"))
        else:
            adding.append(paper)
            replaced[paper.id] = tuple(sorted(others.keys() - {paper.id}))
    return adding, outdone, replaced


def place(location: str | None, record: str | None) -> str:
    """File and record, as far as known."""
    return ", ".join(part for part in (location, record) if part is not None)


def reason(error: GraftGraphError) -> str:
    """What went wrong and what to do."""
    return error.message if error.remedy is None else f"{error.message}. {error.remedy}"


def _same_papers(read: Sequence[Read]) -> list[list[Read]]:
    """Records grouped by the identifiers they share, directly or through a third."""
    groups: dict[str, list[Read]] = {}
    for each in read:
        joined: list[Read] = []
        for group in {id(groups[name]): groups[name] for name in sorted(known_of(each.paper).names) if name in groups}.values():
            joined += group
        joined.append(each)
        for member in joined:
            groups |= dict.fromkeys(known_of(member.paper).names, joined)
    return list({id(group): group for group in groups.values()}.values())
