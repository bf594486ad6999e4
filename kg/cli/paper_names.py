"""What people call a paper: its first author and year, where no other paper goes by that.

Imported inside command functions only.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote

from kg.cli.console import misuse
from kg.cli.paper_graph import find_paper
from kg.namespaces import GG, PREFIXES
from kg.queries import Queryable, ask
from kg.wording import surname

_PAPERS = f"""SELECT ?id ?title ?author ?year ?local WHERE {{
  GRAPH ?graph {{
    ?paper a <{GG["Paper"]}> ; <{PREFIXES["dcterms"]}identifier> ?id .
    OPTIONAL {{ ?paper <{PREFIXES["dcterms"]}title> ?title }}
    OPTIONAL {{ ?paper <{GG["firstAuthor"]}> ?author }}
    OPTIONAL {{ ?paper <{GG["year"]}> ?year }}
    OPTIONAL {{ ?paper <{GG["localId"]}> ?local }}
  }}
}} ORDER BY ?id"""
_AUTHOR_YEAR = re.compile(r"(?P<author>.*?)[\s,]*(?:et al\.?)?[\s,(]*(?P<year>(?:19|20)\d\d)\)?", re.IGNORECASE)
_MOST = 5


@dataclass(frozen=True)
class Listed:
    """A paper as far as it is needed to name it."""

    id: str
    title: str
    author: str
    year: str
    #: The id that the user's own file gave it.
    local: str

    @property
    def author_year(self) -> str | None:
        """``Gao 2016``; None where either is not known."""
        return f"{surname(self.author)} {self.year}" if self.author and self.year else None

    @property
    def line(self) -> str:
        """Id, author and year, title, for a list to choose from."""
        return "  ".join(part for part in (unquote(self.id), self.author_year, self.title) if part)


def list_papers(store: Queryable) -> list[Listed]:
    """The papers of a store, by id."""
    rows = ask(store, _PAPERS, location="list papers").rows
    return [Listed(*("" if cell is None else str(cell) for cell in row)) for row in rows]


def name_papers(papers: Sequence[Listed]) -> dict[str, str]:
    """By id: author and year where one paper alone has them, else the id that the user's file gave it, if any."""
    taken = Counter(paper.author_year for paper in papers if paper.author_year is not None)
    names = {paper.id: name if (name := paper.author_year) is not None and taken[name] == 1 else paper.local for paper in papers}
    return {paper: name for paper, name in names.items() if name}


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
