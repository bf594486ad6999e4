"""What people call a paper: its first author and year, where no other paper goes by that."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from kg.namespaces import GG, PREFIXES
from kg.queries.run import Queryable, ask
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
