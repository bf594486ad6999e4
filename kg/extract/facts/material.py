"""What study facts are read from: the text by sentence and role, the title, a citation line, and the record's metadata.

In: a paper with its sentences, roles, terms and numbers. Out: ``Material``, whose ``search`` methods return hits that know where they
were found. A sentence counts as the study's own when it is neither background nor conclusion: what others did, or should do next, is
no fact of this study.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.extract.any_case import any_case, lowered
from kg.extract.facts.wording import Wording
from kg.extract.numbers.numerals import WORD_NUMBER
from kg.extract.numbers.reader import Numbers
from kg.extract.tense import is_of_others, tells_what_happened
from kg.model import Cell, Fact, Origin, Paper, SectionLabel, Span, Term, TextKind

OWN = frozenset({SectionLabel.OBJECTIVE, SectionLabel.METHODS, SectionLabel.RESULTS})
#: "Gao et al. (2016). Phase II multicenter, … Journal, 34(24), 2843-2853." on a line of its own.
_CITATION = re.compile(r"^[^\n]{3,150}\((?:19|20)\d\d[a-z]?\)[.,:]? [^\n]{30,}\d+ ?(?:\(\d+\)|:)[^\n]*$", re.MULTILINE)
#: What only a sentence about the study itself says, wherever it stands: "we treated", "this trial", "40 patients received".
_OURS = re.compile(
    r"\b(?:[Ww]e (?!know\b|believe\b|need\b|and others\b|previously\b|recently\b|have (?:previously|recently)\b)"
    r"|[Tt]h(?:is|e present|e current) (?:[\w-]+,? ){0,4}(?:study|trial|analysis|report|work)\b"
    r"|[Tt]his is (?:a|an|the|our)\b|[Tt]he study (?:includes|included|enrolled|comprised|population)\b|(?:were|was) (?:given|infused"
    r"|injected|administered|enrolled"
    r"|randomi[sz]ed|co-?cultured|isolated)\b)"
    rf"|^(?:[A-Z][\w ]{{0,20}}: )?(?:\d{{1,5}}|{WORD_NUMBER}) (?:[\w-]+ ){{0,4}}(?:patients|children|adults|individuals|recipients|mice"
    rf"|participants)\b"
    r" (?:[\w-]+ ){0,4}?(?:received|underwent|were|had)\b"
    r"|^In (?:an?|our|the present) (?!recent|previous|earlier|prior|landmark|pivotal|former|murine|mouse|rat|separate)(?:[\w/-]+,? ){0,6}"
    r"(?:study|trial|cohort|series)\b"
    r"|\b[Oo]ur (?:[\w-]+ ){0,3}(?:cohort|series|study|patients|population|trial)\b|\b(?:has|have) now\b"
    r"|\b(?:reported|presented|summari[sz]ed|described|analy[sz]ed) here\b|\b(?:is|are) being \w+ed\b|\b(?:is|are) (?:planned )?to (?:be )?"
    r"(?:randomi[sz]|enrol|recruit|treat|includ|assign|allocat)\w*"
)
#: An abstract in labelled parts says itself which sentences are background.
_LABELLED = re.compile(r"(?:^|[\n.] ?)(?:[\w ,/&]{0,30}\b)?(?:METHODS?|Methods?|RESULTS?|Results?|FINDINGS|Findings)\b(?: ?[:.]|\n| [A-Z])")
#: Sentences of a web page that address its reader instead of telling of the study.
FURNITURE = any_case(r"\b(?:click here|learn more|posted and filed|enter your information|consultation|subscribe|cookies|sign up)\b")


@dataclass(frozen=True, slots=True)
class Hit:
    """A match in the text, the title or the citation line; offsets of the title are not kept."""

    origin: Origin
    match: re.Match[str]
    start: int | None
    end: int | None
    role: SectionLabel | None = None

    def fact(self, field: str, rule: str) -> Fact:
        """Where ``field`` was read."""
        return Fact(field=field, origin=self.origin, start=self.start, end=self.end, text=self.match.group(), rule=rule)


@dataclass(frozen=True)
class Material:
    """One paper ready for reading study facts; build it with ``gather``."""

    paper: Paper
    #: Sentences of the body with their roles; neither citation nor page furniture is among them.
    sentences: tuple[tuple[Span, SectionLabel], ...]
    citation: Span | None
    terms: Sequence[Term]
    title_terms: Sequence[Term]
    cells: Sequence[Cell]
    numbers: Numbers
    #: Matches of each pattern in the body, found once: several rules ask for the same words.
    _found: dict[Wording, tuple[Hit, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, offsets kept."""
        return lowered(self.paper.text)

    @cached_property
    def lowered_sentences(self) -> tuple[str, ...]:
        """Each sentence in lower case."""
        return tuple(self.lowered[span.start : span.end] for span, _ in self.sentences)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(span.start for span, _ in self.sentences)

    @cached_property
    def lowered_title(self) -> str:
        """The title in lower case."""
        return self.title.lower()

    @property
    def title(self) -> str:
        """The title, empty when there is none."""
        return self.paper.title or ""

    def terms_in(self, roles: frozenset[SectionLabel]) -> tuple[Term, ...]:
        """Terms in sentences of the given roles, in order."""
        return tuple(term for term, role in self._terms_with_roles if role in roles)

    @cached_property
    def _terms_with_roles(self) -> tuple[tuple[Term, SectionLabel], ...]:
        at = ((term, bisect_right(self._starts, term.start) - 1) for term in self.terms)
        return tuple((term, self.sentences[i][1]) for term, i in at if i >= 0 and term.start < self.sentences[i][0].end)

    def fact_of(self, term: Term, field: str, *, rule: str = "term") -> Fact:
        """Where a field was read, when a term says it."""
        if any(term is each for each in self.title_terms):
            return Fact(field=field, origin=Origin.TITLE, text=term.text, rule=rule)
        return Fact(field=field, origin=Origin.TEXT, start=term.start, end=term.end, text=term.text, rule=rule)

    def in_sentences(self, pattern: Wording, *, roles: frozenset[SectionLabel] = OWN) -> Iterator[Hit]:
        """Matches in sentences of the given roles, in order; a match does not cross the end of its sentence."""
        if pattern not in self._found:
            self._found[pattern] = tuple(self._scan(pattern))
        return (hit for hit in self._found[pattern] if hit.role in roles)

    def _scan(self, pattern: Wording) -> Iterator[Hit]:
        if not pattern.is_possible(self.lowered):
            return
        for at in self._with_stem(pattern.stems):
            (span, role), sentence = self.sentences[at], self.lowered_sentences[at]
            if pattern.probe is not None and pattern.probe.search(sentence) is None:
                continue
            for match in pattern.pattern.finditer(self.paper.text, span.start, span.end):
                yield Hit(Origin.TEXT, match, match.start(), match.end(), role)

    def _with_stem(self, stems: Sequence[str]) -> list[int]:
        """Which sentences hold one of the stems, in order."""
        found: set[int] = set()
        for stem in stems:
            place = self.lowered.find(stem)
            while place >= 0:
                at = bisect_right(self._starts, place) - 1
                if at >= 0 and place < self.sentences[at][0].end:
                    found.add(at)
                next_start = self._starts[at + 1] if at + 1 < len(self._starts) else len(self.lowered)
                place = self.lowered.find(stem, max(next_start, place + 1))
        return sorted(found)

    def in_title(self, pattern: Wording) -> Iterator[Hit]:
        """Matches in the title."""
        for match in pattern.find(self.title, self.lowered_title):
            yield Hit(Origin.TITLE, match, None, None)

    def in_citation(self, pattern: Wording) -> Iterator[Hit]:
        """Matches in the citation line."""
        if self.citation is not None:
            for match in pattern.pattern.finditer(self.paper.text, self.citation.start, self.citation.end):
                yield Hit(Origin.CITATION, match, match.start(), match.end())

    def first(self, pattern: Wording, *, roles: frozenset[SectionLabel] = OWN) -> Hit | None:
        """The first match in the study's own sentences, else in the title, else in the citation line."""
        for hits in (self.in_sentences(pattern, roles=roles), self.in_title(pattern), self.in_citation(pattern)):
            hit = next(hits, None)
            if hit is not None:
                return hit
        return None


def gather(
    paper: Paper,
    sentences: Sequence[Span],
    roles: Sequence[SectionLabel],
    *,
    terms: Sequence[Term],
    title_terms: Sequence[Term],
    cells: Sequence[Cell],
    numbers: Numbers,
) -> Material:
    """The material of one paper; ``roles`` has one label per sentence."""
    citation = find_citation(paper.text)
    body = tuple(
        (sentence, role)
        for sentence, role in zip(sentences, own_roles(paper, sentences, roles), strict=True)
        if not _overlaps(sentence, citation) and FURNITURE.search(paper.text, sentence.start, sentence.end) is None
    )
    return Material(paper, body, citation, terms, title_terms, cells, numbers)


def own_roles(paper: Paper, sentences: Sequence[Span], roles: Sequence[SectionLabel]) -> tuple[SectionLabel, ...]:
    """Roles in which no sentence about the study itself is background; one label per sentence."""
    is_retold = paper.text_kind is TextKind.PAGE or find_citation(paper.text) is not None
    by_tense = len(_LABELLED.findall(paper.text)) < 2
    return tuple(
        _role(paper.text[sentence.start : sentence.end], role, is_retold=is_retold, by_tense=by_tense)
        for sentence, role in zip(sentences, roles, strict=True)
    )


def find_citation(text: str) -> Span | None:
    """The line that cites the paper a page tells of; None for an abstract."""
    lines = list(_CITATION.finditer(text))
    return Span(start=lines[-1].start(), end=lines[-1].end()) if lines and "\n" in text else None


def _role(sentence: str, role: SectionLabel, *, is_retold: bool, by_tense: bool) -> SectionLabel:
    """The role, corrected: a page tells of one study throughout, and what was done is no background even in a first sentence."""
    if role is not SectionLabel.BACKGROUND:
        return role
    is_ours = is_retold or _OURS.search(sentence) is not None
    if not is_ours and by_tense:
        is_ours = tells_what_happened(sentence) and not is_of_others(sentence)
    return SectionLabel.METHODS if is_ours else role


def _overlaps(span: Span, other: Span | None) -> bool:
    return other is not None and span.start < other.end and other.start < span.end
