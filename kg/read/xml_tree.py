"""One XML record into an element tree without any danger: no entity is expanded, no file or network address is opened.

Tags lose their namespace, comments and processing instructions are dropped, entity references stay nodes of their own.
"""

import html.entities
import re

from lxml import etree

from kg.errors import ReadError

XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# The external subset is never read; naming one keeps references such as &alpha; well formed, so that we can resolve them by name.
_DOCTYPE = b'<!DOCTYPE record SYSTEM "record.dtd">'
_PLACE = re.compile(r",? line \d+, column \d+( \(<string>, line \d+\))?\s*$")


def parse_record(data: bytes, *, declarations: bytes = b"") -> etree._Element:
    """The element of one record; ``declarations`` are the xmlns attributes of the elements around it.

    Raises:
        ReadError: the bytes are not well-formed UTF-8 XML, or nested beyond what any paper needs.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    wrapped = b"<record" + declarations + b">" + data + b"</record>"
    try:
        root = etree.fromstring(_DOCTYPE + wrapped, parser)
    except etree.XMLSyntaxError as exc:
        raise ReadError(f"malformed XML: {_explain(exc)}", remedy="Fetch the record again") from exc
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return next(root.iterchildren(etree.Element))


def resolve_entity(name: str | None) -> str:
    """The character of a named HTML or MathML entity.

    Raises:
        ReadError: the name is not among them: an entity that the file itself declares is never expanded.
    """
    character = html.entities.html5.get(f"{name};")
    if character is None:
        raise ReadError(f"the entity &{name}; is not resolved", remedy="Write the character itself")
    return character


def _explain(error: etree.XMLSyntaxError) -> str:
    message = _PLACE.sub("", (error.msg or "not well-formed").strip())
    if "encoding" in message or "UTF-8" in message:
        return f"{message}: the bytes are not in the encoding that the file states"
    return message
