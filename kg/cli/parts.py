"""What commands put together before they run: the vocabulary, the shapes, the store.

Imported inside command functions only, so that help stays quick.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kg.bundled import ontologies_folder
from kg.errors import StoreError
from kg.settings import Settings, load_settings
from kg.shapes import Shapes, load_shapes
from kg.store import LocalStore, vocabulary_quads
from kg.vocabulary import Vocabulary, load_vocabulary


@cache
def default_vocabulary() -> Vocabulary:
    """The vocabulary that ships."""
    return load_vocabulary(ontologies_folder())


@cache
def default_shapes() -> Shapes:
    """The shapes that ship."""
    return load_shapes(ontologies_folder() / "shapes.ttl", default_vocabulary())


def link_shapes() -> Shapes:
    """The shapes of links graphs that ship."""
    return load_shapes(ontologies_folder() / "link-shapes.ttl", default_vocabulary())


def moment(settings: Settings) -> str:
    """When a paper is added: what the surroundings set, else the clock, to the second."""
    return settings.run_time or datetime.now(tz=UTC).isoformat(timespec="seconds")


def store_folder(path: Path | None) -> Path:
    """That path, or the store of the settings; what belongs to a store lies beside it."""
    return load_settings().store_path if path is None else path


def open_store(path: Path | None) -> LocalStore:
    """The store of that path or of the settings, to read.

    Raises:
        StoreError: there is none, or it cannot be opened.
    """
    place = store_folder(path)
    if not place.is_dir():
        raise StoreError("there is no store", location=str(place), remedy="Make one with kg build, or name it with --store")
    return LocalStore.open_readonly(place)


@contextmanager
def store_to_write(path: Path | None) -> Iterator[LocalStore]:
    """The store of that path or of the settings, made where there is none, with the vocabulary that ships.

    Raises:
        StoreError: it cannot be opened.
    """
    place = store_folder(path)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreError(f"cannot be made: {exc.strerror}", location=str(place.parent), remedy="Name another folder") from exc
    with LocalStore.open(place) as store:
        store.replace_vocabulary(vocabulary_quads(ontologies_folder()), default_vocabulary().sha256)
        yield store


@contextmanager
def new_store(path: Path) -> Iterator[LocalStore]:
    """An empty store at that path; what an interrupted build left there is thrown away."""
    shutil.rmtree(path, ignore_errors=True)
    with store_to_write(path) as store:
        yield store


def drop_new_store(path: Path) -> None:
    """Take away a store that came to nothing, and its folder where nothing else is in it."""
    shutil.rmtree(path, ignore_errors=True)
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
