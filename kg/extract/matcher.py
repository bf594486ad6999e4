"""Find vocabulary phrases in a text: every mention, the longest one at each place, however it is spelled.

In: a ``Vocabulary``, once; then texts. Out: matches over the words of a text. A trie over word keys (``spelling``) does the
work: blanks and hyphens between words are free, letters and digits of one word are separate words ("IL-10", "IL10"), every
other sign is a word of its own, so that a comma or bracket ends a phrase unless the vocabulary prints it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kg.extract.spelling import word_key
from kg.model import TermKind
from kg.vocabulary import AmbiguousForm, Concept, Vocabulary

#: Words of plain letters come first, since most are; the last but three takes words of any other letters.
_WORD = re.compile(
    r"[A-Za-z]+(?![^\W\d_A-Za-zα-ωΑ-Ωµϕ])(?:['’]s(?![^\W\d_]))?|\d+|\(\+\)|[α-ωΑ-Ωµϕ]|[^\W\d_α-ωΑ-Ωµϕ]+(?:['’]s(?![^\W\d_]))?"
    r"|\n|[^\w\s\-‐‑‒–—]|_"
)
_KINDS = frozenset(kind.value for kind in TermKind)
#: Last words of outcomes that are properties of cells and molecules, or changes.
_PROPERTIES = frozenset(
    {
        "achieved", "activation", "activity", "apoptosis", "capacity", "concentration", "count", "cytotoxicity", "differentiation", "dose",
        "expansion", "expression", "frequency", "function", "improvement", "infiltration", "level", "marker", "migration", "number",
        "percentage", "persistence", "production", "proliferation", "proportion", "ratio", "secretion", "viability",
    }
)  # fmt: skip
_PREDICATES = frozenset(
    {
        "alive",
        "remained alive",
        "survived",
        "surviving",
        "survivor",
        "survivors",
        "safe",
        "safely",
        "tolerated",
        "well tolerated",
        "discontinuation",
    }
)
_TIMED = re.compile(
    r"(?=.*(?:surviv|respon|\bORR\b))(?:.*\b(?:day|month|year|D)[- ]?\d|(?:\d+|one|two|three|five|six)[- ](?:day|month|year)\b)"
)
#: Kinds that are matched to tell abbreviations apart ("RR" may be a relative risk) and are never terms.
_RIVAL_KINDS = frozenset({"statistic"})


class Word(NamedTuple):
    """A word of the text with its key; ``is_glued`` when no blank or hyphen parts it from the word before."""

    start: int
    end: int
    text: str
    key: str
    is_glued: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept under one of its names."""

    slug: str
    kind: str
    label: str
    #: The name as the vocabulary prints it.
    name: str
    #: The name without blanks and hyphens: what the capitals of a mention are compared with.
    bare: str
    #: Abbreviations are told by their capitals: "ALL" is a leukemia, "all" is not.
    is_abbreviation: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Words ``first`` to ``last`` (excluded) carry one of the names in ``entries``."""

    first: int
    last: int
    entries: tuple[Entry, ...]


@dataclass
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class TermMatcher:
    """A vocabulary made ready for matching; build it once with ``build_matcher``."""

    vocabulary: Vocabulary
    root: _Node
    #: Preferred label to concept, term kinds only.
    by_label: Mapping[str, Concept]
    #: Condition slug to the outcome that counts how often it happens.
    incidence: Mapping[str, Concept]
    #: (Generic cell slug, tissue source slug) to the cell of that source.
    sourced_cells: Mapping[tuple[str, str], Concept]
    #: Concept slug to the words (keys) of each of its spelled-out names.
    context: Mapping[str, tuple[frozenset[str], ...]]

    def ambiguous_form(self, form: str) -> AmbiguousForm | None:
        """What the table of ambiguous forms says of a printed form."""
        return self.vocabulary.ambiguous.get(form)

    def concept_named(self, label: str) -> Concept | None:
        """The concept of any term kind whose name equals ``label``, or None."""
        preferred = self.by_label.get(label)
        if preferred is not None:
            return preferred
        words = words_of_name(label)
        match = _longest(self.root, words, 0) if words else None
        if match is None or match.last < len(words):
            return None
        return next((self.vocabulary.concepts[entry.slug] for entry in match.entries if entry.kind in _KINDS), None)

    def match(self, words: Sequence[Word]) -> Iterator[Match]:
        """The longest match at each word, in order; matches at different words may overlap."""
        starts = self.root.children
        for first, word in enumerate(words):
            if word.key not in starts:
                continue
            if first and word.is_glued and word.text[0].isalnum() and words[first - 1].text[-1].isalnum():
                continue
            found = _longest(self.root, words, first)
            if found is not None:
                yield found


def build_matcher(vocabulary: Vocabulary) -> TermMatcher:
    """Put every name of every term concept into one trie."""
    root = _Node()
    context: dict[str, tuple[frozenset[str], ...]] = {}
    for slug in sorted(vocabulary.concepts):
        concept = vocabulary.concepts[slug]
        if concept.kind in _KINDS or concept.kind in _RIVAL_KINDS:
            names = dict.fromkeys(concept.phrases)
            for name in names:
                if not is_readout(concept, name):
                    _add(root, concept, name)
            spelled_out = (split_words(name) for name in names if not _is_abbreviation(name))
            context[slug] = tuple(frozenset(word.key for word in each if len(word.key) > 2) for each in spelled_out)
    return TermMatcher(
        vocabulary=vocabulary,
        root=root,
        by_label={c.label: c for c in vocabulary.concepts.values() if c.kind in _KINDS},
        incidence={c.measures: c for c in vocabulary.concepts.values() if c.measures is not None and "incidence" in c.label},
        sourced_cells=_sourced_cells(vocabulary),
        context=context,
    )


def is_readout(concept: Concept, name: str) -> bool:
    """True for a name by which findings know an outcome and which is no mention of a term.

    Properties of cells and molecules ("T cell proliferation", where the cell is the term), predicates ("alive", "well tolerated")
    and outcomes with their time ("6-month survival", where the time is a fact of its own).
    """
    if concept.kind != TermKind.OUTCOME:
        return False
    return (
        concept.label.rsplit(" ", 1)[-1] in _PROPERTIES
        or concept.label == "immune response"
        or name in _PREDICATES
        or bool(_TIMED.match(name))
    )


def split_words(text: str) -> list[Word]:
    """Words of a text in order, with keys."""
    words = []
    end = -1
    for found in _WORD.finditer(text):
        start, stop = found.span()
        printed = text[start:stop]
        words.append(Word(start, stop, printed, word_key(printed), start == end))
        end = stop
    return words


@lru_cache(maxsize=50_000)
def words_of_name(name: str) -> tuple[Word, ...]:
    """Words of a label or short form; many texts ask for the same ones."""
    return tuple(split_words(name))


def has_capitals(words: Sequence[Word], bare: str) -> bool:
    """True when the words are written like the abbreviation; two capitals are enough ("GvHD" for "GVHD")."""
    printed = "".join(word.text for word in words)
    if printed.removesuffix("s") == bare.removesuffix("s"):
        return True
    at = 0
    for word in words:  # "had MSCs" is not "hAD-MSCs"
        part, at = bare[at : at + len(word.text)], at + len(word.text)
        if len(words) > 1 and word.text.islower() and any(c.isupper() for c in part[1:]) and len(word.text) > 1:
            return False
    return sum(c.isupper() for c in printed) >= 2 <= sum(c.isupper() for c in bare) and len(bare) > 2


def _longest(root: _Node, words: Sequence[Word], first: int) -> Match | None:
    node, best, at = root, None, first
    while at < len(words):
        child = node.children.get(words[at].key)
        if child is None:
            if at > first and _is_bracketed_short_form(words, at):
                at += 3
                continue
            break
        node = child
        at += 1
        if node.entries and not _is_cut(words, at - 1):
            entries = tuple(entry for entry in node.entries if not entry.is_abbreviation or has_capitals(words[first:at], entry.bare))
            best = Match(first, at, entries) if entries else best
    return best


def _is_bracketed_short_form(words: Sequence[Word], at: int) -> bool:
    """True for the bracket in "natural killer (NK) cells", which is part of the phrase around it."""
    return at + 2 < len(words) and words[at].key == "(" and words[at + 2].key == ")" and words[at + 1].text.isalpha()


def _add(root: _Node, concept: Concept, name: str) -> None:
    words = split_words(name)
    keys = [word.key for word in words]
    entry = Entry(concept.slug, concept.kind, concept.label, name, "".join(word.text for word in words), _is_abbreviation(name))
    for spelling in {tuple(keys), tuple(key for key in keys if key != ",")}:
        if not spelling:
            continue
        node = root
        for key in spelling:
            node = node.children.setdefault(key, _Node())
        # one name per concept and place: a spelled-out name beats an abbreviation, which asks for capitals
        same = [at for at, known in enumerate(node.entries) if known.slug == entry.slug and known.is_abbreviation == entry.is_abbreviation]
        if not same or entry.is_abbreviation:
            node.entries.append(entry)


def _is_abbreviation(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return len(letters) <= 5 and " " not in name and any(c.isupper() for c in letters)


def _is_cut(words: Sequence[Word], at: int) -> bool:
    """True when the next word is glued on: "CR" in "CR1", "IL-1" in "IL-1β"."""
    after = words[at + 1] if at + 1 < len(words) else None
    return after is not None and after.is_glued and after.text[0].isalnum() and words[at].text[-1].isalnum()


def _sourced_cells(vocabulary: Vocabulary) -> dict[tuple[str, str], Concept]:
    pairs: dict[tuple[str, str], Concept] = {}
    for slug in sorted(vocabulary.concepts):
        concept = vocabulary.concepts[slug]
        if concept.kind == TermKind.CELL_TYPE and concept.tissue_source is not None:
            for parent in concept.broader:
                pairs.setdefault((parent, concept.tissue_source), concept)
    return pairs
