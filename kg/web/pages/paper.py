"""``/paper/ID``: a paper with its text, study, findings and what other papers say; ``/finding/…`` leads there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

from fastapi import APIRouter
from fastapi.exceptions import HTTPException
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.bundled import SAMPLE_NOTICE
from kg.changes import find_changes, paper_section, record_address
from kg.model import Claim, StudyContext, TextKind
from kg.namespaces import GG, PREFIXES, graph_iri
from kg.queries import ask, read_contexts
from kg.store import LocalStore
from kg.vocabulary import Vocabulary
from kg.web.addresses import sent_path
from kg.web.negotiate import wants_page
from kg.web.pages.data import FORMS, thing
from kg.web.pages.templates import page
from kg.wording import RETRACTED, duration_words

router = APIRouter(include_in_schema=False)

_OA = PREFIXES["oa"]
_TEXT = f"SELECT ?content WHERE {{ GRAPH <GRAPH> {{ ?text <{GG['content']}> ?content }} }}"
_EVIDENCE = f"""SELECT DISTINCT ?finding ?start ?end WHERE {{ GRAPH <GRAPH> {{
  ?finding a <{GG["Finding"]}> . ?evidence <{_OA}hasBody> ?finding ; <{_OA}hasTarget>/<{_OA}hasSelector> ?place .
  ?place <{_OA}start> ?start ; <{_OA}end> ?end }} }}"""
_CAUTIONS = {
    "retracted": RETRACTED,
    "concern": "The journal has expressed concern about this paper.",
    "corrected": "This paper was corrected; see its notices.",
}


@dataclass(frozen=True)
class Stretch:
    """A part of the text, with the numbers of the findings that rest on it."""

    text: str
    findings: tuple[int, ...] = ()


@router.get("/paper/{paper:path}", name="paper")
async def paper(request: Request) -> Response:
    """The page for people; what the graph states for programs."""
    if not wants_page(request.headers.get("accept")):
        return await thing(request, "paper")
    paper_id = sent_path(request).removeprefix("/paper/")
    return await run_in_threadpool(_page, request, paper_id)


@router.get("/finding/{rest:path}", name="finding")
async def finding(request: Request) -> Response:
    """The place of a finding on its paper's page; what the graph states of it for programs."""
    if not wants_page(request.headers.get("accept")):
        return await thing(request, "finding")
    _, _, paper_id, name = sent_path(request).split("/", 3)
    return RedirectResponse(f"/paper/{paper_id}#{name}", status_code=303, headers={"Vary": "Accept"})


def _page(request: Request, paper_id: str) -> Response:
    vocabulary: Vocabulary = request.app.state.vocabulary
    store: LocalStore = request.app.state.snapshots.latest().store
    contexts = read_contexts(store, vocabulary=vocabulary, papers=[paper_id])
    if not contexts:
        raise HTTPException(404, f"There is no paper {unquote(paper_id)} in this graph.")
    context = contexts[0]
    changes = find_changes(store, [paper_id], vocabulary=vocabulary)
    changed = changes.papers[0]
    claims = changed.findings
    parts = {
        "caution": "" if context.caution is None else _CAUTIONS[context.caution],
        "about": list(_bibliography(context)),
        "address": record_address(changed),
        "study": list(_study(context, vocabulary)),
        "text": _read_text(store, paper_id, claims),
        "quotes": [(number, claim.sentence) for number, claim in enumerate(claims, start=1)],
        "anchors": [claim.finding.rsplit("/", 1)[1] for claim in claims],
        "section": Markup(paper_section(changed, changes)),  # noqa: S704  # made of escaped text
        "data": [(name, f"/data/{form}/paper/{paper_id}") for form, name in FORMS.items()],
        "notice": SAMPLE_NOTICE if context.text_kind is TextKind.DIGEST else None,
    }
    return page(request, "paper.html", parts, title=context.title or unquote(paper_id))


def _bibliography(context: StudyContext) -> Iterable[str]:
    authors = ", ".join(each.family for each in context.authors[:6]) or context.first_author
    if authors:
        yield f"{authors} et al." if len(context.authors) > 6 else authors
    yield from (part for part in (context.journal, context.date or (context.year and str(context.year))) if part)
    yield from (f"{name} {value}" for name, value in (("PMID", context.pmid), ("doi", context.doi)) if value)
    yield from context.registrations


def _study(context: StudyContext, vocabulary: Vocabulary) -> Iterable[tuple[str, str]]:
    """Name and value of what is known of the study."""

    def labels(slugs: Sequence[str]) -> str:
        return ", ".join(vocabulary[each].label if each in vocabulary else each for each in slugs)

    facts = (
        ("design", (context.design or "").replace("_", " ")),
        ("intent", context.intent or ""),
        ("analysed", "" if context.n is None else str(context.n)),
        ("enrolled", "" if context.n_enrolled is None else str(context.n_enrolled)),
        ("species", context.species or ""),
        ("age group", context.age_group or ""),
        ("cells given", labels(context.cells)),
        ("donor of the cells", ", ".join(context.donors)),
        ("dose", "" if context.cells_per_kg is None else f"{context.cells_per_kg:g} cells/kg"),
        ("infusions", "" if context.infusions is None else str(context.infusions)),
        ("transplantation", labels(context.transplants)),
        ("conditions", labels(context.conditions)),
        ("follow-up", "" if context.follow_up is None else duration_words(context.follow_up)),
    )
    return (fact for fact in facts if fact[1])


def _read_text(store: LocalStore, paper_id: str, claims: Sequence[Claim]) -> list[Stretch]:
    """The text in stretches, where its licence lets it be shown; else nothing."""
    graph = graph_iri("paper", paper_id)
    rows = ask(store, _TEXT.replace("<GRAPH>", f"<{graph}>"), location="text").rows
    if not rows:
        return []
    text = str(rows[0][0])
    numbers = {claim.finding: number for number, claim in enumerate(claims, start=1)}
    places: dict[tuple[int, int], list[int]] = {}
    for name, start, end in ask(store, _EVIDENCE.replace("<GRAPH>", f"<{graph}>"), location="evidence").rows:
        if str(name) in numbers:
            places.setdefault((int(start or 0), int(end or 0)), []).append(numbers[str(name)])
    return list(stretches(text, places))


def stretches(text: str, places: dict[tuple[int, int], list[int]]) -> Iterable[Stretch]:
    """The text cut at the places; of places that overlap, the part that both hold counts for both."""
    cuts = sorted({0, len(text), *(end for place in places for end in place)})
    for start, end in pairwise(cuts):
        here = sorted({number for (low, high), found in places.items() if low <= start and end <= high for number in found})
        yield Stretch(text[start:end], tuple(here))
