"""Plain text: a single abstract, or a web page saved as text.

In: bytes. Out: one paper. An abstract is one block, or blocks that each open with a heading, with a one-line title before
if any; what has several free paragraphs is a page.
"""

import re

from kg.errors import NotAPaperError, ReadError
from kg.model import Paper, TextKind
from kg.namespaces import sha256_hex
from kg.read.headings import is_heading
from kg.read.identifiers import paper_id
from kg.read.outcome import Frame
from kg.read.prose import Part, collapse, compose, split_labels
from kg.read.tagged import decode_text

FORMAT = "text"
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_IDENTIFIER = re.compile(r"(?:PMID:?\s*)?\d{1,8}|PMC\d+|(?:doi:\s*|https?://doi\.org/)?10\.\d{4,9}/\S+|NCT\d{8}", re.IGNORECASE)
_HEADING_LINE = re.compile(r"([A-Z][A-Za-z'’&/,() -]{1,58}?)\s*(?::\s*|$)")
_MAX_TITLE = 300


def parse_text(frame: Frame) -> Paper:
    """The paper of a file.

    Raises:
        ReadError: not UTF-8, or no words at all.
        NotAPaperError: a list of identifiers.
    """
    text = decode_text(frame.data).replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not any(character.isalnum() for character in text):
        raise ReadError("no words in it")
    if all(_IDENTIFIER.fullmatch(line) for line in lines):
        raise NotAPaperError(f"a list of {len(lines)} identifiers", remedy="Fetch the records they name")
    title, blocks = _take_title(_blocks(text))
    labelled = [_labelled(block) for block in blocks]
    is_abstract = len(blocks) == 1 or all(parts is not None for parts in labelled)
    return _paper(title, blocks, is_abstract=is_abstract)


def _paper(title: str | None, blocks: list[str], *, is_abstract: bool) -> Paper:
    parts = [part for block in blocks for part in (_labelled(block) or _free(block, is_abstract=is_abstract))]
    text, sections = compose(parts) if is_abstract else ("\n".join(collapse(block) for block in blocks), ())
    return Paper(
        id=paper_id(pmid=None, pmcid=None, doi=None, text=text),
        title=title,
        text=text,
        text_kind=TextKind.ABSTRACT if is_abstract else TextKind.PAGE,
        sections=sections,
        source_format=FORMAT,
        sha256=sha256_hex(text),
    )


def _blocks(text: str) -> list[str]:
    """What blank lines part; a heading on its own belongs to the block after it."""
    blocks: list[str] = []
    for block in (each.strip() for each in _BLANK_LINES.split(text)):
        if blocks and _is_bare_heading(blocks[-1]):
            blocks[-1] = f"{blocks[-1]}\n{block}"
        elif block:
            blocks.append(block)
    return blocks


def _is_bare_heading(block: str) -> bool:
    found = _HEADING_LINE.fullmatch(block)
    return found is not None and is_heading(found[1])


def _free(block: str, *, is_abstract: bool) -> list[Part]:
    return split_labels(block) if is_abstract else [Part((block,))]


def _take_title(blocks: list[str]) -> tuple[str | None, list[str]]:
    """A single short line before one longer block, or before labelled blocks, is the title."""
    if len(blocks) < 2 or "\n" in blocks[0].strip() or len(blocks[0]) > _MAX_TITLE or _labelled(blocks[0]) is not None:
        return None, blocks
    rest = blocks[1:]
    is_one_abstract = len(rest) == 1 and len(rest[0]) > 2 * len(blocks[0])
    if is_one_abstract or all(_labelled(block) is not None for block in rest):
        return collapse(blocks[0]), rest
    return None, blocks


def _labelled(block: str) -> list[Part] | None:
    """Parts of a block whose lines open with headings ("Methods: …", or the heading on a line of its own); None where it does not."""
    parts: list[tuple[str, list[str]]] = []
    for line in block.strip().split("\n"):
        found = _HEADING_LINE.match(line.strip())
        if found is not None and is_heading(found[1]):
            parts.append((found[1], [line.strip()[found.end() :]]))
        elif not parts:
            return None
        else:
            parts[-1][1].append(line)
    return [part for heading, lines in parts for part in split_labels(f"{heading}: {' '.join(lines)}")]
