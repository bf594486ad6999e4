"""What papers changed, as an Atom feed (RFC 4287), an entry a paper.

Titles, names and sentences are text: where an entry has markup it is ours, and what stands in it is escaped.
"""

import re
from collections.abc import Iterable

from lxml import etree

from kg.changes import sayings
from kg.changes.page import paper_section
from kg.changes.records import Changes, PaperChanges
from kg.namespaces import BASE, data_iri, doi_address, paper_iri, pubmed_address

_ATOM = "http://www.w3.org/2005/Atom"
#: Characters that XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_feed(changes: Changes, *, name: str, title: str, updated: str) -> bytes:
    """The feed; the papers that came in last stand first.

    ``updated`` is a moment, ISO 8601 with a time zone; an entry without a moment of its own carries it. ``name`` makes the feed's
    id and must stay the same from run to run.
    """
    feed = etree.fromstring(f'<feed xmlns="{_ATOM}"/>')
    _add(feed, "id", data_iri("feed", name))
    _add(feed, "title", title)
    _add(feed, "updated", updated)
    author = _add(feed, "author")
    _add(author, "name", "GraftGraph")
    _add(feed, "generator", "GraftGraph", uri=BASE)
    for paper in _latest_first(changes.papers):
        _entry(feed, paper, changes, updated)
    etree.indent(feed)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8") + b"\n"


def _latest_first(papers: Iterable[PaperChanges]) -> list[PaperChanges]:
    return sorted(sorted(papers, key=lambda each: each.paper), key=lambda each: each.added or "", reverse=True)


def _entry(feed: etree._Element, paper: PaperChanges, changes: Changes, updated: str) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", paper_iri(paper.paper))
    _add(entry, "title", paper.title or paper.name)
    _add(entry, "updated", paper.added or updated)
    link = record_address(paper)
    if link is not None:
        _add(entry, "link", rel="alternate", href=link)
    only = changes.model_copy(update={"papers": (paper,), "moved": ()})
    _add(entry, "summary", sayings.totals(only))
    _add(entry, "content", paper_section(paper, changes), type="html")


def record_address(paper: PaperChanges) -> str | None:
    """Where the paper's own record is, for a reader to follow."""
    if paper.doi is not None:
        return doi_address(paper.doi)
    return None if paper.pmid is None else pubmed_address(paper.pmid)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, etree.QName(_ATOM, name), attributes)
    child.text = None if text is None else _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return child
