"""The files beside a store: sorted N-Quads, TriG, the picture, the report."""

import shutil
from dataclasses import replace
from pathlib import Path

from kg.errors import StoreError
from kg.queries import read_claims
from kg.report import BuildReport, notice_for, render_report
from kg.store.protocol import Store
from kg.vocabulary import Vocabulary

STORE = "store"


def write_outputs(store: Store, folder: Path, report: BuildReport, *, vocabulary: Vocabulary) -> BuildReport:
    """Write all files of a build; the report comes back with their paths.

    Raises:
        StoreError: a file cannot be written.
    """
    files = {
        "graph.nq": store.dump("nquads"),
        "graph.trig": store.dump("trig"),
        "graph.html": draw_store(store, vocabulary=vocabulary).encode(),
        "report.md": render_report(report).encode(),
    }
    for name, content in files.items():
        write_whole(folder / name, content)
    return replace(report, outputs=(folder / STORE, *(folder / name for name in files)))


def draw_store(store: Store, *, vocabulary: Vocabulary, min_confidence: float = 0.0, include_withdrawn: bool = False) -> str:
    """The page with the graph of a store's findings, without those of papers that were retracted or are doubted unless these are wanted."""
    # pyvis takes longer to import than a decision of a curator takes to be laid over its paper, and draws nothing there.
    from kg.draw import draw_graph  # noqa: PLC0415  # heavy
    from kg.network import build_graph  # noqa: PLC0415  # heavy

    read = read_claims(store, vocabulary=vocabulary, min_confidence=min_confidence)
    claims = [each for each in read if include_withdrawn or not each.is_withdrawn]
    return draw_graph(build_graph(claims, vocabulary), notice=notice_for(claim.text_kind for claim in claims))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the old one or the new one, never half of one.

    Raises:
        StoreError: it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            # A device or a pipe, such as /dev/stdout, is written to and never replaced.
            path.write_bytes(content)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as exc:
        raise StoreError(f"cannot be written: {exc.strerror}", location=str(path)) from exc


def replace_folder(old: Path, new: Path) -> None:
    """Put a finished folder in the place of another.

    Raises:
        StoreError: it cannot be done; what was there before stays.
    """
    aside = old.with_name(f".{old.name}.old")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        if old.exists():
            old.rename(aside)
        new.rename(old)
        shutil.rmtree(aside, ignore_errors=True)
    except OSError as exc:
        raise StoreError(f"cannot be replaced: {exc.strerror}", location=str(old), remedy="Close what uses it") from exc
