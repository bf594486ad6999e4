"""MathML as one line of text: powers keep their mark (10^6), fractions a stroke, scripts before the base come first (3He)."""

from lxml import etree

from kg.read.prose import collapse
from kg.read.running import RunningText
from kg.read.xml_tree import resolve_entity

_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_SILENT = frozenset({"annotation", "annotation-xml", "none", "maligngroup", "malignmark"})
_MARKS = {"msub": "_", "msup": "^"}


def linear_math(element: etree._Element) -> str:
    """The formula on one line."""
    name = str(element.tag)
    children = list(element.iterchildren(etree.Element))
    if name in _TOKENS:
        return _token(element)
    if name in _SILENT:
        return ""
    if name == "mspace":
        return " "
    if name in {"msub", "msup", "msubsup"} and len(children) > 1:
        return _scripts(children, _MARKS.get(name, "_^"))
    if name == "mmultiscripts" and children:
        return _multiscripts(children)
    if name == "mfrac" and len(children) == 2:
        return f"{_grouped(children[0])}/{_grouped(children[1])}"
    if name in {"msqrt", "mroot"} and children:
        return "√" + _grouped(children[0])
    if name == "mfenced":
        return f"{element.get('open', '(')}{','.join(linear_math(child) for child in children)}{element.get('close', ')')}"
    return _row(children, gap=" " if name in {"mtable", "mtr"} else "")


def _row(children: list[etree._Element], *, gap: str = "") -> str:
    return gap.join(linear_math(child) for child in children)


def _token(element: etree._Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        pieces += [resolve_entity(child.name) if isinstance(child, etree._Entity) else "", child.tail or ""]
    text = "".join(pieces)
    # Pretty printing puts white space around tokens; in <mtext> a blank is meant.
    return collapse(text) or (" " if element.tag == "mtext" and text else "")


def _scripts(children: list[etree._Element], marks: str) -> str:
    writer = RunningText()
    writer.write(linear_math(children[0]))
    for mark, script in zip(marks, children[1:], strict=False):
        writer.write_script(mark, linear_math(script))
    return " ".join(writer.paragraphs)


def _multiscripts(children: list[etree._Element]) -> str:
    base, scripts = children[0], children[1:]
    names = [str(child.tag) for child in scripts]
    border = names.index("mprescripts") if "mprescripts" in names else len(scripts)
    before = _row(scripts[border + 1 :])
    after = _scripts([base, *scripts[:border]], "_^" * len(scripts))
    return before + after


def _grouped(element: etree._Element) -> str:
    text = linear_math(element)
    return text if text.replace(".", "").isalnum() or len(text) == 1 else f"({text})"
