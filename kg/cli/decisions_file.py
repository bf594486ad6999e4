"""The file of curators' decisions that belongs to a store, with the vocabulary and the shapes that ship.

Imported inside command functions only.
"""

from functools import cache
from pathlib import Path

from kg.build import stored_decisions
from kg.build.decisions import NAME, DecisionsFile
from kg.bundled import ontologies_folder
from kg.cli.parts import default_shapes, default_vocabulary
from kg.settings import load_settings
from kg.shapes import Shapes, load_shapes
from kg.store import LocalStore, Store


@cache
def decision_shapes() -> Shapes:
    """The shapes of decisions that ship."""
    return load_shapes(ontologies_folder() / "curation-shapes.ttl", default_vocabulary())


def decisions_file(store: Path | None, file: Path | None = None) -> DecisionsFile:
    """The file that was named, else the one beside the store of that path or of the settings."""
    return _at(file if file is not None else (load_settings().store_path if store is None else store).parent / NAME)


def file_beside(store: LocalStore) -> DecisionsFile:
    """The file beside an open store."""
    return _at(Path(store.location).parent / NAME)


def rescue_file(folder: Path) -> None:
    """Write a file that was lost, before the store that still has its decisions is replaced by a new one."""
    file, store = _at(folder / NAME), folder / "store"
    if not file.path.exists() and store.is_dir():
        with LocalStore.open_readonly(store) as opened:
            keep_stored(opened, file)


def keep_stored(store: Store, file: DecisionsFile) -> None:
    """Write the decisions of a store to its file, where either has any: their papers may go by more ids than before."""
    decisions = stored_decisions(store)
    if decisions or file.path.exists():
        file.write(decisions)


def _at(path: Path) -> DecisionsFile:
    return DecisionsFile(path, default_vocabulary(), default_shapes(), decision_shapes())
