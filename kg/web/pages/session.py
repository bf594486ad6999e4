"""``/session``: give the server's token, or stop acting with it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.web.guard import SIGN_IN, visit_of
from kg.web.pages.templates import page

router = APIRouter(include_in_schema=False)

_WRONG = "That is not the token this server was started with."


@router.get(SIGN_IN, name="session")
def session(request: Request) -> Response:
    """The form."""
    return _page(request, onward=request.query_params.get("next", ""))


@router.post(SIGN_IN)
async def change(request: Request) -> Response:
    """Sign in or out, and go on to where the visitor came from."""
    visit = visit_of(request)
    async with request.form() as form:
        token, onward, is_leaving = (form.get(name, "") for name in ("token", "next", "leave"))
    if is_leaving:
        visit.sign_out()
        return RedirectResponse(SIGN_IN, status_code=303)
    if not visit.sign_in(str(token).strip()):
        return _page(request, onward=str(onward), trouble=_WRONG, status=401)
    return RedirectResponse(own_path(str(onward)), status_code=303)


def own_path(onward: str) -> str:
    r"""The path where it is one of ours, else the first page; ``//host`` and ``/\host`` lead elsewhere."""
    return onward if onward.startswith("/") and not onward.startswith(("//", "/\\")) and onward.isprintable() else "/"


def _page(request: Request, *, onward: str, trouble: str = "", status: int = 200) -> Response:
    visit = visit_of(request)
    parts = {
        "has_token": visit.access.token is not None,
        "refusal": visit.refusal,
        "onward": own_path(onward),
        "trouble": trouble,
        "notice": None,
    }
    return page(request, "session.html", parts, title="Sign in", status=status)
