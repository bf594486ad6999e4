"""Words in a text that may have moved, or have been printed a little otherwise. Pure.

A record from another source has other spaces, dashes and quotation marks, and another section before a sentence moves it. The words
themselves, and every digit, must be the same.
"""

import unicodedata
from functools import lru_cache

from kg.model import Span

_SIGNS = {**dict.fromkeys("‐‑‒–—−", "-"), **dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("“”„«»", '"'), "·": ".", "∙": "."}


def locate(text: str, words: str, *, near: int) -> Span | None:
    """The place of the words that lies nearest to an offset; None where the text does not have them."""
    if not words:
        return None
    found = _nearest(_places(text, words), near)
    if found is not None:
        return Span(start=found, end=found + len(words))
    folded, offsets = _folded(text)
    wanted, _ = _folded(words)
    if not wanted:
        return None
    starts = [place for place in _places(folded, wanted) if _is_whole(folded, offsets, place, len(wanted))]
    spans = [Span(start=offsets[start], end=offsets[start + len(wanted) - 1] + 1) for start in starts]
    return min(spans, key=lambda span: (abs(span.start - near), span.start), default=None)


def overlap(one: Span, other: Span) -> float:
    """How much of the shorter span lies in the other, 0 to 1."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return max(0, shared) / shorter if shorter > 0 else 0.0


def fold_words(words: str) -> str:
    """The words as they compare."""
    return _folded(words)[0]


def _nearest(places: list[int], near: int) -> int | None:
    return min(places, key=lambda place: (abs(place - near), place), default=None)


def _places(text: str, words: str) -> list[int]:
    places = []
    place = text.find(words)
    while place >= 0:
        places.append(place)
        place = text.find(words, place + 1)
    return places


def _is_whole(folded: str, offsets: tuple[int, ...], start: int, length: int) -> bool:
    """False where the words begin or end inside a number, which they would only seem to since spaces are left out."""
    before_joined = start > 0 and folded[start - 1].isdigit() and folded[start].isdigit() and offsets[start] == offsets[start - 1] + 1
    end = start + length
    after_joined = end < len(folded) and folded[end - 1].isdigit() and folded[end].isdigit() and offsets[end] == offsets[end - 1] + 1
    return not (before_joined or after_joined)


@lru_cache(maxsize=64)
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without spaces, in lower case and plain signs, and where each sign of it stands."""
    signs: list[str] = []
    offsets: list[int] = []
    for place, sign in enumerate(text):
        plain = unicodedata.normalize("NFKC", _SIGNS.get(sign, sign)).casefold()
        for each in plain:
            if not each.isspace():
                signs.append(each)
                offsets.append(place)
    return "".join(signs), tuple(offsets)
