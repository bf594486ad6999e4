"""Words of a prompt and of the text it asks about, made comparable, and what is read once per text."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.abbreviations import Abbreviation, find_abbreviations
from kg.extract.findings.clauses import find_clauses
from kg.extract.findings.cues import Cue, find_cues
from kg.extract.findings.elements import Elements, read_elements
from kg.extract.numbers.reader import read_numbers
from kg.extract.roles import find_roles
from kg.extract.sections import find_sections
from kg.extract.sentences import find_sentences
from kg.model import SectionLabel, Span

WORD = re.compile(r"[^\W_]+")
_SUFFIX = re.compile(r"(?:ies|es|s|ed|ing|ly|al|ic|y|e|ion|ions|ive)$")
_STOP_WORDS = (
    "the a an of in and or to with for at by on from than vs versus between after during per as is was were be been that this which who"
    " their its our not no all any each both other using used use based compared comparison group groups arm arms patients patient"
    " participants subjects women men children adults among within over under into through versus received receiving receive given"
    " treated treatment therapy plus alone only day days week weeks month months year years mg ml kg dose daily once twice time times"
)
#: Words that tell neither an arm nor an outcome.
STOP = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place and its stem."""

    start: int
    end: int
    stem: str


@dataclass(frozen=True)
class Reading:
    """What is read once per text; the lists have one entry per sentence."""

    text: str
    sentences: tuple[Span, ...]
    roles: tuple[SectionLabel, ...]
    elements: Elements
    abbreviations: tuple[Abbreviation, ...]
    words: tuple[tuple[Word, ...], ...]
    cues: tuple[tuple[Cue, ...], ...]
    clauses: tuple[tuple[Span, ...], ...]
    #: In how many sentences a stem stands.
    frequency: Counter[str]


@lru_cache(maxsize=8)
def read_text(text: str, title: str) -> Reading:
    """Sentences, numbers, cues and words of an abstract or a passage."""
    sections = find_sections(text)
    sentences = find_sentences(text, sections=sections)
    words = tuple(tuple(Word(m.start(), m.end(), stem(m.group())) for m in WORD.finditer(text, s.start, s.end)) for s in sentences)
    return Reading(
        text=text,
        sentences=sentences,
        roles=tuple(find_roles(sentences, sections, text)),
        elements=read_elements(text, read_numbers(text), ()),
        abbreviations=find_abbreviations(text, title=title),
        words=words,
        cues=tuple(find_cues(text[s.start : s.end], offset=s.start) for s in sentences),
        clauses=tuple(find_clauses(text, s.start, s.end) for s in sentences),
        frequency=Counter(s for sentence in words for s in {w.stem for w in sentence}),
    )


def stem(word: str) -> str:
    """A crude stem, enough to pair "infections" with "infection"."""
    word = word.lower()
    return (_SUFFIX.sub("", word) if len(word) > 4 else word)[:9]


def stems_of(phrase: str, stop: frozenset[str] = STOP) -> list[str]:
    """Stems of the words that are not in ``stop``, each once; of all words when none is left."""
    found = [stem(m.group()) for m in WORD.finditer(phrase) if m.group().lower() not in stop]
    return list(dict.fromkeys(found or [stem(m.group()) for m in WORD.finditer(phrase)]))


def with_long_forms(reading: Reading, phrase: str) -> tuple[set[str], set[str]]:
    """Stems of a phrase with its abbreviations written out, and the short forms that stand for the phrase."""
    stems = set(stems_of(phrase))
    shorts = {match[1] for match in re.finditer(r"\(([A-Z][\w+/-]{1,9})\)", phrase)}
    for abbreviation in reading.abbreviations:
        long_stems = set(stems_of(abbreviation.long))
        if re.search(rf"(?<!\w){re.escape(abbreviation.short)}s?(?!\w)", phrase):
            stems |= long_stems
            shorts.add(abbreviation.short)
        elif abbreviation.long.lower() in phrase.lower() or (long_stems and long_stems <= stems):
            shorts.add(abbreviation.short)
    return stems, shorts
