"""The records of what papers changed."""

from collections.abc import Sequence

from kg.model import Claim, Design, Link, LinkKind, LinkReason, Record, TermKind

#: Comparisons of findings, the most telling first.
COMPARED = (LinkKind.CONTRADICTS, LinkKind.TENSION, LinkKind.AGREES, LinkKind.WEAK_CONTRAST)
#: Ties between papers, the closest first.
TIED = (LinkKind.AMENDS, LinkKind.SAME_PAPER, LinkKind.SAME_COHORT, LinkKind.INCLUDES_STUDY, LinkKind.CITES, LinkKind.RELATED)


class FirstSeen(Record):
    """A concept that no paper before had mentioned."""

    kind: TermKind
    label: str
    #: Vocabulary slug.
    concept: str


class FilledGap(Record):
    """A tissue source and an outcome that no paper before had studied together; labels."""

    source: str
    outcome: str


class Moved(Record):
    """How many cohorts say what of a cell and an outcome, without the new papers and with them."""

    cell: str
    outcome: str
    #: "human" or "preclinical".
    setting: str
    #: What the evidence says together: "increased", "decreased", "no difference", "mixed"; null where nothing was tested.
    before: str | None = None
    after: str | None = None
    cohorts_before: int
    cohorts_after: int


class PaperChanges(Record):
    """What one paper brought."""

    paper: str
    #: "Gao 2016", else the id.
    name: str
    title: str | None = None
    year: int | None = None
    pmid: str | None = None
    doi: str | None = None
    #: When it came into the graph, ISO 8601; null where that was not kept.
    added: str | None = None
    is_retracted: bool = False
    is_digest: bool = False
    design: Design | None = None
    n: int | None = None
    findings: tuple[Claim, ...] = ()
    first_seen: tuple[FirstSeen, ...] = ()
    gaps_filled: tuple[FilledGap, ...] = ()
    #: Each with this paper as its subject, in the order of ``COMPARED`` and ``TIED``, then by score.
    links: tuple[Link, ...] = ()

    def of_kind(self, kind: LinkKind) -> tuple[Link, ...]:
        """The links of one kind, the surest first."""
        return tuple(link for link in self.links if link.kind is kind)


class Changes(Record):
    """What some papers changed, in order of paper."""

    papers: tuple[PaperChanges, ...] = ()
    #: Evidence that says something else than before, or for the first time.
    moved: tuple[Moved, ...] = ()
    #: What the papers at the other end of links are called, by paper id.
    names: dict[str, str] = {}  # noqa: RUF012  # pydantic copies defaults

    @property
    def has_digests(self) -> bool:
        """True when a finding rests on a text that was re-told by us."""
        return any(paper.is_digest for paper in self.papers)

    def count(self, kind: LinkKind) -> int:
        """How many links of a kind there are, one that ties two of these papers counted once."""
        return len({frozenset((link.subject, link.object)) for paper in self.papers for link in paper.of_kind(kind)})


def seen_from(link: Link, paper: str) -> Link:
    """The link with this paper, one of its two, as its subject."""
    if link.subject_paper == paper:
        return link
    return link.model_copy(
        update={
            "subject": link.object,
            "object": link.subject,
            "subject_paper": link.object_paper,
            "object_paper": link.subject_paper,
            "subject_sentence": link.object_sentence,
            "object_sentence": link.subject_sentence,
            "differing": tuple(each.model_copy(update={"subject": each.object, "object": each.subject}) for each in link.differing),
        }
    )


def by_weight(links: Sequence[Link]) -> tuple[Link, ...]:
    """Most telling kind first, then the surest."""
    order = {kind: place for place, kind in enumerate((*COMPARED, *TIED))}
    return tuple(sorted(links, key=lambda each: (order[each.kind], -each.score, each.object, each.subject)))


def reasons(link: Link) -> tuple[LinkReason, ...]:
    """Why the link holds, the weightiest first."""
    return tuple(sorted(link.because, key=lambda each: -each.weight))
