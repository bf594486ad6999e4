"""Words that say in which direction an outcome moved, and how sure the authors are.

In: a sentence's text and its offset. Out: cues with spans of the whole text, negation already applied. A cue says how the
outcome quantity of its subject moved (up, down), whether that is good (better, worse), how fast it came (faster, slower),
that nothing differed (same), or how a test came out (significant, not significant, trend).
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from kg.extract.any_case import any_case
from kg.extract.findings import cue_words
from kg.extract.openings import with_look_ahead
from kg.model import Quote


class CueKind(StrEnum):
    """What a cue says of the outcome."""

    UP = "up"
    DOWN = "down"
    BETTER = "better"
    WORSE = "worse"
    FASTER = "faster"
    SLOWER = "slower"
    SAME = "same"
    TREND = "trend"
    SIGNIFICANT = "significant"
    NOT_SIGNIFICANT = "not_significant"
    #: "predicted", "associated with": direction comes from another cue or from the ratio.
    ASSOCIATED = "associated"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue; ``is_verb`` when it can govern an object ("MSCs reduced X")."""

    start: int
    end: int
    text: str
    kind: CueKind
    is_verb: bool = False
    is_negated: bool = False

    def quote(self) -> Quote:
        """The span with its text."""
        return Quote(start=self.start, end=self.end, text=self.text)


#: Kind, whether it governs an object, words; where two match at one place the earlier row wins.
_LEXICON: tuple[tuple[CueKind, bool, tuple[str, ...]], ...] = (
    (CueKind.NOT_SIGNIFICANT, False, cue_words.NOT_SIGNIFICANT),
    (CueKind.SAME, False, cue_words.SAME),
    (CueKind.TREND, False, cue_words.TREND),
    (CueKind.SIGNIFICANT, False, cue_words.SIGNIFICANT),
    (CueKind.FASTER, False, cue_words.FASTER),
    (CueKind.SLOWER, False, cue_words.SLOWER),
    (CueKind.BETTER, False, cue_words.BETTER),
    (CueKind.WORSE, False, cue_words.WORSE),
    (CueKind.DOWN, True, cue_words.DOWN_VERB),
    (CueKind.DOWN, False, cue_words.DOWN),
    (CueKind.UP, True, cue_words.UP_VERB),
    (CueKind.UP, False, cue_words.UP),
    (CueKind.ASSOCIATED, False, cue_words.ASSOCIATED),
)
_PATTERN = any_case(
    r"(?<![\w‐-])(?:"
    + "|".join(f"(?P<c{i}>{with_look_ahead('|'.join(words))})" for i, (_, _, words) in enumerate(_LEXICON))
    + r")(?![\w]|-(?:dose|risk|grade|intensity|resolution|blind))",
)
_NEGATION = any_case(
    r"(?<!\w)(?:not|no|nor|neither|never|without|cannot|n't|fail(?:ed|s)? to|unable to|lack of|absence of"
    r"|rather than)(?:\s+(?!(?:and|but|had|was|were|showed)\b)(?:\w+|\w+-\w+)){0,3}\s*$",
)
#: "not only … but": affirms.
_NOT_ONLY = any_case(r"not only(?:\s+\w+){0,3}\s*$|no less(?:\s+\w+){0,2}\s*$")
_OPPOSITE = {CueKind.SIGNIFICANT: CueKind.NOT_SIGNIFICANT}


def find_cues(sentence: str, *, offset: int = 0) -> tuple[Cue, ...]:
    """Cues of one sentence in order; ``offset`` is the sentence's place in the text.

    A negated change becomes ``same``, a negated "significant" becomes ``not_significant``.
    """
    cues = []
    for match in _PATTERN.finditer(sentence):
        kind, is_verb, _ = _LEXICON[int((match.lastgroup or "c0")[1:])]
        cue = Cue(match.start() + offset, match.end() + offset, match.group(), kind, is_verb=is_verb)
        cues.append(_negate(cue) if _is_negated(sentence, match.start(), kind) else cue)
    return tuple(cues)


def _is_negated(sentence: str, start: int, kind: CueKind) -> bool:
    if kind in (CueKind.SAME, CueKind.NOT_SIGNIFICANT, CueKind.TREND):
        return False
    before = sentence[max(0, start - 60) : start]
    return _NEGATION.search(before) is not None and _NOT_ONLY.search(before) is None


def _negate(cue: Cue) -> Cue:
    return replace(cue, kind=_OPPOSITE.get(cue.kind, CueKind.SAME), is_negated=True)
