"""Columns in a file beside the store, so that a server that starts again reads only papers that have changed since.

The file is a shortcut and nothing else: one that is missing, damaged or of another version is as good as none.
"""

import logging
import tempfile
from dataclasses import fields
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from pydantic import BaseModel, ValidationError

from kg.web.columns import Columns
from kg.web.findings import StudyRow

log = logging.getLogger(__name__)

#: Another one where what is kept, or how it is read out of a store, changes.
_FORM = 1


class _Words(BaseModel):
    """What is no array."""

    form: int
    vocabulary: str
    studies: tuple[StudyRow, ...]
    nodes: tuple[str, ...]
    groups: tuple[str, ...]
    iris: tuple[str, ...]


_ARRAYS = tuple(each.name for each in fields(Columns) if each.name not in _Words.model_fields)


def kept_file(store: Path) -> Path:
    """Where the columns of a store are kept."""
    return store.with_name(f"{store.name}.index.npz")


def load_columns(file: Path, *, vocabulary_sha256: str) -> Columns | None:
    """The columns kept there, of this vocabulary; None where there are none."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
            words = _Words.model_validate_json(kept["words"].tobytes())
            arrays = {name: kept[name] for name in _ARRAYS}
    except FileNotFoundError:
        return None
    except (OSError, EOFError, BadZipFile, ValueError, KeyError, ValidationError) as exc:
        log.warning("%s cannot be read and is made anew: %s", file, exc)
        return None
    if (words.form, words.vocabulary) != (_FORM, vocabulary_sha256):
        return None
    return Columns(studies=words.studies, nodes=words.nodes, groups=words.groups, iris=words.iris, **arrays)


def save_columns(columns: Columns, file: Path, *, vocabulary_sha256: str) -> None:
    """Keep the columns there, as a whole or not at all; where the folder may not be written to, not at all."""
    words = _Words(
        form=_FORM,
        vocabulary=vocabulary_sha256,
        studies=columns.studies,
        nodes=columns.nodes,
        groups=columns.groups,
        iris=columns.iris,
    )
    arrays = {name: getattr(columns, name) for name in _ARRAYS}
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.") as folder:
            # A file of that name is whole at any moment.
            written = Path(folder) / file.name
            np.savez(written, words=np.frombuffer(words.model_dump_json().encode(), np.uint8), **arrays)
            written.replace(file)
    except OSError as exc:
        log.info("%s cannot be written, so the next start reads all papers: %s", file, exc)
