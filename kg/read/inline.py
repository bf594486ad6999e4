"""Text of XML elements with inline markup (PubMed and JATS) as running text."""

from collections.abc import Callable

from lxml import etree

from kg.read.mathml import linear_math
from kg.read.prose import collapse
from kg.read.running import RunningText
from kg.read.xml_tree import resolve_entity

#: Elements that start a new paragraph.
BLOCKS = frozenset(
    {"p", "title", "sec", "list", "list-item", "def-list", "def-item", "def", "disp-quote", "disp-formula", "boxed-text", "statement",
     "verse-group", "verse-line", "caption", "speech", "DispFormula"}
)  # fmt: skip
#: Elements that hold no running text: notes, graphics, tables, references.
SILENT = frozenset(
    {"fn", "fn-group", "graphic", "inline-graphic", "media", "supplementary-material", "inline-supplementary-material", "table-wrap",
     "table-wrap-group", "table", "alt-text", "long-desc", "object-id", "ref-list", "index-term", "address", "fig-group"}
)  # fmt: skip
_NOTE_KINDS = frozenset({"fn", "table-fn", "aff", "corresp", "author-notes"})
_CITATION_KINDS = frozenset({"bibr", "ref"})
_SEPARATORS = ",;-–\u2010 \n\t"


def plain(element: etree._Element | None) -> str:
    """The text of an element in one line, empty when there is none."""
    if element is None:
        return ""
    # Most fields have no markup; they are most of the time that reading a baseline file takes.
    return " ".join(paragraphs_of(element)) if len(element) else collapse(element.text or "")


def paragraphs_of(element: etree._Element, *, skip: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The paragraphs of an element's text; elements named in ``skip`` are left out."""
    writer = RunningText()
    _write_children(writer, element, skip)
    return writer.paragraphs


def _write_children(writer: RunningText, element: etree._Element, skip: frozenset[str]) -> None:
    writer.write(element.text or "")
    child = next(iter(element), None)
    while child is not None:
        last = _last_citation(child) if _is_citation(child) else child
        if isinstance(child, etree._Entity):
            writer.write(resolve_entity(child.name))
        elif _is_citation(child):
            writer.write_citation(_citation_text(child, last))
        elif child.tag not in skip and child.tag not in SILENT:
            _write_element(writer, child, skip)
        writer.write(last.tail or "")
        child = last.getnext()


def _write_element(writer: RunningText, element: etree._Element, skip: frozenset[str]) -> None:
    name = str(element.tag)
    special = _SPECIAL.get(name)
    if special is not None:
        special(writer, element, skip)
    elif name in BLOCKS:
        writer.break_paragraph()
        _write_children(writer, element, skip)
        writer.break_paragraph()
    else:
        _write_children(writer, element, skip)


def _write_script(writer: RunningText, element: etree._Element, skip: frozenset[str]) -> None:
    inner = RunningText()
    _write_children(inner, element, skip)
    text = " ".join(inner.paragraphs)
    if any(_is_citation(each) for each in element.iter("xref")):
        writer.write_citation(text.replace("[", "").replace("]", "").strip())
    else:
        writer.write_script("_" if element.tag == "sub" else "^", text)


def _write_xref(writer: RunningText, element: etree._Element, skip: frozenset[str]) -> None:
    if element.get("ref-type") not in _NOTE_KINDS:
        _write_children(writer, element, skip)


def _write_math(writer: RunningText, element: etree._Element, skip: frozenset[str]) -> None:
    writer.write(linear_math(element))


def _write_tex(writer: RunningText, element: etree._Element, skip: frozenset[str]) -> None:
    # PMC wraps each formula in a whole LaTeX document.
    source = element.text or ""
    writer.write(source.partition("\\begin{document}")[2].partition("\\end{document}")[0] or source)


def _write_alternatives(writer: RunningText, element: etree._Element, skip: frozenset[str]) -> None:
    for name in ("math", "textual-form", "tex-math"):
        chosen = element.find(name)
        if chosen is not None:
            _write_element(writer, chosen, skip)
            return


def _write_break(writer: RunningText, element: etree._Element, skip: frozenset[str]) -> None:
    writer.write(" ")


_SPECIAL: dict[str, Callable[[RunningText, etree._Element, frozenset[str]], None]] = {
    "sup": _write_script,
    "sub": _write_script,
    "inf": _write_script,
    "xref": _write_xref,
    "math": _write_math,
    "tex-math": _write_tex,
    "alternatives": _write_alternatives,
    "break": _write_break,
    "br": _write_break,
}


def _is_citation(element: etree._Element) -> bool:
    return element.tag == "xref" and element.get("ref-type") in _CITATION_KINDS


def _last_citation(first: etree._Element) -> etree._Element:
    """The last of a run of citations with only separators between, such as 1,3–5."""
    last = first
    while not (last.tail or "").strip(_SEPARATORS):
        following = last.getnext()
        if following is None or not _is_citation(following):
            break
        last = following
    return last


def _citation_text(first: etree._Element, last: etree._Element) -> str:
    pieces: list[str] = []
    element: etree._Element | None = first
    while element is not None:
        pieces.append(plain(element))
        if element is last:
            break
        pieces.append(element.tail or "")
        element = element.getnext()
    return "".join(pieces)
