"""Sections of an abstract, and the rhetorical role of each sentence.

In: a text, with the sections its source marks. Out: sections with their headings, given or recognised; and one label per
sentence, from its section or, where there is none, from what the sentence says ("We aimed", "These results suggest").
"""

import re
from collections.abc import Iterator, Sequence

from kg.model import Section, SectionLabel, Span

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


def find_roles(sentences: Sequence[Span], sections: Sequence[Section], text: str) -> tuple[SectionLabel, ...]:
    """One label per sentence: that of its section, else what its words and place say."""
    if sections:
        return tuple(_label_of(sentence, sections) for sentence in sentences)
    return _rhetorical_roles([text[sentence.start : sentence.end] for sentence in sentences])


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


def _label_of(sentence: Span, sections: Sequence[Section]) -> SectionLabel:
    for section in sections:
        if section.start <= sentence.start < section.end:
            return section.label
    return M


_CUES: tuple[tuple[SectionLabel, re.Pattern[str]], ...] = (
    (C, re.compile(r"^(?:In (?:conclusion|summary)|(?:We|It is) conclude|Taken together|Collectively|Overall, (?:our|these|the)|Thus|Therefore|Hence|These (?:results|data|findings|observations)"
                   r"|Our (?:results|data|findings|study|observations) (?:suggest|show|indicate|demonstrate|support|confirm|bear|are|provide|favor)|This (?:study|work) (?:suggests|shows|demonstrates|indicates|confirms|supports))"
                   r"|\b(?:may|might|could|should|can)\b[^.]*\b(?:thus|therefore|hence)\b|\b(?:thus|therefore|hence)\b[^.]*\b(?:may|might|could|should|can|seems?|appears?)\b"
                   r"|\b(?:we conclude|further (?:studies|trials|research)|warrant(?:s|ed)?|prospective (?:studies|trials)|(?:is|are) (?:needed|required|warranted)|set the stage|stage is thus set|merits?)\b", re.IGNORECASE)),
    (O, re.compile(r"\b(?:we (?:therefore |thus |then |now )?(?:aimed|sought|set out|wanted|wished|hypothesi[sz]ed|asked|investigate whether|intended)|(?:aim|purpose|objective|goal)s? (?:of|was|is|were)"
                   r"|(?:was|were) (?:designed|undertaken|conducted|performed) to|in order to (?:evaluate|assess|determine)|this (?:study|work|trial) (?:aims|aimed|examines|evaluates|investigates)|here,? we (?:investigate|examine|review|describe))\b", re.IGNORECASE)),
    (B, re.compile(r"\b(?:has|have) (?:recently |previously |long |also |lately |never |not |only )*(?:been (?:shown|reported|used|proposed|demonstrated|suggested|described|found|developed|implicated|known|compared|the main|prepared|studied)|emerged|shown|entered|looked|become|weighed)"
                   r"|\b(?:remains?|is|are) (?:largely |still |poorly |incompletely |not |far |less |only )*(?:unclear|unknown|controversial|uncertain|understood|elusive|debated|scarce|scant|lacking|limited|challenging)|\b(?:little|not much) is known|\bit is (?:unclear|uncertain|unknown|not known)"
                   r"|\b(?:is|are|remains?) (?:a|an|the|one of the) (?:\w+[ -]){0,3}(?:cause|complication|option|standard|mainstay|treatment|therapy|problem|obstacle|disorder|disease|challenge|barrier|kind|mainstay|population|source)|\bare known\b|\bis known\b", re.IGNORECASE)),
    (M, re.compile(r"\bwe (?:\w+ ){0,2}(?:enrolled|randomi[sz]ed|reviewed|analy[sz]ed|compared|studied|performed|conducted|treated|searched|evaluated|investigated|examined|carried out|ran|used|retrospectively|prospectively|included|report an?|collected|tested)\b"
                   r"|\b(?:was|were) (?:\w+ ){0,2}(?:randomi[sz]ed|randomly|enrolled|allocated|assigned|recruited|matched|included|searched|assessed (?:by|using|with)|measured (?:by|using|with)|followed|given|administered|infused|cultured|isolated|collected|analy[sz]ed|defined|evaluated|summari[sz]ed|eligible|conditioned|transplanted|grown)\b"
                   r"|\b(?:primary|secondary) (?:end ?points?|outcomes?)\b|\btook part\b|\beligib", re.IGNORECASE)),
)  # fmt: skip
_RESULT = re.compile(
    r"\d ?%|\bP ?[=<>]|\b(?:CI|HR|OR|RR)\b|\b(?:significantly|increased|decreased|reduced|higher|lower|improved|suppressed|inhibited|showed|observed|developed|occurred|achieved|responded|survived|died|similar|differ(?:ed)?"
    r"|correlated|associated|had|found|revealed|failed|rose|fell|seen|noted|abolished|reproduced|depended|enhanced|induced|prolonged|attenuated|reached)\b",
    re.IGNORECASE,
)


def _rhetorical_roles(sentences: Sequence[str]) -> tuple[SectionLabel, ...]:
    """Parts follow one another: each sentence takes the part its cues name, never before the part of the sentence before it."""
    roles: list[SectionLabel] = []
    reached = B
    for index, sentence in enumerate(sentences):
        role = _cue(sentence, index, len(sentences), reached)
        roles.append(role)
        reached = role
    return tuple(roles)


def _cue(sentence: str, index: int, size: int, reached: SectionLabel) -> SectionLabel:
    for label, pattern in _CUES:
        if pattern.search(sentence) is not None and not (label is C and index < size / 2) and not (label is B and reached in (R, C)):
            return label
    if reached is B and index < size / 3 and _RESULT.search(sentence) is None:
        return B
    return R if _RESULT.search(sentence) is not None or reached in (R, C) else reached
