"""What our pages share: templates, styles, and the policy that keeps everything but our own scripts from running.

A page is one file that opens anywhere and asks the network for nothing. Templates have places ``{{name}}``.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files

from kg.model import Direction

#: Dashes of the line that stands for a direction, in points on and off, so that colour is never the only sign of it.
DASHES: Mapping[str, tuple[int, ...]] = {
    "increased": (),
    "decreased": (10, 5),
    "no_difference": (2, 5),
    "mixed": (12, 4, 2, 4),
    "reported": (),
    "setting": (1, 4),
}


def sense_of(direction: Direction) -> str:
    """The name by which styles and ``DASHES`` know a direction."""
    return "mixed" if direction is Direction.UNCLEAR else direction.value


def fill_page(template: str, *, title: str, notice: str | None, styles: Sequence[str], scripts: Mapping[str, str], **parts: str) -> str:
    """The page around the template, with every place filled.

    ``styles`` are file names in ``kg/pages``, joined in order. ``scripts`` maps places to JavaScript. ``parts`` are markup
    already; ``title`` and ``notice`` are text. The notice is shown as it is and cannot be closed.
    """
    style = "".join(page_file(name) for name in styles)
    filled = {
        **parts,
        **scripts,
        "title": html.escape(title),
        "notice": f'<p class="notice" role="note">{html.escape(notice)}</p>' if notice is not None else "",
        "style": style,
        "policy": f"default-src 'none'; script-src {' '.join(map(_hash, scripts.values()))}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'",
    }
    # One pass, so that what is filled in is never searched for places to fill.
    page = page_file("frame.html").replace("{{body}}", page_file(template))
    return re.sub(r"\{\{(\w+)\}\}", lambda place: filled[place[1]], page)


def page_file(name: str) -> str:
    """A file of ``kg/pages``."""
    return files("kg").joinpath("pages", name).read_text(encoding="utf-8")


def script_json(value: object) -> str:
    """JSON that cannot end the script element around it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def tag(name: str, inside: str, **attributes: str) -> str:
    """An element; ``inside`` is markup, attribute values are text, and empty ones are left out.

    ``klass`` is written ``class``, and an underscore in a name as a hyphen.
    """
    written = "".join(
        f' {key.replace("klass", "class").replace("_", "-")}="{html.escape(value)}"' for key, value in attributes.items() if value
    )
    return f"<{name}{written}>{inside}</{name}>"


def direction_line(direction: Direction) -> str:
    """The line that stands for the direction in every picture."""
    sense = sense_of(direction)
    dashes = " ".join(map(str, DASHES[sense]))
    stroke = f'<line x1="0" x2="26" y1="5" y2="5" stroke-width="3" stroke-dasharray="{dashes}"/>'
    return f'<svg class="line {sense}" viewBox="0 0 26 10" aria-hidden="true">{stroke}</svg>'


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
