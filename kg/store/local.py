"""A store in this process: pyoxigraph on disk, or in memory.

``Store.update`` runs a request of many operations as one transaction, so a paper is there as a whole or not at all whatever
happens to the process.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore
from pyoxigraph import Quad

from kg.errors import QueryError, StoreError
from kg.store.answers import first_line, plain_answer
from kg.store.operations import Operation, as_update
from kg.store.papers import PaperStore
from kg.store.protocol import Answer
from kg.store.reading import GRAPHS

_BUILD_IT = "Build one with `kg build`, or name the folder that holds one"


class LocalStore(PaperStore):
    """Made by ``open``, ``open_readonly`` and ``in_memory``."""

    def __init__(self, engine: pyoxigraph.Store, location: str, *, is_flushed: bool = False) -> None:
        super().__init__(location)
        self._open_engine: pyoxigraph.Store | None = engine
        self._is_flushed = is_flushed

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> Self:
        """Open a store to read and write; ``create`` makes a new one where there is nothing.

        Raises:
            StoreError: another process has it, it is damaged, the folder is missing or holds something else.
        """
        _check_folder(folder, create=create)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return cls(pyoxigraph.Store(str(folder)), str(folder), is_flushed=True)
        except (OSError, RuntimeError) as exc:
            raise _cannot_open(folder, exc) from exc

    @classmethod
    def open_readonly(cls, folder: Path) -> Self:
        """Open a store as it is now; it takes no lock, so many may read, but nobody should write meanwhile.

        Raises:
            StoreError: it is damaged, the folder is missing or holds something else.
        """
        _check_folder(folder, create=False)
        try:
            return cls(pyoxigraph.Store.read_only(str(folder)), str(folder))
        except (OSError, RuntimeError) as exc:
            raise _cannot_open(folder, exc) from exc

    @classmethod
    def in_memory(cls) -> Self:
        """A store that is gone when it is closed."""
        return cls(pyoxigraph.Store(), "memory")

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query."""
        engine = self._engine
        try:
            return plain_answer(engine.query(sparql))
        except SyntaxError as exc:
            raise QueryError(f"is not valid SPARQL: {exc}", location=first_line(sparql)) from exc
        except (OSError, RuntimeError, ValueError) as exc:
            raise StoreError(f"cannot answer: {exc}", location=self.location, remedy=_RESTORE) from exc

    def as_rdflib(self) -> rdflib.Dataset:
        """The same store as an rdflib dataset: what is written there by hand is neither counted nor described here."""
        return rdflib.Dataset(store=OxigraphStore(store=self._engine))

    def backup(self, folder: Path) -> None:
        """Copy the store, which stays open, to a folder that is not there yet; on one disk this links files and takes no time.

        Raises:
            StoreError: the folder is there already, or the store is in memory.
        """
        try:
            self._engine.backup(str(folder))
        except (OSError, RuntimeError) as exc:
            raise StoreError(f"cannot be backed up: {exc}", location=self.location, remedy=f"Name a new folder, not {folder}") from exc

    def close(self) -> None:
        """Let go of the files; the lock goes with the last reference, an rdflib dataset's included.

        What was written leaves the log for the tables, else every reader that opens the store works through the log first: 20 s after
        a summary of 100,000 findings was rebuilt.
        """
        if self._is_flushed and self._open_engine is not None:
            with suppress(OSError, RuntimeError):
                self._open_engine.flush()
        self._open_engine = None

    @property
    def _engine(self) -> pyoxigraph.Store:
        if self._open_engine is None:
            raise StoreError("is closed", location=self.location, remedy="Open it again")
        return self._open_engine

    def _apply(self, operations: Sequence[Operation], *, graphs: Sequence[str]) -> None:
        engine = self._engine
        try:
            engine.update(as_update(operations))
        except (OSError, RuntimeError) as exc:
            raise StoreError(f"cannot be written: {exc}", location=self.location, remedy=_WRITABLE) from exc

    def _quads(self) -> Iterator[Quad]:
        for graph in self._engine.named_graphs():
            if graph.value.startswith(GRAPHS):
                yield from self._engine.quads_for_pattern(None, None, None, graph)


_RESTORE = "If it fails again, restore a backup or build the store anew"
_WRITABLE = "Open it for writing, and see that the disk is not full"


def _check_folder(folder: Path, *, create: bool) -> None:
    location = str(folder)
    if folder.exists() and not folder.is_dir():
        raise StoreError("is a file, and a store is a folder", location=location, remedy=_BUILD_IT)
    if not folder.is_dir():
        if not create:
            raise StoreError("there is no such folder", location=location, remedy=_BUILD_IT)
        return
    # RocksDB names its current state in this file; without it, opening would scatter a new store among other files.
    is_empty = next(folder.iterdir(), None) is None
    if not (folder / "CURRENT").is_file() and not (create and is_empty):
        raise StoreError("the folder holds no store" if not is_empty else "the folder is empty", location=location, remedy=_BUILD_IT)


def _cannot_open(folder: Path, exc: OSError | RuntimeError) -> StoreError:
    location = str(folder)
    if "LOCK" in str(exc):
        return StoreError("another process has the store open", location=location, remedy="Let it finish, or open the store to read only")
    # RocksDB tells of rights in words only.
    if isinstance(exc, PermissionError) or "Permission denied" in str(exc):
        return StoreError("may not be opened", location=location, remedy="Ask for the rights to its files")
    return StoreError(f"cannot be opened: {exc}", location=location, remedy="It is damaged: restore a backup, or build it anew")
