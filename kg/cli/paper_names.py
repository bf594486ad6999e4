"""The paper that a person means by what they call it.

Imported inside command functions only.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from urllib.parse import unquote

from kg.cli.console import misuse
from kg.queries import Listed, Queryable, list_papers
from kg.queries.paper_graph import find_paper
from kg.wording import surname

_AUTHOR_YEAR = re.compile(r"(?P<author>.*?)[\s,]*(?:et al\.?)?[\s,(]*(?P<year>(?:19|20)\d\d)\)?", re.IGNORECASE)
_MOST = 5


def named_paper(store: Queryable, key: str) -> str:
    """The id of the paper; misuse where there is none or more than one, with the papers that may be meant."""
    found = find_paper(store, key)
    if found is not None:
        return found
    papers = list_papers(store)
    meant = find_by_author_year(papers, key)
    if len(meant) == 1:
        return meant[0].id
    if meant:
        misuse("\n  ".join([f"{key!r} is more than one paper:", *(each.line for each in meant)]))
    near = near_papers(papers, key)
    if near:
        misuse("\n  ".join([f"no paper {key!r} in the store. Did you mean", *(each.line for each in near)]))
    misuse(f"no paper {key!r} in the store. Add it with kg add, or list papers with: kg query papers-mentioning")


def find_by_author_year(papers: Iterable[Listed], key: str) -> list[Listed]:
    """The papers that ``Gao 2016``, ``Gao et al. 2016`` or ``gao2016`` may mean: by author and year, or by how their own id begins."""
    match = _AUTHOR_YEAR.fullmatch(key.strip())
    if match is None or not match["author"].strip():
        return []
    author, year = match["author"].strip().casefold(), match["year"]
    start = author.replace(" ", "") + year
    return [
        paper
        for paper in papers
        if (paper.year == year and author in _author_names(paper)) or paper.local.casefold().replace("-", "").startswith(start)
    ]


def near_papers(papers: Sequence[Listed], key: str) -> list[Listed]:
    """A few papers whose id, author or title is like the key."""
    wanted = key.strip().casefold()
    within = [paper for paper in papers if len(wanted) > 3 and wanted in paper.line.casefold()]
    if within:
        return within[:_MOST]
    names = _names(papers)
    return list({paper.id: paper for name in get_close_matches(wanted, names, n=_MOST, cutoff=0.7) for paper in [names[name]]}.values())


def _author_names(paper: Listed) -> set[str]:
    """The whole name, the surname, and each word of it: which is the surname is not always plain."""
    whole = paper.author.casefold()
    return {whole, surname(paper.author).casefold(), *whole.replace(",", " ").split()} - {""}


def _names(papers: Sequence[Listed]) -> Mapping[str, Listed]:
    found: dict[str, Listed] = {}
    for paper in papers:
        for name in (paper.id, unquote(paper.id), paper.id.partition("-")[2], paper.local, paper.author_year or "", surname(paper.author)):
            if name:
                found.setdefault(name.casefold(), paper)
    return found
