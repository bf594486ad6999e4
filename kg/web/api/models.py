"""What the API answers with."""

from pydantic import BaseModel, ConfigDict, Field

from kg.web.evidence import Evidence


class Answer(BaseModel):
    """An answer; made from the records that pages show."""

    model_config = ConfigDict(from_attributes=True)


class Trouble(Answer):
    """What went wrong and what to do."""

    error: str


class Hit(Answer):
    """A node whose name or synonym was searched for."""

    id: str = Field(examples=["outcome:incidence-of-chronic-gvhd"])
    kind: str
    label: str
    #: The synonym that was found, where it was not the label.
    synonym: str
    findings: int


class Hits(Answer):
    """Nodes found, best first."""

    items: list[Hit]


class Node(Answer):
    """A node of a view, with the middle of its box in pixels."""

    id: str
    kind: str
    label: str
    studies: int
    is_opened: bool
    more: int
    is_withdrawn: bool
    x: int
    y: int


class Edge(Answer):
    """What ties two nodes."""

    id: str
    source: str
    target: str
    sense: str
    level: str
    findings: int
    studies: int


class Count(Answer):
    """A value of a facet and the findings (for ``kind``: the nodes) that it would leave."""

    value: str
    label: str
    count: int


class Graph(Answer):
    """A view."""

    nodes: list[Node]
    edges: list[Edge]
    facets: dict[str, list[Count]]
    findings: int
    left_out: int
    has_path: bool


class EvidencePage(Answer):
    """Findings behind a node or an edge, newest first; ``next`` is the cursor of the page that follows."""

    total: int
    items: list[Evidence]
    next: str | None


class Term(Answer):
    """A name that SPARQL may use."""

    name: str = Field(examples=["gg:outcome"])
    label: str


class Terms(Answer):
    """Names of ours, sorted."""

    items: list[Term]


class Paper(Answer):
    """A paper of the graph."""

    id: str
    label: str
    title: str
    year: int | None
    is_withdrawn: bool


class PapersPage(Answer):
    """Papers by id; ``next`` is the cursor of the page that follows."""

    total: int
    items: list[Paper]
    next: str | None
