"""Templates with what every page needs; everything put into one is text and is escaped."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kg.web.guard import visit_of

FOLDER = Path(__file__).parents[1] / "templates"


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def page(request: Request, name: str, parts: Mapping[str, object], *, title: str, status: int = 200) -> HTMLResponse:
    """A page from its template; ``title`` goes before the name of the site.

    ``visit.prove()`` in a template gives what a form of it must send as the field ``proof``.
    """
    shown = _environment().get_template(name).render(title=title, path=request.url.path, visit=visit_of(request), **parts)
    return HTMLResponse(shown, status_code=status, headers={"Vary": "Accept"})
