"""Where a quote stands in a text.

In: text, a quote, a range of the text. Out: the places, as printed there. Models turn en dashes into hyphens and line breaks into
blanks; nothing else is forgiven.
"""

import re

from kg.model import Quote, Span

#: Inside a character class.
_DASHES = r"\-\u2010-\u2014\u2212"
_PIECE = re.compile(rf"(?P<blank>\s+)|(?P<dash>[{_DASHES}])|[^\s{_DASHES}]+")
#: A decimal point or thousands mark: "45" is no part of "0.45", nor "1" of "1,200".
_MARK = "[.,·]"


def find_quote(text: str, quote: str, *, within: Span) -> tuple[Quote, ...]:
    """Every place of the quote inside ``within``: verbatim ones, or else those that differ in white space and dashes only.

    A quote is not found inside a longer word or number.
    """
    words = quote.strip()
    if not words:
        return ()
    for pattern in (re.escape(words), "".join(map(_tolerant, _PIECE.finditer(words)))):
        bounded = re.compile(_edge_before(words[0]) + pattern + _edge_after(words[-1]))
        found = tuple(
            Quote(start=m.start(), end=m.end(), text=m.group())
            for m in bounded.finditer(text)
            if within.start <= m.start() and m.end() <= within.end
        )
        if found:
            return found
    return ()


def _tolerant(piece: re.Match[str]) -> str:
    if piece["blank"] is not None:
        return r"\s+"
    return f"[{_DASHES}]" if piece["dash"] is not None else re.escape(piece.group())


def _edge_before(first: str) -> str:
    if first.isdigit():
        return rf"(?<!\w)(?<!\d{_MARK})"
    return r"(?<!\d)" if first in ".·" else r"(?<!\w)" if first.isalnum() else ""


def _edge_after(last: str) -> str:
    if last.isdigit():
        return rf"(?!\w)(?!{_MARK}\d)"
    return r"(?!\w)" if last.isalnum() else ""
