"""``POST /api/papers/preview``, ``POST /api/papers``, ``GET /api/jobs/{id}``: adding papers, for programs."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.exceptions import HTTPException, RequestValidationError
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import GraftGraphError
from kg.web.adding import BusyError, Dropped, FellOverError, Job, Jobs, Preview, Source, UnfitError, read_source
from kg.web.api import adding_models as models
from kg.web.api.models import Trouble
from kg.web.pages.add import file_name

_FILE, _JSON = "application/octet-stream", "application/json"
_BODY: Mapping[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "What to add: an identifier, a text, or the bytes of a file, whose name goes into the address.",
        "content": {
            _JSON: {"schema": models.Given.model_json_schema(), "examples": models.EXAMPLES},
            _FILE: {"schema": {"type": "string", "format": "binary"}},
        },
    },
    "security": [{}, {"token": []}],
}
_WORDS = {
    400: "The body is not what its type says.",
    401: "The server's token is missing or wrong.",
    403: "Nobody but this machine may write here, or a page of another site asked.",
    413: "The body is too long.",
    415: "The body is neither JSON nor a file.",
    422: "Nothing was given, too much at a time, or something that cannot be read as what it is given for.",
    500: "The engine or the store failed.",
    503: "Others are served; try again in a moment.",
}
router = APIRouter(
    prefix="/api", tags=["adding"], responses={code: {"model": Trouble, "description": words} for code, words in _WORDS.items()}
)


@router.post("/papers/preview", name="api-preview", openapi_extra=dict(_BODY))
async def preview(request: Request, name: str = "") -> models.Preview:
    """What would be understood; nothing is stored."""
    source = await _source(request, name)
    try:
        found: Preview = await run_in_threadpool(request.app.state.desk.understand, source)
    except BusyError as error:
        raise HTTPException(503, str(error), headers={"Retry-After": "5"}) from error
    except (FellOverError, GraftGraphError) as error:
        raise HTTPException(500, str(error)) from error
    return models.preview_of(found)


@router.post("/papers", name="api-add", status_code=202, response_model=models.Job, openapi_extra=dict(_BODY))
async def add(request: Request, name: str = "") -> Response:
    """Begin to add papers; the answer leads to the job."""
    jobs: Jobs = request.app.state.jobs
    source = await _source(request, name)
    try:
        job = await run_in_threadpool(jobs.submit, source)
    except BusyError as error:
        raise HTTPException(503, str(error), headers={"Retry-After": "5"}) from error
    return JSONResponse(_answer(job).model_dump(), status_code=202, headers={"Location": f"/api/jobs/{job.id}"})


@router.get("/jobs/{job_id}", name="api-job", responses={404: {"model": Trouble, "description": "There is no such job."}})
def job(request: Request, job_id: str) -> models.Job:
    """How a job stands; its page shows what it changed."""
    jobs: Jobs = request.app.state.jobs
    found = jobs.find(job_id)
    if found is None:
        raise HTTPException(404, "There is no such job. Jobs are kept beside the store.")
    return _answer(found)


def _answer(found: Job) -> models.Job:
    return models.Job(**found.model_dump(), is_finished=found.is_finished, words=found.words, address=f"/add?job={found.id}")


async def _source(request: Request, name: str) -> Source:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    try:
        if media_type == _FILE:
            return read_source(file=Dropped(file_name(name), body))
        if media_type != _JSON:
            raise HTTPException(415, f"Send JSON ({_JSON}) or a file ({_FILE}).")
        given = models.Given.model_validate_json(body)
        return read_source(identifier=given.identifier, title=given.title, text=given.text)
    except UnfitError as error:
        raise HTTPException(422, f"{error.field}: {error}") from error
    except ValidationError as error:
        raise RequestValidationError([{**each, "loc": ("body", *each["loc"])} for each in error.errors(include_url=False)]) from error
