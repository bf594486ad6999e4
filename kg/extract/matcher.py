"""Find vocabulary phrases in a text: every mention, the longest one at each place, however it is spelled.

In: a ``Vocabulary``, once; then texts. Out: matches over the words of a text. A trie over word keys (``spelling``) does the
work: blanks and hyphens between words are free, letters and digits of one word are separate words ("IL-10", "IL10"), every
other sign is a word of its own, so that a comma or bracket ends a phrase unless the vocabulary prints it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract.spelling import word_key
from kg.model import TermKind
from kg.vocabulary import AmbiguousForm, Concept, Vocabulary

_WORD = re.compile(r"\(\+\)|[α-ωΑ-Ωµϕ]|[^\W\d_α-ωΑ-Ωµϕ]+(?:['’]s(?![^\W\d_]))?|\d+|\n|[^\w\s\-‐‑‒–—]|_")
_KINDS = frozenset(kind.value for kind in TermKind)
#: Kinds that are matched to tell abbreviations apart ("RR" may be a relative risk) and are never terms.
_RIVAL_KINDS = frozenset({"statistic"})


@dataclass(frozen=True, slots=True)
class Word:
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
        words = split_words(label)
        for match in self.match(words):
            if match.first == 0 and match.last == len(words):
                return self.vocabulary.concepts[match.entries[0].slug]
        return None

    def match(self, words: Sequence[Word]) -> Iterator[Match]:
        """The longest match at each word, in order; matches at different words may overlap."""
        for first in range(len(words)):
            if first and words[first].is_glued and words[first].text[0].isalnum() and words[first - 1].text[-1].isalnum():
                continue
            found = self._longest(words, first)
            if found is not None:
                yield found

    def _longest(self, words: Sequence[Word], first: int) -> Match | None:
        node, best = self.root, None
        for at in range(first, len(words)):
            child = node.children.get(words[at].key)
            if child is None:
                break
            node = child
            if node.entries and not _is_cut(words, at):
                entries = tuple(
                    entry for entry in node.entries if not entry.is_abbreviation or _has_capitals(words[first : at + 1], entry.name)
                )
                best = Match(first, at + 1, entries) if entries else best
        return best


def build_matcher(vocabulary: Vocabulary) -> TermMatcher:
    """Put every name of every term concept into one trie."""
    root = _Node()
    context: dict[str, tuple[frozenset[str], ...]] = {}
    for slug in sorted(vocabulary.concepts):
        concept = vocabulary.concepts[slug]
        if concept.kind in _KINDS or concept.kind in _RIVAL_KINDS:
            names = dict.fromkeys(concept.phrases)
            for name in names:
                _add(root, concept, name)
            spelled_out = (split_words(name) for name in names if not _is_abbreviation(name))
            context[slug] = tuple(frozenset(word.key for word in each if len(word.key) > 2) for each in spelled_out)
    return TermMatcher(
        vocabulary=vocabulary,
        root=root,
        incidence={c.measures: c for c in vocabulary.concepts.values() if c.measures is not None and "incidence" in c.label},
        sourced_cells=_sourced_cells(vocabulary),
        context=context,
    )


def split_words(text: str) -> list[Word]:
    """Words of a text in order, with keys."""
    words = []
    end = -1
    for found in _WORD.finditer(text):
        start, printed = found.start(), found.group()
        words.append(Word(start, found.end(), printed, word_key(printed), start == end))
        end = found.end()
    return words


def _add(root: _Node, concept: Concept, name: str) -> None:
    keys = [word.key for word in split_words(name)]
    entry = Entry(concept.slug, concept.kind, concept.label, name, _is_abbreviation(name))
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


def _has_capitals(words: Sequence[Word], name: str) -> bool:
    printed = "".join(word.text for word in words)
    bare = "".join(word.text for word in split_words(name))
    if printed.removesuffix("s") == bare.removesuffix("s"):
        return True
    return sum(c.isupper() for c in printed) >= 2 <= sum(c.isupper() for c in bare) and len(bare) > 2


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
