"""Extraction again, offline: papers of a store out of the answers that are kept, or out of their texts in the store."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from kg.build.stored_papers import StoredText, read_stored_paper, stored_texts
from kg.errors import NotAPaperError
from kg.fetch.kept import KeptPaper
from kg.model import Paper, TextKind
from kg.read.outcome import Outcome, Read, as_outcome
from kg.store.protocol import Store


def papers_again(store: Store, kept: Iterable[KeptPaper], *, only: Collection[str] | None = None) -> Iterator[Outcome]:
    """The record of each paper of the store (of those in ``only``, where given) as it was read; one that is nowhere is skipped.

    An answer is taken where it is of the kind that the store's record came from, the latest of several.
    """
    wanted = [each for each in stored_texts(store) if only is None or each.paper_id in only]
    latest = _latest(kept, wanted)
    for each in wanted:
        read = latest.get(each.paper_id)
        paper = None if read is not None else read_stored_paper(store, each.paper_id)
        if read is not None:
            yield read
        elif paper is not None:
            yield Read(paper, "store", each.paper_id)
        else:
            error = NotAPaperError("its text is not kept", remedy="Add it again from its file, or with kg add and its identifier")
            yield as_outcome(error, location=each.paper_id)


def needs_full_texts(store: Store) -> bool:
    """True where a paper of the store was read with its body."""
    return any(each.kind is TextKind.FULL_TEXT for each in stored_texts(store))


def _latest(kept: Iterable[KeptPaper], wanted: Iterable[StoredText]) -> dict[str, Read]:
    forms = {each.paper_id: (each.source_format, each.kind) for each in wanted}
    latest: dict[str, tuple[datetime, Read]] = {}
    for each in kept:
        paper = each.read.paper
        if paper.id in forms and forms[paper.id] == _form(paper) and (paper.id not in latest or latest[paper.id][0] <= each.at):
            latest[paper.id] = (each.at, each.read)
    return {paper_id: read for paper_id, (_, read) in latest.items()}


def _form(paper: Paper) -> tuple[str | None, TextKind | None]:
    return (paper.source_format, paper.text_kind) if paper.text else (None, None)
