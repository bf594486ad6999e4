"""Running text as papers keep it: NFC, white space collapsed, one ``LABEL: `` per labelled part, one newline between parts."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Section, SectionLabel
from kg.read.headings import is_heading, section_label

# Characters without width that split words for a reader of code points: zero width space, word joiner, byte order mark, soft hyphen.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
# A label starts the text or follows the end of a sentence, and its colon is followed by white space.
_LABEL = re.compile(r"(?:^|(?<=[.?!)\]%”\"] ))([A-Z][A-Za-z'’&/,() -]{1,58}[A-Za-z)]): (?=\S)")
_UNLABELLED = frozenset({"unlabelled", "unlabeled", "unassigned"})


@dataclass(frozen=True)
class Part:
    """A part of an abstract: its paragraphs and, where the source labels it, its heading as printed."""

    paragraphs: tuple[str, ...]
    heading: str | None = None
    label: SectionLabel | None = None


def headed_part(paragraphs: tuple[str, ...], heading: str | None, *, category: str | None = None) -> Part:
    """A part whose label follows from its heading, or from the NlmCategory of the source; "UNLABELLED" is no heading."""
    printed = collapse(heading or "").rstrip(":. ")
    printed = "" if printed.lower() in _UNLABELLED else printed
    return Part(paragraphs, printed or None, section_label(printed, category=category))


def collapse(text: str) -> str:
    """The text in NFC with each run of white space (thin and no-break spaces too) as one blank."""
    plain = text if text.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return " ".join(plain.split())


def compose(parts: Iterable[Part]) -> tuple[str, tuple[Section, ...]]:
    """One text out of the parts, and a section for each part with a label."""
    text = ""
    sections: list[Section] = []
    for part in parts:
        printed = _print_part(part)
        if not printed:
            continue
        start = len(text) + 1 if text else 0
        text = f"{text}\n{printed}" if text else printed
        if part.label is not None:
            sections.append(Section(label=part.label, start=start, end=len(text)))
    return text, tuple(sections)


def split_labels(text: str) -> list[Part]:
    """The labelled parts of an abstract that prints its labels inside one block, as MEDLINE does.

    A label is made of heading words, stands at the start or after a sentence, and ends with a colon.
    """
    plain = collapse(text)
    marks = [mark for mark in _LABEL.finditer(plain) if is_heading(mark[1])]
    if not marks:
        return [Part((plain,))] if plain else []
    before = plain[: marks[0].start()]
    ends = [mark.start() for mark in marks[1:]] + [len(plain)]
    return [Part((before,)), *(headed_part((plain[mark.end() : end],), mark[1]) for mark, end in zip(marks, ends, strict=True))]


def _print_part(part: Part) -> str:
    paragraphs = [clean for each in part.paragraphs if (clean := collapse(each))]
    if part.heading and paragraphs:
        paragraphs[0] = f"{part.heading}: {paragraphs[0]}"
    return "\n".join(paragraphs)
