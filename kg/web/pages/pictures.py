"""``/map`` and ``/forest``: the evidence map and the forest of printed effects, with the table beside and files to take away."""

from collections.abc import Collection, Sequence
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.exceptions import HTTPException
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from kg.draw import DIFFERENCES, RATIOS, EvidenceMap, arrange, draw_forest, draw_map, find_rows, tally_words
from kg.errors import QueryError
from kg.model import Claim, Measure, TermKind
from kg.queries import Tally, find_outcome, nearest, read_claims, read_tallies
from kg.schemes import Concept
from kg.vocabulary import Vocabulary
from kg.web.addresses import findings_address
from kg.web.evidence import read_evidence
from kg.web.findings import Kind
from kg.web.index import Behind
from kg.web.pages.home import read_notice
from kg.web.pages.templates import page
from kg.web.snapshot import current
from kg.web.versions import VersionedRoute

router = APIRouter(include_in_schema=False, route_class=VersionedRoute)

SETTINGS = {
    "human": "patients",
    "human_pooled": "patients, pooled analyses",
    "preclinical": "animals and cultures",
    "preclinical_pooled": "animals and cultures, pooled analyses",
}
_SVG = "image/svg+xml"
#: Findings in a forest and in the table below it; the file has all.
_MOST = 100


# ---------------------------------------------------------------- map


@router.get("/map", name="map")
def evidence_map(request: Request, setting: str = "human", every: bool = False) -> Response:
    """The map with its table."""
    vocabulary: Vocabulary = request.app.state.vocabulary
    tallies = _tallies(request, setting)
    shown = _arranged(tallies, vocabulary, every=every)
    parts = {
        "settings": SETTINGS,
        "setting": setting,
        "picture": Markup(draw_map(shown, vocabulary, address=findings_address, is_alone=False)),  # noqa: S704  # made of escaped text
        "hidden": shown.hidden,
        "every": every,
        "rows": [_row(each, vocabulary) for each in tallies],
        "file": f"/map.svg?{urlencode({'setting': setting, 'every': every})}",
        "notice": read_notice(current(request).store),
    }
    return page(request, "map.html", parts, title="Evidence map")


@router.get("/map.svg", name="map-file")
def map_file(request: Request, setting: str = "human", every: bool = False) -> Response:
    """The map alone, to take away."""
    vocabulary: Vocabulary = request.app.state.vocabulary
    shown = _arranged(_tallies(request, setting), vocabulary, every=every)
    return _file(draw_map(shown, vocabulary), "evidence-map.svg")


def _row(tally: Tally, vocabulary: Vocabulary) -> tuple[str, str, str, str]:
    """Cell, outcome, what the cohorts say, and where that is shown."""
    where = findings_address(tally.cell, tally.outcome)
    return vocabulary.label(tally.cell), vocabulary.label(tally.outcome), tally_words(tally), where


def _tallies(request: Request, setting: str) -> tuple[Tally, ...]:
    if setting not in SETTINGS:
        raise HTTPException(404, f"No setting {setting!r}; there are {', '.join(SETTINGS)}.")
    return read_tallies(current(request).store, settings=(setting,))


def _arranged(tallies: Sequence[Tally], vocabulary: Vocabulary, *, every: bool) -> EvidenceMap:
    most = {"most_cells": len(tallies), "most_outcomes": len(tallies)} if every else {}
    return arrange(tallies, vocabulary, **most)


# ---------------------------------------------------------------- forest


@router.get("/forest", name="forest")
def forest(request: Request, outcome: str = "", cell: str = "", differences: bool = False) -> Response:
    """The forest of an outcome, of all cells or of one, with every finding on it."""
    vocabulary: Vocabulary = request.app.state.vocabulary
    store = current(request).store
    parts: dict[str, object] = {
        "outcome": outcome,
        "cell": cell,
        "differences": differences,
        "outcomes": sorted(each.label for each in vocabulary.of_kind("outcome")),
        "cells": sorted(each.label for each in vocabulary.of_kind("cell_type")),
        "notice": read_notice(store),
        "total": None,
    }
    if not outcome:
        return page(request, "forest.html", parts, title="Forest")
    concept, given = _asked(request, outcome, cell)
    findings = _newest(request, concept, given)
    claims = _claims(request, concept, given, papers={each.study.paper for each in findings[:_MOST]})
    names = current(request).index.names
    kinds = DIFFERENCES if differences else RATIOS
    effects = find_rows(claims, names, kinds=kinds)
    drawn = draw_forest(effects, outcome=concept.label, kinds=kinds, is_alone=False, link=True)
    parts |= {
        # Named as people name them, whatever the address has.
        "outcome": concept.label,
        "cell": "" if given is None else given.label,
        "picture": Markup(drawn) if effects else "",  # noqa: S704  # made of escaped text
        "total": len(findings),
        "is_part": len(findings) > _MOST,
        "rows": read_evidence(store, vocabulary, {each.finding: each.paper for each in claims[:_MOST]}, names),
        "whole": f"/evidence?{urlencode({'of': f'{Kind.OUTCOME}:{concept.slug}'})}",
        "file": f"/forest.svg?{urlencode({'outcome': outcome, 'cell': cell, 'differences': differences})}",
    }
    return page(request, "forest.html", parts, title=f"Forest: {concept.label}")


@router.get("/forest.svg", name="forest-file")
def forest_file(request: Request, outcome: str, cell: str = "", differences: bool = False) -> Response:
    """The forest alone, to take away."""
    concept, given = _asked(request, outcome, cell)
    claims = _claims(request, concept, given, papers=None)
    kinds: frozenset[Measure] = DIFFERENCES if differences else RATIOS
    rows = find_rows(claims, current(request).index.names, kinds=kinds)
    return _file(draw_forest(rows, outcome=concept.label, kinds=kinds), "forest.svg")


def _asked(request: Request, outcome: str, cell: str) -> tuple[Concept, Concept | None]:
    """The outcome, and the cell where one is named.

    Raises:
        QueryError: no such outcome, no such cell.
    """
    vocabulary: Vocabulary = request.app.state.vocabulary
    return find_outcome(vocabulary, outcome), _cell(vocabulary, cell) if cell else None


def _newest(request: Request, outcome: Concept, cell: Concept | None) -> Behind:
    """The findings on the outcome, newest studies first; those of withdrawn papers are left out."""
    vocabulary: Vocabulary = request.app.state.vocabulary
    index = current(request).index
    found = index.among(f"{Kind.OUTCOME}:{each}" for each in vocabulary.measuring(outcome.slug))
    if cell is not None:
        found &= index.among(f"{Kind.CELL}:{each}" for each in (cell.slug, *vocabulary.descendants(cell.slug)))
    return index.standing(found)


def _claims(request: Request, outcome: Concept, cell: Concept | None, *, papers: Collection[str] | None) -> list[Claim]:
    """What these papers, or all, found on the outcome; withdrawn ones are left out."""
    vocabulary: Vocabulary = request.app.state.vocabulary
    measured = vocabulary.measuring(outcome.slug)
    claims = read_claims(current(request).store, vocabulary=vocabulary, outcomes=measured, papers=papers)
    found = [each for each in claims if not each.is_withdrawn]
    return found if cell is None else [each for each in found if any(vocabulary.is_a(one, cell.slug) for one in each.cells)]


def _cell(vocabulary: Vocabulary, name: str) -> Concept:
    found = vocabulary.concepts.get(name) or vocabulary.find(name, kind=TermKind.CELL_TYPE)
    if found is None:
        near = ", ".join(nearest(vocabulary, name, kinds=(TermKind.CELL_TYPE,)))
        raise QueryError(f"no cell named {name!r}", remedy=f"Did you mean {near}?" if near else None)
    return found


def _file(content: str, name: str) -> Response:
    return Response(content, media_type=_SVG, headers={"Content-Disposition": f'attachment; filename="{name}"'})
