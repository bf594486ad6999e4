"""One paper's extraction as a page that opens anywhere and asks the network for nothing.

The page works without JavaScript: findings and sentences are tied by links. The script only lights up what belongs together.
Everything read from a paper is escaped where it is put in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kg.explain import facts
from kg.explain.marks import Mark, Node, Role, find_marks, nest
from kg.model import DOUBTFUL_BELOW, Extraction, Fact, Finding, Paper, TermKind, Value
from kg.page import direction_line, fill_page, page_file, tag
from kg.vocabulary import Vocabulary
from kg.wording import RETRACTED, duration_words

_HEAD = ("", "Outcome", "Direction", "Intervention", "Comparator", "Effect and P", "Favours", "Confidence")
_KINDS = (
    (TermKind.CELL_TYPE, "cells and their sources"),
    (TermKind.TRANSPLANT, "transplants and procedures"),
    (TermKind.CONDITION, "conditions"),
    (TermKind.DRUG, "drugs"),
    (TermKind.OUTCOME, "outcomes"),
    (TermKind.BIOMARKER, "biomarkers"),
    (TermKind.SPECIES, "species and design"),
)


def explain_page(
    paper: Paper, extraction: Extraction, vocabulary: Vocabulary, *, notice: str | None = None, doubtful_below: float = DOUBTFUL_BELOW
) -> str:
    """The page; the same extraction gives the same bytes.

    ``notice`` is shown above everything and cannot be closed. Findings with less confidence than ``doubtful_below`` are faded.
    """
    return fill_page(
        "explain.html",
        title=paper.title or paper.id,
        notice=notice,
        styles=("base.css", "marks.css", "explain.css"),
        scripts={"script": page_file("explain.js")},
        **vars(explain_parts(paper, extraction, vocabulary, doubtful_below=doubtful_below)),
    )


@dataclass(frozen=True)
class Explanation:
    """The parts of the page, as markup in which everything read from a paper is escaped."""

    retraction: str
    about: str
    text: str
    legend: str
    findings: str
    study: str
    gaps: str


def explain_parts(
    paper: Paper, extraction: Extraction, vocabulary: Vocabulary, *, doubtful_below: float = DOUBTFUL_BELOW, prefix: str = ""
) -> Explanation:
    """The parts, for pages of others; they are styled by ``marks.css`` inside the class ``explained``.

    ``prefix`` goes before all ids, where a page explains more than one paper.
    """
    marks = find_marks(paper.text, extraction)
    gaps = facts.find_gaps(paper, extraction, marks, vocabulary)
    parts = Explanation(
        retraction=_retraction(paper),
        about=_about(paper, extraction),
        text=_text(paper, marks),
        legend=_legend(),
        findings=_findings(marks, extraction, vocabulary, gaps, doubtful_below),
        study=_study(extraction, vocabulary),
        gaps=_gaps(paper, gaps),
    )
    return Explanation(**{name: _prefixed(markup, prefix) for name, markup in vars(parts).items()}) if prefix else parts


def _prefixed(markup: str, prefix: str) -> str:
    """With the prefix before each id and each link to one; text cannot look like them, since its quotes are escaped."""
    return re.sub(r' (id="|href="#)', lambda found: f" {found[1]}{escape(prefix)}", markup)


# ---------------------------------------------------------------- head


def _retraction(paper: Paper) -> str:
    return tag("p", escape(RETRACTED), klass="retraction", role="alert") if paper.is_retracted else ""


def _about(paper: Paper, extraction: Extraction) -> str:
    printed = [
        *facts.bibliography(paper),
        f"text: {paper.text_kind.replace('_', ' ')}",
        f"read by {extraction.engine or 'an unnamed engine'}",
    ]
    told = "".join(tag("p", escape(each), klass="told") for each in facts.notices(paper))
    return tag("p", " · ".join(tag("span", escape(part)) for part in printed), klass="about") + told


# ---------------------------------------------------------------- text


def _text(paper: Paper, marks: Sequence[Mark]) -> str:
    if not paper.text:
        return tag("p", "The record has no abstract.", klass="empty")
    return tag("p", _stretch(paper.text, nest(marks), 0, len(paper.text)), klass="abstract")


def _stretch(text: str, nodes: Sequence[Node], start: int, end: int) -> str:
    """The text from ``start`` to ``end`` with the marks in it."""
    parts, at = [], start
    for node in nodes:
        parts += [escape(text[at : node.mark.start]), _marked(text, node)]
        at = node.mark.end
    return "".join([*parts, escape(text[at:end])])


def _marked(text: str, node: Node) -> str:
    mark, whole = node.mark, node.whole
    inside = _stretch(text, node.inside, mark.start, mark.end)
    numbers = " ".join(map(str, mark.findings))
    is_first, is_last = mark.start == whole.start, mark.end == whole.end
    if mark.role is Role.SENTENCE:
        links = "".join(_to_finding(number) for number in mark.findings if is_last)
        place = f"sentence-{whole.start}" if is_first else ""
        return tag("span", inside + (tag("sup", links) if links else ""), id=place, klass="sentence", data_findings=numbers)
    if mark.role is Role.HEADING:
        return tag("strong", inside, klass="heading")
    if mark.role is Role.FACT:
        return tag("span", inside, id=f"at-{whole.start}-{whole.end}" if is_first else "", klass="fact")
    return tag("mark", inside, klass=f"{mark.role} {mark.style}".strip(), title=mark.name, data_findings=numbers)


def _to_finding(number: int) -> str:
    return tag("a", str(number), href=f"#finding-{number}", data_findings=str(number), title=f"to finding {number}")


def _legend() -> str:
    kinds = [tag("mark", escape(words), klass=f"term {kind}") for kind, words in _KINDS]
    roles = [
        tag("mark", "outcome of a finding", klass="outcome-of decreased"),
        tag("mark", "words that give a direction", klass="cue decreased"),
        tag("mark", "arm", klass="arm given"),
        tag("mark", "control arm", klass="arm control"),
        tag("mark", "number or P value", klass="number"),
        tag("mark", "number not used", klass="number unused"),
        tag("mark", "not in the vocabulary", klass="term outcome unmapped"),
        tag("mark", "contradiction", klass="inconsistency"),
    ]
    return "".join(tag("li", each) for each in (*kinds, *roles))


# ---------------------------------------------------------------- findings


def _findings(marks: Sequence[Mark], extraction: Extraction, vocabulary: Vocabulary, gaps: facts.Gaps, doubtful_below: float) -> str:
    if gaps.reason is not None:
        return tag("p", f"No findings: {escape(gaps.reason)}.", klass="empty")
    head = tag("thead", tag("tr", "".join(tag("th", escape(name) or "<span>No.</span>", scope="col") for name in _HEAD)))
    sentences = [mark for mark in marks if mark.role is Role.SENTENCE]
    rows = [
        _finding(number, finding, vocabulary, next((s.start for s in sentences if number in s.findings), 0), doubtful_below)
        for number, finding in enumerate(extraction.findings, start=1)
    ]
    return tag("div", tag("table", head + "".join(rows)), klass="wide", tabindex="0", role="region", aria_label="Table of findings")


def _finding(number: int, finding: Finding, vocabulary: Vocabulary, sentence: int, doubtful_below: float) -> str:
    is_doubtful = finding.confidence < doubtful_below
    link = tag("a", str(number), href=f"#sentence-{sentence}", title=f"Finding {number}: to its sentence", data_findings=str(number))
    cells = (
        tag("th", link, scope="row"),
        tag("td", _outcome(finding)),
        tag("td", _direction(finding)),
        tag("td", _side(finding.intervention, finding.values.intervention)),
        tag("td", _side(finding.comparator, finding.values.comparator)),
        tag("td", "".join(_lines(words, "") for words in facts.statistics_words(finding))),
        tag("td", escape(facts.favours_words(finding, vocabulary))),
        tag("td", _confidence(finding.confidence, doubtful_below)),
    )
    why = tag("tr", tag("td", "") + tag("td", _why(finding), colspan=str(len(_HEAD) - 1)), klass="why")
    klass = "doubtful" if is_doubtful else ""
    return tag("tbody", tag("tr", "".join(cells)) + why, id=f"finding-{number}", klass=klass, data_findings=str(number))


def _outcome(finding: Finding) -> str:
    about = [
        finding.kind.replace("_", " ") if finding.kind.value != "effect" else "",
        f"at {duration_words(finding.timepoint)}" if finding.timepoint is not None else "",
        f"in {finding.population}" if finding.population is not None else "",
        "" if finding.outcome.concept is not None else "not in the vocabulary",
    ]
    return _lines(finding.outcome.label, " · ".join(part for part in about if part))


def _direction(finding: Finding) -> str:
    return direction_line(finding.direction) + _lines(finding.direction.replace("_", " "), facts.significance_words(finding))


def _side(arm: str | None, value: Value | None) -> str:
    printed, parsed = facts.value_words(value)
    strong = tag("b", escape(printed)) if printed else ""
    return strong + "".join(tag("small", escape(part)) for part in (parsed and f"= {parsed}", arm or "") if part)


def _confidence(confidence: float, doubtful_below: float) -> str:
    rects = f'<rect width="50" height="5"/><rect width="{50 * confidence:.1f}" height="5"/>'
    bar = f'<svg class="bar" viewBox="0 0 50 5" aria-hidden="true">{rects}</svg>'
    label = tag("em", f"below {doubtful_below:g}") if confidence < doubtful_below else ""
    return f"{confidence:.2f}{bar}{label}"


def _why(finding: Finding) -> str:
    cues = [f"“{cue.text}”" for cue in finding.cues]
    return tag("ul", "".join(tag("li", escape(each)) for each in (*finding.rules, *cues)), aria_label="What fired")


# ---------------------------------------------------------------- study, gaps


def _study(extraction: Extraction, vocabulary: Vocabulary) -> str:
    rows = list(facts.study_rows(extraction, vocabulary))
    if not rows:
        return tag("p", "Nothing was read about the study.", klass="empty")
    parts = [tag("dt", escape(row.name)) + tag("dd", escape(row.value) + "".join(map(_place, row.places))) for row in rows]
    return tag("dl", "".join(parts))


def _place(fact: Fact) -> str:
    words = escape(facts.place_words(fact))
    rule = {"title": f"rule: {fact.rule}"} if fact.rule is not None else {}
    if fact.start is None or fact.end is None:
        return tag("small", words, **rule)
    return tag("small", tag("a", words, href=f"#at-{fact.start}-{fact.end}", **rule))


def _gaps(paper: Paper, gaps: facts.Gaps) -> str:
    if gaps.is_empty:
        return tag("p", "Nothing was left over.", klass="empty")
    text = paper.text
    lists = (
        ("Cannot all be true", [escape(f"{each.message} (“{text[each.start : each.end]}”)") for each in gaps.inconsistencies]),
        (
            "Sentences among the results without a finding",
            [tag("a", escape(text[each.start : each.end]), href=f"#sentence-{each.start}") for each in gaps.sentences],
        ),
        ("Numbers that no finding uses", [escape(text[mark.start : mark.end]) for mark in gaps.numbers]),
        ("Phrases that the vocabulary lacks", [escape(f"{phrase} ({kind.replace('_', ' ')})") for kind, phrase, _ in gaps.phrases]),
    )
    return "".join(tag("h3", heading) + tag("ul", "".join(tag("li", each) for each in items)) for heading, items in lists if items)


# ---------------------------------------------------------------- markup


def _lines(first: str, second: str) -> str:
    """Two lines of text, the second small; what is empty is left out."""
    return tag("span", escape(first)) * bool(first) + tag("small", escape(second)) * bool(second)
