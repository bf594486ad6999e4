"""One paper's extraction as coloured text for a terminal.

Signs that could move a terminal's cursor are shown as a replacement sign, one for one, so that offsets hold.
"""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from kg.explain import facts
from kg.explain.marks import Mark, Role, find_marks
from kg.model import DOUBTFUL_BELOW, Extraction, Finding, Paper
from kg.page import sense_of
from kg.vocabulary import Vocabulary
from kg.wording import RETRACTED, duration_words

_SENSES = {"increased": "dark_orange3", "decreased": "dodger_blue2", "no_difference": "green4", "mixed": "magenta3", "reported": "grey50"}
_KINDS = {
    "cell_type": "cyan",
    "tissue_source": "cyan",
    "transplant": "yellow",
    "procedure": "yellow",
    "condition": "red",
    "drug": "magenta",
    "outcome": "blue",
    "biomarker": "bright_magenta",
}
_ARMS = {"given": "underline", "control": "underline dim"}
_SIGN = {"increased": "↑", "decreased": "↓", "no_difference": "=", "mixed": "?", "reported": "·"}


def explain_terminal(
    paper: Paper, extraction: Extraction, vocabulary: Vocabulary, *, notice: str | None = None, doubtful_below: float = DOUBTFUL_BELOW
) -> RenderableType:
    """Title, text with what was recognised in it, findings with what fired, study facts, and what was not understood."""
    marks = find_marks(paper.text, extraction)
    gaps = facts.find_gaps(paper, extraction, marks, vocabulary)
    return Group(
        *_head(paper, extraction, notice),
        _heading("Text"),
        _block(_text(paper, marks)),
        _heading("Findings"),
        *_findings(extraction, vocabulary, gaps, doubtful_below),
        _heading("Study"),
        *_study(extraction, vocabulary),
        _heading("Not understood"),
        *_gaps(paper, gaps),
    )


def _head(paper: Paper, extraction: Extraction, notice: str | None) -> Iterator[Text]:
    if notice is not None:
        yield _line(notice, "italic")
    if paper.is_retracted:
        yield _line(RETRACTED, "bold white on red")
    yield _line(paper.title or paper.id, "bold")
    yield _line(" · ".join([*facts.bibliography(paper), f"text: {paper.text_kind.replace('_', ' ')}", extraction.engine]), "dim")
    for told in facts.notices(paper):
        yield _line(told, "red")


def _text(paper: Paper, marks: Sequence[Mark]) -> Text:
    text = _line(paper.text or "The record has no abstract.")
    # Of two styles the later wins: what a finding rests on shows over what a term is.
    for mark in sorted(marks, key=lambda mark: mark.role is not Role.TERM):
        style = _style(mark)
        if style is not None:
            text.stylize(style, mark.start, mark.end)
    return text


def _style(mark: Mark) -> str | None:
    """The style of a mark; sentences and study facts have none here."""
    return {
        Role.HEADING: "bold",
        Role.TERM: _KINDS.get(mark.style.split()[0] if mark.style else ""),
        Role.OUTCOME: f"bold underline {_SENSES.get(mark.style, '')}".strip(),
        Role.CUE: f"italic bold {_SENSES.get(mark.style, '')}".strip(),
        Role.ARM: _ARMS.get(mark.style),
        Role.NUMBER: "dim" if mark.style == "unused" else "bold",
        Role.P: "dim" if mark.style == "unused" else "bold",
        Role.INCONSISTENCY: "reverse red",
    }.get(mark.role)


def _findings(extraction: Extraction, vocabulary: Vocabulary, gaps: facts.Gaps, doubtful_below: float) -> Iterator[RenderableType]:
    if gaps.reason is not None:
        yield _block(_line(f"none: {gaps.reason}"))
    for number, finding in enumerate(extraction.findings, start=1):
        is_doubtful = finding.confidence < doubtful_below
        sense = sense_of(finding.direction)
        head = _line(f"{number}  {_SIGN[sense]} {finding.outcome.label}: {finding.direction.replace('_', ' ')}", f"bold {_SENSES[sense]}")
        head.append(f"  confidence {finding.confidence:.2f}", "default not bold")
        if is_doubtful:
            head.append(f", below {doubtful_below:g}", "red")
            head.stylize("dim")
        yield _block(head)
        for line in filter(None, _about(finding, vocabulary)):
            yield Padding(_line(line, "dim" if is_doubtful else ""), (0, 0, 0, 5))


def _about(finding: Finding, vocabulary: Vocabulary) -> Iterator[str]:
    """What is known of a finding, and what fired, a line each."""
    sides = ((finding.intervention, finding.values.intervention), (finding.comparator, finding.values.comparator))
    yield " against ".join(": ".join(part for part in (arm, value and value.text) if part) for arm, value in sides if arm or value)
    favoured = facts.favours_words(finding, vocabulary)
    told = (
        *facts.statistics_words(finding),
        facts.significance_words(finding),
        f"at {duration_words(finding.timepoint)}" if finding.timepoint is not None else "",
        f"in {finding.population}" if finding.population is not None else "",
        f"favours {favoured}" if favoured else "",
    )
    yield "; ".join(part for part in told if part)
    yield "why: " + "; ".join([*finding.rules, *(f"“{cue.text}”" for cue in finding.cues)])
    yield f"outcome read from “{finding.outcome.text}”"


def _study(extraction: Extraction, vocabulary: Vocabulary) -> Iterator[RenderableType]:
    for row in facts.study_rows(extraction, vocabulary):
        places = ", ".join(dict.fromkeys(map(facts.place_words, row.places)))
        line = _line(f"{row.name:<20}{row.value}")
        if places:
            line.append(f"  ({_shown(places)})", "dim")
        yield _block(line)


def _gaps(paper: Paper, gaps: facts.Gaps) -> Iterator[RenderableType]:
    if gaps.is_empty:
        yield _block(_line("nothing was left over"))
    for each in gaps.inconsistencies:
        yield _block(_line(f"cannot all be true: {each.message} (“{paper.text[each.start : each.end]}”)", "red"))
    for sentence in gaps.sentences:
        yield _block(_line(f"no finding in: “{paper.text[sentence.start : sentence.end]}”"))
    if gaps.numbers:
        yield _block(_line("numbers that no finding uses: " + "; ".join(paper.text[mark.start : mark.end] for mark in gaps.numbers)))
    if gaps.phrases:
        lacking = "; ".join(f"{phrase} ({kind.replace('_', ' ')})" for kind, phrase, _ in gaps.phrases)
        yield _block(_line(f"not in the vocabulary: {lacking}"))


def _heading(words: str) -> Text:
    return Text(f"\n{words}", style="bold")


def _block(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2))


def _line(words: str, style: str = "") -> Text:
    return Text(_shown(words), style=style)


def _shown(words: str) -> str:
    """The words without control signs, as long as before."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in words)
