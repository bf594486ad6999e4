"""Abstracts and body text of a JATS article as parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from kg.model import OtherAbstract
from kg.read.headings import is_heading
from kg.read.inline import paragraphs_of, plain
from kg.read.languages import normalise_language
from kg.read.prose import Part, compose
from kg.read.xml_tree import XML_LANG

#: Kinds that can stand for the abstract where no plain one is given.
_STANDINS = ("structured", "unstructured", "abstract", "normal", "summary", "short", "executive-summary")
_OPENING = frozenset({"bold", "italic", "b", "i"})
_HEADING_PARTS = frozenset({"title", "label"})
# Supplementary files are announced inside the abstract by some publishers.
_NO_PROSE = re.compile(r"(?:electronic )?supplementary materials?|supporting information|graphical abstract", re.IGNORECASE)


@dataclass(frozen=True)
class Abstracts:
    """The abstract to read, in parts, and all others."""

    main: tuple[Part, ...]
    others: tuple[OtherAbstract, ...]


def read_abstracts(meta: etree._Element, *, language: str | None) -> Abstracts:
    """The main abstract and the others.

    The main one is in English where there is one in English, as in PubMed; else in the article's language. Graphical
    abstracts, teasers and lay summaries are never the main one.
    """
    given = [*meta.findall("abstract"), *meta.findall("trans-abstract")]
    ranked = sorted(given, key=lambda each: _rank(each, language))
    main = ranked[0] if ranked and _rank(ranked[0], language) < (len(_STANDINS) + 1,) else None
    others = (
        OtherAbstract(language=_language(each, language), source=each.get("abstract-type"), text=compose(_parts(each))[0])
        for each in given
        if each is not main
    )
    return Abstracts(() if main is None else tuple(_parts(main)), tuple(other for other in others if other.text))


def read_body(article: etree._Element) -> tuple[Part, ...]:
    """The parts of the body in reading order; tables, figures, notes and references are no running text."""
    body = article.find("body")
    return () if body is None else tuple(_parts(body))


def _rank(abstract: etree._Element, language: str | None) -> tuple[int, ...]:
    """Sort key, best first: kind of abstract, English, own language; kinds that are no abstract come last."""
    kind = (abstract.get("abstract-type") or "").lower()
    place = 0 if not kind else _STANDINS.index(kind) + 1 if kind in _STANDINS else len(_STANDINS) + 1
    return (place, int(_language(abstract, language) != "en"), int(abstract.tag == "trans-abstract"))


def _language(abstract: etree._Element, language: str | None) -> str | None:
    return normalise_language(abstract.get(XML_LANG)) or (language if abstract.tag == "abstract" else None)


def _parts(container: etree._Element, heading: str | None = None) -> Iterator[Part]:
    """Paragraphs up to the next section are one part; sections inside sections are parts of their own."""
    paragraphs: list[str] = []
    for child in container.iterchildren(etree.Element):
        if child.tag in _HEADING_PARTS:
            continue
        if child.tag != "sec":
            part = _run_in(child)
            if part is None:
                paragraphs += _block(child)
                continue
            yield from _flush(paragraphs, heading)
            paragraphs, heading = list(part.paragraphs), part.heading
            continue
        yield from _flush(paragraphs, heading)
        paragraphs, heading = [], None
        title = plain(child.find("title"))
        if not _NO_PROSE.fullmatch(title):
            yield from _parts(child, title or None)
    yield from _flush(paragraphs, heading)


def _flush(paragraphs: list[str], heading: str | None) -> Iterator[Part]:
    if paragraphs:
        yield Part(tuple(paragraphs), heading)


def _block(element: etree._Element) -> tuple[str, ...]:
    """Paragraphs of a block; of a figure, its caption is not part of the text around."""
    return () if element.tag in {"fig", "table-wrap", "fig-group", "supplementary-material", "ref-list"} else paragraphs_of(element)


def _run_in(element: etree._Element) -> Part | None:
    """A paragraph that opens with its heading in bold or italics, such as ``<p><bold>Methods:</bold> …``."""
    first = next(element.iterchildren(etree.Element), None)
    if element.tag != "p" or first is None or first.tag not in _OPENING or (element.text or "").strip():
        return None
    heading = plain(first).rstrip(":. ")
    if not is_heading(heading) or not (plain(first) != heading or (first.tail or "").lstrip().startswith(":")):
        return None
    rest = " ".join(paragraphs_of(element))[len(plain(first)) :].lstrip(":. ")
    return Part((rest,), heading) if rest else None
