"""Studies to link, made from what differs."""

from kg.model import Author, StudyContext

TITLE = "Cord cells given with the graft lower chronic graft-versus-host disease"


def people(*names: str) -> tuple[Author, ...]:
    """ "Ito A" as family and given name."""
    return tuple(Author(family=family, given=given) for family, _, given in (each.rpartition(" ") for each in names))


TEAM = people("Ito A", "Sato B", "Kim C", "Berg D")


def context(paper: str = "pmid-1", **stated: object) -> StudyContext:
    """A study of 2016 by the team with the title."""
    fields: dict[str, object] = {"title": TITLE, "year": 2016, "authors": TEAM, "paper": paper}
    return StudyContext.model_validate({**fields, **stated})
