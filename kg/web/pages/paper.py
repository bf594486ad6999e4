"""``/paper/ID``: a paper with its text, study, findings and what other papers say; ``/finding/…`` leads there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from kg.changes.records import COMPARED, TIED, by_weight, reasons, seen_from
from kg.changes.sayings import HEADINGS
from kg.draw import DIFFERENCES, RATIOS, draw_own_effects
from kg.model import CAUTION_OF_NOTICE, Claim, Link, LinkKind, Measure, RelatedNotice, StudyContext, TextKind
from kg.namespaces import GG, graph_iri
from kg.queries import ask, read_claims, read_contexts, read_links
from kg.queries.paper_graph import read_paper_graph
from kg.rdf.stored import key_order
from kg.store import LocalStore
from kg.vocabulary import Vocabulary
from kg.web.addresses import sent_path
from kg.web.evidence import Differing, differing
from kg.web.negotiate import wants_page
from kg.web.pages.data import FORMS, thing
from kg.web.pages.templates import page
from kg.web.records import OutsideRecord, outside_records
from kg.web.snapshot import current
from kg.web.spans import Piece, Place, Sentence, cut, read_sentences
from kg.web.versions import VersionedRoute
from kg.wording import CAUTIONS, against, claim_statistics, claim_values

router = APIRouter(include_in_schema=False, route_class=VersionedRoute)

_TEXT = f"SELECT ?content WHERE {{ GRAPH <GRAPH> {{ ?text <{GG['content']}> ?content }} }}"
#: Links of one kind that a page shows; the rest is counted.
_MOST = 12


@dataclass(frozen=True)
class Stretch:
    """A part of the text, with the numbers of the findings that rest on it."""

    text: str
    findings: tuple[int, ...] = ()
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A finding of the paper as its page has it."""

    number: int
    #: The last part of its IRI: its anchor.
    key: str
    outcome: str
    direction: str
    arms: str
    values: str
    statistics: str
    favours: str
    confidence: float
    is_doubtful: bool
    curation: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Tied:
    """Another paper that a link leads to, and why."""

    paper: str
    name: str
    own_sentence: str
    other_sentence: str
    reasons: tuple[str, ...]
    differing: tuple[Differing, ...]


@dataclass(frozen=True)
class Ties:
    """Links of one kind under their heading."""

    kind: str
    heading: str
    #: Whether findings are compared, and not papers.
    is_comparison: bool
    shown: tuple[Tied, ...]
    total: int


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
    store: LocalStore = current(request).store
    # Its references are no part of what is shown.
    contexts = read_contexts(store, vocabulary=vocabulary, papers=[paper_id], cited=())
    if not contexts:
        raise HTTPException(404, f"There is no paper {unquote(paper_id)} in this graph.")
    context, graph = contexts[0], read_paper_graph(store, paper_id, vocabulary)
    claims = sorted(read_claims(store, vocabulary=vocabulary, papers=[paper_id]), key=lambda each: key_order(_key(each)))
    sentences = read_sentences(store, claims)
    names = current(request).index.names
    parts = {
        "caution": "" if context.caution is None else CAUTIONS[context.caution],
        "notices": [_notice(each) for each in context.notices if each.kind in CAUTION_OF_NOTICE],
        "about": list(_bibliography(context)),
        "records": outside_records(context.pmid, context.doi, context.registrations),
        "paper_id": paper_id,
        "name": names.get(paper_id, unquote(paper_id)),
        "study": graph.study(),
        "arms": graph.arms(),
        "text": _read_text(store, paper_id, claims, sentences),
        "findings": [_shown(number, claim, sentences) for number, claim in enumerate(claims, start=1)],
        "no_findings": graph.first("gg:noFindingsReason") or "",
        "pictures": [Markup(drawn) for kinds in (RATIOS, DIFFERENCES) if (drawn := _effects(claims, kinds))],  # noqa: S704  # escaped text
        "ties": list(_ties(read_links(store, papers=[paper_id]), paper_id, names)),
        "data": [(name, f"/data/{form}/paper/{paper_id}") for form, name in FORMS.items()],
        "notice": SAMPLE_NOTICE if context.text_kind is TextKind.DIGEST else None,
    }
    return page(request, "paper.html", parts, title=context.title or unquote(paper_id))


def _effects(claims: Sequence[Claim], kinds: frozenset[Measure]) -> str:
    return draw_own_effects(claims, kinds=kinds, is_alone=False)


def _key(claim: Claim) -> str:
    """The last part of its IRI, which says where it stands."""
    return claim.finding.rpartition("/")[2]


def _notice(each: RelatedNotice) -> tuple[str, str, tuple[OutsideRecord, ...]]:
    """Kind and citation of a notice, and where it is."""
    return each.kind.replace("_", " "), each.citation or "", outside_records(each.pmid, each.doi, ())


def _bibliography(context: StudyContext) -> Iterable[str]:
    authors = ", ".join(each.family for each in context.authors[:6]) or context.first_author
    if authors:
        yield f"{authors} et al." if len(context.authors) > 6 else authors
    yield from (part for part in (context.journal, context.date or (context.year and str(context.year))) if part)


def _shown(number: int, claim: Claim, sentences: Mapping[str, Sentence]) -> Shown:
    sentence = sentences.get(claim.finding)
    return Shown(
        number=number,
        key=_key(claim),
        outcome=claim.outcome_label,
        direction=claim.direction.value,
        arms=against(claim.intervention, claim.comparator),
        values=claim_values(claim),
        statistics="; ".join(claim_statistics(claim)),
        favours="" if claim.favours is None else claim.favours.value,
        confidence=claim.confidence,
        is_doubtful=claim.is_doubtful,
        curation="" if claim.curation is None else claim.curation.value,
        pieces=tuple(cut(claim.sentence, () if sentence is None else sentence.places)),
    )


def _ties(links: Iterable[Link], paper_id: str, names: Mapping[str, str]) -> Iterator[Ties]:
    """Links by kind, the most telling kind first."""
    by_kind: dict[LinkKind, list[Link]] = defaultdict(list)
    for link in by_weight([seen_from(each, paper_id) for each in links]):
        by_kind[link.kind].append(link)
    for kind in (*COMPARED, *TIED):
        found = by_kind[kind]
        if found:
            shown = tuple(_tied(each, names) for each in found[:_MOST])
            yield Ties(kind.value, HEADINGS[kind], kind in COMPARED, shown, len(found))


def _tied(link: Link, names: Mapping[str, str]) -> Tied:
    return Tied(
        paper=link.object_paper,
        name=names.get(link.object_paper, unquote(link.object_paper)),
        own_sentence=link.subject_sentence or "",
        other_sentence=link.object_sentence or "",
        reasons=tuple(each.text for each in reasons(link)),
        differing=tuple(map(differing, link.differing)),
    )


def _read_text(store: LocalStore, paper_id: str, claims: Sequence[Claim], sentences: Mapping[str, Sentence]) -> list[Stretch]:
    """The text in stretches with what was read in them, where its licence lets it be shown; else nothing."""
    rows = ask(store, _TEXT.replace("<GRAPH>", f"<{graph_iri('paper', paper_id)}>"), location="text").rows
    if not rows:
        return []
    places: dict[tuple[int, int], list[int]] = {}
    marks: list[Place] = []
    for number, claim in enumerate(claims, start=1):
        sentence = sentences.get(claim.finding)
        if sentence is not None:
            places.setdefault((sentence.start, sentence.start + len(claim.sentence)), []).append(number)
            marks += [(start + sentence.start, end + sentence.start, role) for start, end, role in sentence.places]
    return list(stretches(str(rows[0][0]), places, marks))


def stretches(text: str, places: dict[tuple[int, int], list[int]], marks: Sequence[Place] = ()) -> Iterator[Stretch]:
    """The text cut at the places; of places that overlap, the part that both hold counts for both. ``marks`` are cut inside."""
    cuts = sorted({0, len(text), *(end for place in places for end in place)})
    for start, end in pairwise(cuts):
        here = sorted({number for (low, high), found in places.items() if low <= start and end <= high for number in found})
        inside = [(low - start, high - start, role) for low, high, role in marks if low < end and high > start] if here else []
        yield Stretch(text[start:end], tuple(here), tuple(cut(text[start:end], inside)))
