"""Sections of a structured abstract.

In: a text, with the sections its source marks. Out: sections with their headings, given or recognised: "Background:", "METHODS",
"Patients and Methods We ran", "Findings." An unstructured text has none; ``roles`` tells what its sentences do.
"""

import re
from collections.abc import Iterator, Sequence

from kg.model import Section, SectionLabel

B, O, M, R, C = SectionLabel.BACKGROUND, SectionLabel.OBJECTIVE, SectionLabel.METHODS, SectionLabel.RESULTS, SectionLabel.CONCLUSIONS

#: Heading words, lower case, to the part that they open.
HEADINGS: dict[str, SectionLabel] = {
    **dict.fromkeys(("background", "introduction", "context", "rationale", "importance", "background and purpose", "background and aims",
                     "background and aim", "background and objective", "background and objectives", "background/aims", "background/aim",
                     "background & aims", "summary of background data", "significance", "problem"), B),
    **dict.fromkeys(("objective", "objectives", "purpose", "aim", "aims", "aim of the study", "aims of the study", "study objective", "goal",
                     "hypothesis", "research question", "question", "purpose of the study", "aims and objectives", "scope"), O),
    **dict.fromkeys(("methods", "method", "patients and methods", "materials and methods", "material and methods", "materials & methods",
                     "patients & methods", "methods and materials", "methodology", "study design", "design", "design and methods", "study design and methods",
                     "subjects and methods", "design, setting, and participants", "setting", "participants", "patients", "interventions", "intervention",
                     "main outcome measures", "main outcomes and measures", "main outcome measure", "measurements", "experimental design", "search strategy",
                     "data sources", "study selection", "data extraction", "data extraction and synthesis", "selection criteria", "search methods",
                     "data collection and analysis", "methods and findings", "trial design", "procedures", "setting and participants", "subjects",
                     "exposures", "outcome measures", "trial registration", "trial registration number", "clinical trial registration",
                     "methods/design", "methods and analysis", "design and setting", "experimental approach", "inclusion criteria"), M),
    **dict.fromkeys(("results", "result", "findings", "main results", "key results", "main findings", "principal findings", "outcomes", "outcome",
                     "observations", "results and limitations", "key findings"), R),
    **dict.fromkeys(("conclusion", "conclusions", "interpretation", "discussion", "conclusions and relevance", "authors' conclusions",
                     "author's conclusions", "authors’ conclusions", "conclusion and relevance", "conclusions and significance", "implications",
                     "clinical relevance", "key points", "discussion and conclusion", "discussion and conclusions", "summary", "relevance",
                     "limitations", "significance statement", "conclusions and implications", "comment", "concluding remarks", "take-home message",
                     "clinical significance", "results and conclusions"), C),
}  # fmt: skip
_BY_LENGTH = sorted(HEADINGS, key=len, reverse=True)
_HEADING_WORDS = "|".join(re.escape(heading) for heading in _BY_LENGTH)
_BEFORE = r"(?:^|(?<=[\n])|(?<=[.!?)\]%”\"] ))"
_WITH_COLON = re.compile(rf"{_BEFORE}(?P<heading>{_HEADING_WORDS})(?: ?[:：]|\.(?= [A-Z])| ?[—–-](?= [A-Z])|\n)\s*", re.IGNORECASE)
_RUN_IN = re.compile(rf"{_BEFORE}(?P<heading>{_HEADING_WORDS})(?= (?:[A-Z0-9(\"“]|[a-z]{{0,2}}[A-Z]))\s", re.IGNORECASE)
_ANY_HEADING = re.compile(rf"(?P<heading>{_HEADING_WORDS})(?:\s?[:：.—–-]\s*|\s+)", re.IGNORECASE)
_GIVEN_HEADING = re.compile(r"[A-Z][A-Za-z ,&/'’()-]{2,60}:\s*")


def find_sections(text: str, *, given: Sequence[Section] = ()) -> tuple[Section, ...]:
    """The sections in order, each from its heading to the last character before the next; empty for an unstructured text."""
    if given:
        return tuple(given)
    headings = _headings(text)
    if len(headings) < 2:
        return ()
    return tuple(_merge(text, headings))


def heading_end(text: str, section: Section) -> int:
    """Where the first sentence of a section begins: after its printed heading, if it has one."""
    match = _heading_at(text, section)
    return section.start if match is None else match.end()


def _headings(text: str) -> list[tuple[int, SectionLabel]]:
    found = {match.start(): HEADINGS[match["heading"].lower()] for match in _WITH_COLON.finditer(text)}
    for match in _RUN_IN.finditer(text):
        if match["heading"][0].isupper() and _stands_alone(match):
            found.setdefault(match.start(), HEADINGS[match["heading"].lower()])
    return sorted(found.items())


def _stands_alone(match: re.Match[str]) -> bool:
    """True where the heading is no part of its sentence: "Results Among", "METHODS We", not "Results From" or "Background noise"."""
    return match["heading"].isupper() or len(match["heading"]) > 3


def _merge(text: str, headings: Sequence[tuple[int, SectionLabel]]) -> Iterator[Section]:
    """One section per run of headings with the same label."""
    kept = [heading for index, heading in enumerate(headings) if index == 0 or headings[index - 1][1] is not heading[1]]
    if kept[0][0] > 0:
        kept.insert(0, (0, B))
    for (start, label), end in zip(kept, [start for start, _ in kept[1:]] + [len(text)], strict=True):
        stop = len(text[:end].rstrip())
        if stop > start:
            yield Section(label=label, start=start, end=stop)


def _heading_at(text: str, section: Section) -> re.Match[str] | None:
    for pattern in (_WITH_COLON, _RUN_IN):
        match = pattern.match(text, section.start, section.end)
        if match is not None:
            return match
    return _GIVEN_HEADING.match(text, section.start, section.end) or _ANY_HEADING.match(text, section.start, section.end)
