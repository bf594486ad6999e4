"""JSON lines in the digest format: ``id``, ``source``, ``text``, ``sections``; any other field of ``Paper`` may stand beside.

In: one JSON object. Out: a paper with the text exactly as given, so that annotated offsets hold.
"""

from collections.abc import Mapping

from pydantic import ValidationError

from kg.errors import ReadError
from kg.model import Paper, TextKind
from kg.namespaces import sha256_hex
from kg.read.identifiers import normalise_doi, normalise_pmcid, normalise_pmid, paper_id
from kg.read.json_values import look, text_at

FORMAT = "jsonl"
#: Fields that follow from others, or that ``source`` may hold as well.
_DERIVED = frozenset({"id", "local_id", "sha256", "source_format", "text_kind"})
_IDS = {"pmid": normalise_pmid, "pmcid": normalise_pmcid, "doi": normalise_doi}


def parse_jsonl(record: Mapping[str, object]) -> Paper:
    """One line.

    A line with gold annotation (a ``findings`` key) is a digest unless its ``text_kind`` says otherwise.

    Raises:
        ReadError: no text, an id that is none, a section outside the text, a field of the wrong type.
    """
    text = record.get("text")
    if not isinstance(text, str):
        raise ReadError("no text", remedy='Give the abstract as the string "text"')
    if "\0" in text:
        raise ReadError("the text holds a NUL character")
    values = _given_fields(record)
    ids = {name: _identifier(values.get(name), name) for name in _IDS}
    local_id, title = text_at(record, "id") or None, values.get("title")
    kind = record.get("text_kind") or (TextKind.DIGEST if "findings" in record else TextKind.ABSTRACT)
    derived = {
        "id": paper_id(**ids, local_id=local_id, text=text, title=title if isinstance(title, str) else None),
        "local_id": local_id,
        "text_kind": kind,
        "source_format": FORMAT,
        "sha256": sha256_hex(text),
    }
    try:
        paper = Paper.model_validate(values | ids | derived)
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        raise ReadError(f"field {'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from exc
    for number, section in enumerate(paper.sections, 1):
        if not section.start <= section.end <= len(text):
            raise ReadError(f"section {number} ({section.start} to {section.end}) is not inside the text of {len(text)} characters")
    return paper


def _given_fields(record: Mapping[str, object]) -> dict[str, object]:
    """Fields of ``Paper`` at the top and in ``source``, which goes first; null means not given."""
    names = Paper.model_fields.keys() - _DERIVED
    values: dict[str, object] = {}
    for name in sorted(names):
        for value in (look(record, "source", name), record.get(name)):
            if value is not None:
                values[name] = value
                break
    return values


def _identifier(value: object, name: str) -> str | None:
    printed = text_at({name: value}, name)
    if not printed:
        return None
    normal = _IDS[name](printed)
    if normal is None:
        raise ReadError(f"{printed!r} is no {name.upper()}")
    return normal
