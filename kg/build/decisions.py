"""The file of curators' decisions beside a store: reading and writing it, bringing the store up to it, and deciding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build.outputs import write_whole
from kg.build.records import known_in
from kg.build.replay import plan_replay, replay, stored_decisions, stored_paper
from kg.curation import Source, Word, by_paper, decide, entry_of, findings_of, lay_over, merge, parse_decisions, write_turtle
from kg.curation.overlay import Overlay
from kg.errors import CurationError, UnknownFindingError
from kg.model import Decision
from kg.namespaces import data_iri
from kg.shapes import Shapes
from kg.store import Store
from kg.vocabulary import Vocabulary

#: Of the file that lies beside a store.
NAME = "curation.ttl"


@dataclass(frozen=True)
class DecisionsFile:
    """Where decisions are kept, and what they are checked with."""

    path: Path
    vocabulary: Vocabulary
    #: Of papers, and of decisions.
    shapes: Shapes
    decision_shapes: Shapes

    def known(self, store: Store) -> tuple[Decision, ...]:
        """The decisions that count: those of the file; where there is none, those that the store has.

        Raises:
            CurationError: the file cannot be read, or is no file of decisions.
        """
        return read_decisions_file(self.path, self.decision_shapes) if self.path.exists() else merge(stored_decisions(store))

    def write(self, decisions: Iterable[Decision]) -> None:
        """Write the decisions, where the file does not hold just these.

        Raises:
            StoreError: it cannot be written.
        """
        content = write_turtle(decisions)
        if not self.path.exists() or self.path.read_bytes() != content:
            write_whole(self.path, content)

    def follow(self, store: Store) -> tuple[Decision, ...]:
        """Bring a store up to its file, where somebody has changed it; the decisions that count."""
        decisions, stored = self.known(store), merge(stored_decisions(store))
        if decisions != stored:
            planned = plan_replay(store, decisions, vocabulary=self.vocabulary, shapes=self.shapes)
            replay(store, planned, vocabulary=self.vocabulary)
            return planned.decisions
        return decisions

    def put(self, store: Store, decisions: Sequence[Decision], *, only: Sequence[str] | None = None) -> None:
        """Check what the decisions make of the papers, write the file, then the store: a crash between loses nothing.

        Raises:
            ShapeError: a decision gives a graph that breaks the shapes.
            StoreError: the file cannot be written.
        """
        planned = plan_replay(store, decisions, vocabulary=self.vocabulary, shapes=self.shapes, only=only)
        self.write(planned.decisions)
        replay(store, planned, vocabulary=self.vocabulary)

    def decide(self, store: Store, finding: str, word: Word) -> Decision:
        """Make one decision, keep it in the file, and put it to the paper; ``finding`` is an IRI or a short name.

        Raises:
            UnknownFindingError: there is no such finding.
            CurationError: a word that is none.
            ShapeError: the decision gives a graph that breaks the shapes.
        """
        paper, key = named_finding(store, finding)
        decisions = self.follow(store)
        overlay, source = overlay_of(store, paper, decisions)
        entry = entry_of(overlay, key)
        if entry is None:
            raise UnknownFindingError(f"{paper} has no finding {key}", remedy=f"kg review list --open --paper {paper} lists them")
        made = decide(entry, overlay, source, word, vocabulary=self.vocabulary)
        self.put(store, merge(decisions, [made]), only=[paper])
        return made


def read_decisions_file(path: Path, shapes: Shapes) -> tuple[Decision, ...]:
    """The decisions of a file.

    Raises:
        CurationError: it cannot be read, or is no file of decisions.
    """
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise CurationError(f"cannot be read: {exc.strerror}", location=str(path)) from exc
    return parse_decisions(data, location=str(path), shapes=shapes)


def overlay_of(store: Store, paper: str, decisions: Sequence[Decision]) -> tuple[Overlay, Source]:
    """All findings of a stored paper as they were read, with these decisions laid over them, and the paper they are of.

    Raises:
        CurationError: the paper has no text.
    """
    read, source = findings_of(stored_paper(store, paper))
    names = frozenset({paper, *(name for each in known_in(store, [paper]) if each.id == paper for name in each.names)})
    return lay_over(read, source.text, by_paper(decisions, {paper: names}).get(paper, ())), source


def short_name(finding: str) -> str:
    """What a curator names a finding by: its IRI without what all have."""
    return finding.removeprefix(data_iri("finding", ""))


def split_name(finding: str) -> tuple[str, str] | None:
    """Paper and key of a finding by its IRI or short name; None where it is neither."""
    paper, _, key = short_name(finding.strip().strip("<>")).removeprefix("finding/").rpartition("/")
    parts = key.split("-")
    return (paper, key) if paper and len(parts) == 3 and all(part.isdigit() for part in parts) else None


def named_finding(store: Store, finding: str) -> tuple[str, str]:
    """Paper and key of a finding of the store.

    Raises:
        UnknownFindingError: its paper is not there, or that is no name of a finding.
    """
    named = split_name(finding)
    if named is None or named[0] not in {each.id for each in known_in(store, [named[0]])}:
        raise UnknownFindingError(f"{finding!r} is no finding of the store", remedy="kg review list --open lists them")
    return named
