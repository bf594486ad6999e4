"""The file of curators' decisions beside a store: where it is, reading, writing, and bringing the store up to it.

Imported inside command functions only.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.build import plan_replay, replay, stored_decisions, write_whole
from kg.bundled import ontologies_folder
from kg.cli.parts import default_shapes, default_vocabulary
from kg.curation import merge, parse_decisions, write_turtle
from kg.errors import CurationError
from kg.model import Decision
from kg.settings import load_settings
from kg.shapes import Shapes, load_shapes
from kg.store import LocalStore, Store

NAME = "curation.ttl"


@cache
def decision_shapes() -> Shapes:
    """The shapes of decisions that ship."""
    return load_shapes(ontologies_folder() / "curation-shapes.ttl", default_vocabulary())


def decisions_path(store: Path | None, file: Path | None = None) -> Path:
    """The file that was named, else the one beside the store."""
    return file if file is not None else (load_settings().store_path if store is None else store).parent / NAME


def path_beside(store: LocalStore) -> Path:
    """The file beside an open store."""
    return Path(store.location).parent / NAME


def read_file(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file.

    Raises:
        CurationError: it cannot be read, or is no file of decisions.
    """
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise CurationError(f"cannot be read: {exc.strerror}", location=str(path)) from exc
    return parse_decisions(data, location=str(path), shapes=decision_shapes())


def known_decisions(store: Store, path: Path) -> tuple[Decision, ...]:
    """The decisions that count: those of the file; where there is none, those that the store has."""
    return read_file(path) if path.exists() else merge(stored_decisions(store))


def write_file(path: Path, decisions: Iterable[Decision]) -> None:
    """Write the decisions, where the file does not hold just these.

    Raises:
        StoreError: it cannot be written.
    """
    content = write_turtle(decisions)
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)


def follow_file(store: Store, path: Path) -> tuple[Decision, ...]:
    """Bring a store up to its file, where somebody has changed it; the decisions that count."""
    decisions, stored = known_decisions(store, path), merge(stored_decisions(store))
    if decisions != stored:
        planned = plan_replay(store, decisions, vocabulary=default_vocabulary(), shapes=default_shapes())
        replay(store, planned, vocabulary=default_vocabulary())
        return planned.decisions
    return decisions


def rescue_file(folder: Path) -> None:
    """Write a file that was lost, before the store that still has its decisions is replaced by a new one."""
    path, store = folder / NAME, folder / "store"
    if not path.exists() and store.is_dir():
        with LocalStore.open_readonly(store) as opened:
            write_decisions(opened, path)


def write_decisions(store: Store, path: Path) -> None:
    """Write the decisions of a store to its file, where either has any: their papers may go by more ids than before."""
    decisions = stored_decisions(store)
    if decisions or path.exists():
        write_file(path, decisions)
