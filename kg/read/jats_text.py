"""Abstracts and body text of a JATS article as parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from kg.model import OtherAbstract, SectionLabel
from kg.read.headings import is_heading, section_label
from kg.read.inline import SILENT, paragraphs_of, plain
from kg.read.languages import normalise_language
from kg.read.prose import Part, compose, headed_part
from kg.read.xml_tree import XML_LANG

#: Kinds that can stand for the abstract where no plain one is given.
_STANDINS = ("structured", "unstructured", "abstract", "normal", "summary", "short", "executive-summary")
_OPENING = frozenset({"bold", "italic", "b", "i"})
_NO_BLOCKS = SILENT | {"title", "label", "fig"}
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


def _parts(container: etree._Element, heading: str | None = None, *, above: SectionLabel | None = None) -> Iterator[Part]:
    """Paragraphs up to the next section are one part; sections inside sections are parts of their own with the outer label.

    ``above`` is the label of the sections around.
    """
    paragraphs: list[str] = []
    for child in container.iterchildren(etree.Element):
        run_in = _run_in(child) if child.tag == "p" else None
        if run_in is None and child.tag != "sec":
            paragraphs += _block(child)
            continue
        yield from _flush(paragraphs, heading, above)
        paragraphs, heading = [], None
        if run_in is not None:
            heading, text = run_in
            paragraphs.append(text)
        else:
            yield from _section_parts(child, above)
    yield from _flush(paragraphs, heading, above)


def _section_parts(section: etree._Element, above: SectionLabel | None) -> Iterator[Part]:
    title = plain(section.find("title"))
    if not _NO_PROSE.fullmatch(title):
        label = above or (section_label(title) if is_heading(title) else None)
        yield from _parts(section, title or None, above=label)


def _flush(paragraphs: list[str], heading: str | None, above: SectionLabel | None) -> Iterator[Part]:
    if paragraphs:
        part = headed_part(tuple(paragraphs), heading, category=above)
        has_known_heading = above is not None or is_heading(part.heading or "")
        yield part if has_known_heading else replace(part, label=None)


def _block(element: etree._Element) -> tuple[str, ...]:
    """Paragraphs of a block; headings and what is no running text have none."""
    return () if element.tag in _NO_BLOCKS else paragraphs_of(element)


def _run_in(paragraph: etree._Element) -> tuple[str, str] | None:
    """Heading and rest of a paragraph that opens with its heading in bold or italics, such as ``<p><bold>Methods:</bold> …``."""
    first = next(paragraph.iterchildren(etree.Element), None)
    if first is None or first.tag not in _OPENING or (paragraph.text or "").strip():
        return None
    printed = plain(first)
    heading = printed.rstrip(":. ")
    is_marked = printed != heading or (first.tail or "").lstrip().startswith(":")
    rest = " ".join(paragraphs_of(paragraph))[len(printed) :].lstrip(":. ")
    return (heading, rest) if rest and is_marked and is_heading(heading) else None
