"""Inline markup as plain running text, paragraph by paragraph.

In: pieces of text, superscripts and subscripts as a parser meets them (XML elements, HTML fragments). Out: paragraphs in
which 10<sup>6</sup> reads 10^6 and never 106, while CD34<sup>+</sup> stays CD34+.
"""

import html
import re

from kg.read.prose import collapse

# A number, a range or a list of numbers: 6, -1, 5–6, 0.5.
_NUMBER = re.compile(r"[+\-\u2010-\u2013\u2212]?\d[\d.,/\u2010-\u2013\u2212 -]*")
# PubMed and PMC print "10 <sup>6</sup>" too; other numbers before a blank are no base (day 5 <sup>13</sup>C).
_LOOSE_POWER = re.compile(r"(?<![\w.,])10\s+\^(?=[+\-\u2010-\u2013\u2212]?\d)")
_TEN_BEFORE = re.compile(r"(?:^|[^\w.,])10\s+$")
_CITATION = re.compile(r"[\d\s,;\u2010-\u2013-]+")
# Tags that abstracts carry; a "<" before anything else is a less-than sign, as in "P <.001".
_TAG = re.compile(
    r"<(/?)(p|br|h\d|i|em|b|strong|u|sup|sub|sc|span|div|ul|ol|li|title|sec|italic|bold|underline|jats:\w+)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK_TAGS = frozenset({"p", "div", "li", "ul", "ol", "title", "sec"})


class RunningText:
    """Collects pieces of text into paragraphs."""

    def __init__(self) -> None:
        self._paragraphs: list[list[str]] = [[]]
        #: The last characters written in this paragraph.
        self.tail = ""

    def write(self, text: str) -> None:
        """Add text as it is."""
        if text:
            self._paragraphs[-1].append(text)
            self.tail = (self.tail + text)[-16:]

    def write_script(self, mark: str, script: str) -> None:
        """Add a superscript (``mark`` "^") or subscript ("_"): marked where a digit precedes and it is a number, else plain."""
        self.write(f"{mark}{script.strip()}" if _is_marked(self.tail, mark, script.strip()) else script)

    def write_citation(self, numbers: str) -> None:
        """Add reference numbers so that they cannot be read as part of the word or number before: ``45% [12]``."""
        bare = collapse(numbers)
        is_bracketed = self.tail.rstrip().endswith(("[", "(")) or not _CITATION.fullmatch(bare)
        self.write(numbers if is_bracketed else f" [{bare}]")

    def break_paragraph(self) -> None:
        """Start a new paragraph, unless this one is still empty."""
        if self._paragraphs[-1]:
            self._paragraphs.append([])
            self.tail = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs so far, collapsed; empty ones are left out."""
        joined = (collapse("".join(pieces)) for pieces in self._paragraphs)
        return tuple(_LOOSE_POWER.sub("10^", paragraph) for paragraph in joined if paragraph)


def plain_html(fragment: str) -> str:
    """The text of an HTML fragment in one paragraph."""
    return " ".join(paragraph for _, paragraphs in split_html(fragment) for paragraph in paragraphs)


def split_html(fragment: str) -> list[tuple[str | None, tuple[str, ...]]]:
    """Heading and paragraphs of each part of an abstract in HTML, as Europe PMC prints it (``<h4>`` before each part)."""
    parts: list[tuple[str | None, RunningText]] = [(None, RunningText())]
    position = 0
    while (tag := _TAG.search(fragment, position)) is not None:
        writer = parts[-1][1]
        writer.write(html.unescape(fragment[position : tag.start()]))
        position = tag.end()
        name = tag[2].lower().removeprefix("jats:")
        if name in {"sup", "sub"} and not tag[1]:
            position = _write_script(writer, fragment, tag)
        elif name.startswith("h") and not tag[1]:
            heading, position = _until_end_tag(fragment, tag)
            parts.append((_without_tags(heading), RunningText()))
        elif name in _BLOCK_TAGS:
            writer.break_paragraph()
        elif name == "br":
            writer.write(" ")
    parts[-1][1].write(html.unescape(fragment[position:]))
    return [(heading, writer.paragraphs) for heading, writer in parts]


def _write_script(writer: RunningText, fragment: str, tag: re.Match[str]) -> int:
    script, position = _until_end_tag(fragment, tag)
    writer.write_script("^" if tag[2].lower().endswith("sup") else "_", _without_tags(script))
    return position


def _without_tags(fragment: str) -> str:
    return collapse(html.unescape(_TAG.sub("", fragment)))


def _until_end_tag(fragment: str, tag: re.Match[str]) -> tuple[str, int]:
    """What stands between a start tag and its end tag, and the position after; all of the rest where there is no end tag."""
    end = re.compile(rf"</{re.escape(tag[2])}\s*>", re.IGNORECASE).search(fragment, tag.end())
    return (fragment[tag.end() :], len(fragment)) if end is None else (fragment[tag.end() : end.start()], end.end())


def _is_marked(before: str, mark: str, script: str) -> bool:
    if not _NUMBER.fullmatch(script):
        return False
    return before[-1:].isdigit() or (mark == "^" and _TEN_BEFORE.search(before) is not None)
