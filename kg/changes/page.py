"""What papers changed, as a page that opens anywhere and asks the network for nothing; and a paper's part of it, for feeds."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Literal

from kg.changes import sayings
from kg.changes.records import COMPARED, Changes, PaperChanges
from kg.model import Claim, Link
from kg.page import direction_line, fill_page, tag
from kg.wording import RETRACTED, against, claim_statistics, claim_values

_MOST = 12


def render_page(changes: Changes, *, title: str, notice: str | None = None) -> str:
    """The page; the same changes give the same bytes. The notice is shown above everything and cannot be closed."""
    return fill_page(
        "changes.html",
        title=title,
        notice=notice,
        styles=("base.css", "findings.css", "changes.css"),
        scripts={},
        totals=tag("p", escape(sayings.totals(changes)), klass="totals"),
        moved=moved_section(changes),
        contents=_contents(changes),
        papers="".join(tag("article", _paper(each, changes, n), id=f"paper-{n}") for n, each in enumerate(changes.papers, start=1)),
    )


#: The address of a paper by its id, or of a concept by its slug; nothing where there is none.
Address = Callable[[Literal["paper", "concept"], str], str]


def paper_section(paper: PaperChanges, changes: Changes, *, prefix: str = "finding", address: Address = lambda _kind, _name: "") -> str:
    """Markup of one paper without its title; everything read from a paper is escaped in it.

    Rows of findings have ids that begin with ``prefix``. Other papers, and concepts seen first, are links to ``address``.
    """
    parts = [tag("p", escape(RETRACTED), klass="retraction")] if paper.is_retracted else []
    compared, lists = _comparisons(paper, changes, address), _lists(paper, changes, address)
    return "".join([*parts, _about(paper), *compared, _findings(paper, prefix), *lists])


def moved_section(changes: Changes) -> str:
    """Markup of what the evidence says now and did not say before; empty where nothing moved."""
    if not changes.moved:
        return ""
    items = "".join(tag("li", escape(sayings.moved_words(each))) for each in changes.moved)
    return tag("section", tag("h2", "What moved") + tag("ul", items), klass="moved")


def _contents(changes: Changes) -> str:
    if len(changes.papers) < 2:
        return ""
    items = [tag("li", tag("a", escape(_headline(each)), href=f"#paper-{n}")) for n, each in enumerate(changes.papers, start=1)]
    return tag("nav", tag("h2", "Papers") + tag("ol", "".join(items)), aria_label="Papers")


def _headline(paper: PaperChanges) -> str:
    return paper.name if paper.title is None else f"{paper.name}: {paper.title}"


def _paper(paper: PaperChanges, changes: Changes, number: int) -> str:
    return tag("h2", escape(paper.title or paper.name)) + paper_section(paper, changes, prefix=f"finding-{number}")


def _about(paper: PaperChanges) -> str:
    facts = ", ".join(part for part in (paper.name, sayings.about(paper)) if part)
    return tag("p", escape(facts), klass="about")


# ---------------------------------------------------------------- comparisons


def _comparisons(paper: PaperChanges, changes: Changes, address: Address) -> Iterable[str]:
    for kind, heading, links in sayings.headed_links(paper):
        if kind in COMPARED:
            shown = "".join(_comparison(link, paper, changes, address) for link in links[:_MOST])
            yield tag("section", tag("h3", escape(heading)) + shown + _more(len(links)), klass=f"compared {kind}")


def _comparison(link: Link, paper: PaperChanges, changes: Changes, address: Address) -> str:
    other = sayings.name_of(link.object_paper, changes.names)
    sides = _said(escape(paper.name), link.subject_sentence) + _said(
        _linked(other, address("paper", link.object_paper)), link.object_sentence
    )
    why = "".join(tag("li", escape(words)) for words in sayings.reason_words(link))
    parts = tag("div", sides, klass="sides") + tag("ul", why, klass="why") + _differing(link, paper.name, other)
    return tag("div", parts, klass="comparison")


def _said(name: str, sentence: str | None) -> str:
    """``name`` is markup."""
    return tag("blockquote", tag("p", escape(sentence or "")) + tag("cite", name))


def _linked(words: str, address: str) -> str:
    return tag("a", escape(words), href=address) if address else escape(words)


def _differing(link: Link, own: str, other: str) -> str:
    if not link.differing:
        return ""
    head = "".join(tag("th", escape(name), scope="col") for name in ("Differs in", own, other))
    rows = [
        tag("tr", tag("th", escape(each.factor.replace("_", " ")), scope="row") + _cell(each.subject) + _cell(each.object))
        for each in link.differing
    ]
    return tag("div", tag("table", tag("thead", tag("tr", head)) + tag("tbody", "".join(rows))), klass="wide")


def _cell(value: str | None) -> str:
    return tag("td", escape("not stated" if value is None else value), klass="unstated" if value is None else "")


# ---------------------------------------------------------------- findings and lists


def _findings(paper: PaperChanges, prefix: str) -> str:
    if not paper.findings:
        return tag("p", "No findings were read in this paper.", klass="empty")
    head = "".join(tag("th", name, scope="col") for name in ("Outcome", "Direction", "Arms", "Values", "Effect, test and time"))
    rows = "".join(_finding(f"{prefix}-{number}", claim) for number, claim in enumerate(paper.findings, start=1))
    table = tag("table", tag("thead", tag("tr", head)) + tag("tbody", rows))
    return tag("section", tag("h3", "Findings") + tag("div", table, klass="wide", tabindex="0", role="region", aria_label="Findings"))


def _finding(name: str, claim: Claim) -> str:
    doubt = tag("small", "in doubt") if claim.is_doubtful else ""
    cells = (
        tag("th", escape(claim.outcome_label) + doubt, scope="row"),
        tag("td", direction_line(claim.direction) + escape(claim.direction.replace("_", " "))),
        tag("td", escape(against(claim.intervention, claim.comparator))),
        tag("td", escape(claim_values(claim))),
        tag("td", escape("; ".join(claim_statistics(claim)))),
    )
    return tag("tr", "".join(cells), id=name, klass="doubtful" if claim.is_doubtful else "", title=claim.sentence)


def _lists(paper: PaperChanges, changes: Changes, address: Address) -> Iterable[str]:
    yield _list("First to study", [escape(f"{gap.source} cells: {gap.outcome}") for gap in paper.gaps_filled])
    seen = [
        _linked(each.label, address("concept", each.concept)) + escape(f" ({each.kind.replace('_', ' ')})") for each in paper.first_seen
    ]
    yield _list("First to mention", seen)
    for kind, heading, links in sayings.headed_links(paper):
        if kind not in COMPARED:
            yield _list(heading, [_tied(link, changes, address) for link in links])


def _tied(link: Link, changes: Changes, address: Address) -> str:
    name = _linked(sayings.name_of(link.object_paper, changes.names), address("paper", link.object_paper))
    return f"{name}: {escape('; '.join(sayings.reason_words(link)))}"


def _list(heading: str, entries: list[str]) -> str:
    """``entries`` are markup."""
    if not entries:
        return ""
    items = "".join(tag("li", entry) for entry in entries[:_MOST])
    return tag("section", tag("h3", escape(heading)) + tag("ul", items) + _more(len(entries)))


def _more(number: int) -> str:
    return tag("p", f"and {number - _MOST} more", klass="empty") if number > _MOST else ""
