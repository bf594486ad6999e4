"""JSON files cut into records: one object a line, or one document that holds one or many.

Each record is a result of Europe PMC or an object in the digest format, told apart by its keys.
"""

import json
from collections.abc import Iterator

from kg.errors import NotAPaperError
from kg.model import Paper
from kg.read.europepmc import is_europepmc, parse_europepmc
from kg.read.json_values import as_object, items_at, look, parse_json, refuse_half_characters, text_at
from kg.read.jsonl import parse_jsonl
from kg.read.outcome import Frame
from kg.read.streams import Source, read_whole, split_lines, too_large


def split_json_lines(source: Source) -> Iterator[Frame]:
    """One frame per line that is not blank."""
    for line in split_lines(source):
        if line.is_cut:
            yield Frame(f"line {line.number}", line.data[:4096], damage=too_large())
        elif line.data.strip():
            yield Frame(f"line {line.number}", line.data)


def split_json_document(source: Source) -> Iterator[Frame]:
    """The results of a Europe PMC answer, the elements of an array, or the one object that the file is.

    Raises:
        ReadError: no valid JSON, or too large.
        NotAPaperError: a search answer that lists ids only.
    """
    document = parse_json(read_whole(source))
    if look(document, "resultList") is not None:
        kind = text_at(document, "request", "resultType").lower()
        if kind in {"idlist", "lite"}:
            raise NotAPaperError(f"a Europe PMC answer without abstracts (resultType {kind})", remedy="Ask with resultType=core")
        records, name = items_at(document, "resultList", "result"), "result"
    elif isinstance(look(document, "result"), dict) and is_europepmc(as_object(look(document, "result"))):
        records, name = [look(document, "result")], "result"
    else:
        records, name = (document, "element") if isinstance(document, list) else ([document], "object")
    for number, record in enumerate(records, 1):
        yield Frame(f"{name} {number}", json.dumps(record).encode())


def parse_json_record(frame: Frame) -> Paper:
    """The paper of one record.

    Raises:
        ReadError: no object, or not what its format asks for.
    """
    record = as_object(parse_json(frame.data))
    refuse_half_characters(record)
    return parse_europepmc(record) if is_europepmc(record) else parse_jsonl(record)
