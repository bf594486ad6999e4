"""Sections of a structured abstract.

In: a text, with the sections its source marks. Out: sections with their headings, given or recognised: "Background:", "METHODS",
"Patients and Methods We ran", "Findings." An unstructured text has none; ``roles`` tells what its sentences do.
"""

import re
from collections.abc import Iterator, Sequence

from kg.extract.any_case import any_case
from kg.model import Section, SectionLabel

#: Words of a heading to the part that it opens; the first that fits decides, so "Methods and Findings" are results.
_KEYWORDS: tuple[tuple[SectionLabel, re.Pattern[str]], ...] = (
    (
        SectionLabel.CONCLUSIONS,
        re.compile(r"conclu|interpret|discussion|implication|relevance|key points|take-home|limitation|^(?:summary|comments?)$"),
    ),
    (SectionLabel.BACKGROUND, re.compile(r"background|introduction|context|rationale|importance|significance|^problem$")),
    (SectionLabel.RESULTS, re.compile(r"result|finding|observations|^outcomes?$")),
    (SectionLabel.OBJECTIVE, re.compile(r"objective|\baims?\b|purpose|\bgoals?\b|question|hypothes")),
    (
        SectionLabel.METHODS,
        re.compile(
            r"method|design|setting|patients|participants|material|intervention|measure|statistic|analys[ei]s|procedure|registration|eligib"
            r"|search|sources?|selection|subjects|sampl|exposure|criteria|experiment|data collection|data extraction|protocol|"
            r"level of evidence"
        ),
    ),
)
_HEADING = r"[A-Z][A-Za-z]+(?:[ ,/&'’-]+(?:[A-Za-z]+|\([a-zA-Z]+\))){0,6}"
#: Before a heading: the start, a line break, or the end of a sentence.
_BEFORE = r"(?:^|(?<=\n)|(?<=[.!?)\]%”\"] ))"
_WITH_MARK = re.compile(rf"{_BEFORE}(?P<heading>{_HEADING})(?: ?[:：]\s*|\.\s+(?=[A-Z])| ?[—–]\s+(?=[A-Z])|\n+)")
#: Headings that may run into their sentence without a mark; others ("Patients", "Outcomes") would be the subject of it.
_RUN_IN = re.compile(
    rf"{_BEFORE}(?P<heading>(?i:background|introduction|context|objectives?|purpose|aims?|(?:patients|materials?|subjects) and methods"
    r"|(?:study )?design(?: and methods)?|methods(?: and (?:materials|findings))?|results|findings|conclusions?|interpretation|discussion))"
    r"\s+(?=[A-Z0-9(\"“]|[a-z]{1,2}[A-Z])"
)
#: A mark other than a colon needs a heading of these words alone: "Mice. We" must not open a section.
_STRICT = any_case(
    r"(?:backgrounds?|introduction|context|objectives?|purpose|aims?|(?:patients|materials?|subjects) (?:and|&) methods|methods?|"
    r"(?:study )?design|setting"
    r"|results?|findings|conclusions?|interpretation|discussion|patients|interventions?|participants|main outcome measures?|"
    r"key points|summary)",
)


def find_sections(text: str, *, given: Sequence[Section] = ()) -> tuple[Section, ...]:
    """The sections in order, each from its heading to the last character before the next; empty for an unstructured text."""
    if given:
        return tuple(given)
    headings = _headings(text)
    is_structured = len(headings) > 1 and (headings[0][0] == 0 or len(headings) > 2)
    return tuple(_sections(text, headings)) if is_structured else ()


def heading_end(text: str, section: Section) -> int:
    """Where the first sentence of a section begins: after its printed heading, if it has one."""
    for pattern in (_WITH_MARK, _RUN_IN):
        match = pattern.match(text, section.start, section.end)
        if match is not None and (pattern is _RUN_IN or _label(match) is not None or match["heading"].isupper()):
            return match.end()
    return section.start


def _headings(text: str) -> list[tuple[int, SectionLabel]]:
    """Where headings begin, and what they open."""
    found = {match.start(): label for match in _RUN_IN.finditer(text) if (label := _label_of(match["heading"])) is not None}
    found.update({match.start(): label for match in _WITH_MARK.finditer(text) if (label := _label(match)) is not None})
    return sorted(found.items())


def _label(match: re.Match[str]) -> SectionLabel | None:
    """What a heading with its mark opens; None for words that only look like one, as in "Two findings emerged:"."""
    heading, mark = match["heading"], match.group()[len(match["heading"]) :].strip()
    if _STRICT.fullmatch(heading) is None and (mark not in (":", "：") or not _is_titled(heading)):
        return None
    return _label_of(heading)


def _is_titled(heading: str) -> bool:
    """True for "SETTINGS AND DESIGN", "Main outcome measures", "Data Sources"; False for a clause before a colon."""
    words = re.findall(r"[A-Za-z]+", heading)
    is_clause = any(word in ("was", "were", "is", "are", "emerged", "had", "the", "in", "with", "by", "a", "we", "of") for word in words)
    return heading.isupper() or (len(words) <= 5 and not is_clause) or "of the study" in heading.lower()


def _label_of(heading: str) -> SectionLabel | None:
    plain = heading.lower()
    return next((label for label, pattern in _KEYWORDS if pattern.search(plain) is not None), None)


def _sections(text: str, headings: Sequence[tuple[int, SectionLabel]]) -> Iterator[Section]:
    """One section per run of headings with the same label; what stands before the first heading is background."""
    kept = [heading for index, heading in enumerate(headings) if index == 0 or headings[index - 1][1] is not heading[1]]
    if kept[0][0] > 0:
        kept.insert(0, (0, SectionLabel.BACKGROUND))
    ends = [start for start, _ in kept[1:]] + [len(text)]
    for (start, label), end in zip(kept, ends, strict=True):
        stop = start + len(text[start:end].rstrip())
        if stop > start:
            yield Section(label=label, start=start, end=stop)
