"""``/add``: give a paper, see what is understood of it, add it, see what it changed.

Works with plain forms; a script keeps the page in place, sends dropped files and asks how a job stands. A job is in the address, so
that a page that is opened again finds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote, unquote

from fastapi import APIRouter
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.build.records import reason
from kg.bundled import SAMPLE_NOTICE
from kg.changes import Changes, find_changes, moved_section, paper_section, totals
from kg.errors import GraftGraphError, SettingsError
from kg.store import LocalStore
from kg.web.adding import BusyError, Dropped, FellOverError, Jobs, Named, Preview, Source, State, UnfitError, read_source
from kg.web.guard import visit_of
from kg.web.pages.home import read_notice
from kg.web.pages.templates import page
from kg.web.snapshot import current

router = APIRouter(include_in_schema=False)

#: Bytes of a request that brings a file.
LONGEST_FILE = 10_000_000
_FIELDS = ("identifier", "title", "text")
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Trouble:
    """What went wrong, and the field that it is about; empty where it is about none."""

    words: str
    field: str = ""


@router.get("/add", name="add")
def add(request: Request, job: str = "") -> Response:
    """The form, or how a job stands."""
    if job:
        return _job_page(request, job)
    if visit_of(request).refusal is None:
        request.app.state.desk.warm()
    given = {name: request.query_params.get(name, "") for name in _FIELDS}
    return _form_page(request, given)


@router.post("/add")
async def take(request: Request) -> Response:
    """Show what is understood, or begin a job."""
    async with request.form(max_files=1, max_fields=20) as form:
        given = {name: str(form.get(name, "")) for name in _FIELDS}
        file = await _file(form)
        is_adding = form.get("adding") == "1"
    return await run_in_threadpool(_taken, request, given, file, is_adding=is_adding)


def _taken(request: Request, given: Mapping[str, str], file: Dropped | None, *, is_adding: bool) -> Response:
    try:
        source = read_source(**given, file=file)
    except UnfitError as error:
        return _form_page(request, given, trouble=Trouble(str(error), error.field), status=422)
    try:
        return _job_begun(request, source) if is_adding else _form_page(request, given, preview=_preview(request, source))
    except BusyError as error:
        return _form_page(request, given, trouble=Trouble(str(error)), status=503)
    except FellOverError as error:
        return _form_page(request, given, trouble=Trouble(str(error)), status=500)
    except GraftGraphError as error:
        return _form_page(request, given, trouble=Trouble(_advised(error, source)), status=500)


def _job_begun(request: Request, source: Source) -> Response:
    jobs: Jobs = request.app.state.jobs
    return RedirectResponse(f"/add?job={jobs.submit(source).id}", status_code=303)


def _preview(request: Request, source: Source) -> Preview:
    preview: Preview = request.app.state.desk.understand(source)
    # While it is being looked at.
    request.app.state.jobs.warm()
    return preview


async def _file(form: FormData) -> Dropped | None:
    """The file of the form; a file field that nothing was chosen in comes without a name."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    return Dropped(file_name(file.filename), await file.read())


def file_name(given: str) -> str:
    """A name to show; browsers and programs send what they like."""
    return "".join(sign for sign in PurePath(given.replace("\\", "/")).name if sign.isprintable())[:_LONGEST_NAME] or "the file"


def _advised(error: GraftGraphError, source: Source) -> str:
    """What went wrong; where it is about asking services, also what needs none."""
    if not isinstance(source, Named):
        return str(error)
    again = ", and start the server again" if isinstance(error, SettingsError) else ""
    return f"{reason(error)}{again}. Or paste the abstract: that needs no network."


def _form_page(
    request: Request, given: Mapping[str, str], *, preview: Preview | None = None, trouble: Trouble | None = None, status: int = 200
) -> Response:
    parts = {
        "given": given,
        "preview": preview,
        "trouble": trouble,
        "refusal": visit_of(request).refusal,
        "names": {} if preview is None else _names(request, preview),
        "longest": LONGEST_FILE,
        "notice": read_notice(current(request).store),
    }
    return page(request, "add.html", parts, title="Add a paper", status=status)


def _names(request: Request, preview: Preview) -> dict[str, str]:
    """What the papers of the store that a preview speaks of are called."""
    ids = {each for seen in preview.papers for each in (*seen.stored_as, *seen.ties.same_paper, *seen.ties.same_cohort)}
    names = current(request).index.names
    return {each: names.get(each, unquote(each)) for each in ids}


# ------------------------------------------------------------ jobs


def _job_page(request: Request, job_id: str) -> Response:
    jobs: Jobs = request.app.state.jobs
    job = jobs.find(job_id)
    if job is None:
        return page(request, "job.html", {"job": None, "notice": None}, title="No such job", status=404)
    if not job.is_finished:
        return page(request, "job.html", {"job": job, "notice": None}, title=_TITLES[job.state])
    # What was just written, however long reading it takes.
    snapshot = request.app.state.snapshots.newest()
    store: LocalStore = snapshot.store
    present = sorted({*store.paper_ids()} & {*job.new, *job.again})
    reported = [each for each in present if each in job.new] if job.state is State.DONE else []
    changes = find_changes(store, reported, vocabulary=request.app.state.vocabulary)
    parts = {
        "job": job,
        "present": present,
        "totals": totals(changes) if reported else "",
        "moved": Markup(moved_section(changes)),  # noqa: S704  # made of escaped text
        "papers": _papers(changes),
        "names": {each: snapshot.index.names.get(each, unquote(each)) for each in present},
        "notice": SAMPLE_NOTICE if changes.has_digests else read_notice(store),
    }
    return page(request, "job.html", parts, title=_TITLES[job.state])


_TITLES = {
    State.WAITING: "Waiting",
    State.RUNNING: "Adding",
    State.DONE: "Added",
    State.FAILED: "Not added",
    State.BROKEN_OFF: "Broken off",
}


@dataclass(frozen=True)
class _Reported:
    """A paper of the report."""

    id: str
    title: str
    section: Markup


def _papers(changes: Changes) -> list[_Reported]:
    return [
        _Reported(
            each.paper,
            each.title or each.name,
            Markup(paper_section(each, changes, prefix=f"finding-{number}", address=_address)),  # noqa: S704  # made of escaped text
        )
        for number, each in enumerate(changes.papers, start=1)
    ]


def _address(kind: str, name: str) -> str:
    return f"/paper/{name}" if kind == "paper" else f"/vocabulary/{quote(name)}"
