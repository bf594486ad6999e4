"""What was understood of papers, and how they stand to those that the store has, before anything is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.build import Made, Pipeline, choose, collect, known_in, settle
from kg.build.linking import count_papers, link_papers
from kg.build.records import known_of
from kg.explain import Explanation, explain_parts
from kg.explain.marks import Mark, find_marks
from kg.model import Extraction, Paper
from kg.namespaces import GG, PREFIXES, paper_iri
from kg.read.outcome import Outcome
from kg.report import Failure
from kg.store import LocalStore, PaperGraphs

#: Signs of a text that is likely cut off or no abstract.
SHORT_TEXT = 250


class Standing(StrEnum):
    """What adding a paper would do."""

    NEW = "new"
    #: The store has it; it is read again, and this record takes the place of that one.
    KNOWN = "known"
    #: The store has a better record of it: with a text, with more identifiers, or the paper itself where this is a digest.
    OUTDONE = "outdone"
    #: Its graph breaks the shapes, or the engine failed.
    REFUSED = "refused"


@dataclass(frozen=True)
class Ties:
    """What the store's papers are to a paper that is not among them; ids, and findings counted."""

    same_paper: tuple[str, ...] = ()
    same_cohort: tuple[str, ...] = ()
    agreements: int = 0
    contradictions: int = 0


@dataclass(frozen=True)
class Understood:
    """A paper, what was read in it, and how it stands."""

    paper: Paper
    standing: Standing
    #: Ids under which the store has it.
    stored_as: tuple[str, ...] = ()
    extraction: Extraction | None = None
    marks: tuple[Mark, ...] = ()
    explanation: Explanation | None = None
    ties: Ties = Ties()
    trouble: str = ""

    @property
    def is_short(self) -> bool:
        """Whether the text is rather short for an abstract."""
        return len(self.paper.text) < SHORT_TEXT


@dataclass(frozen=True)
class Preview:
    """All that was given: papers in order of id, and what could not be read."""

    label: str
    papers: tuple[Understood, ...]
    failures: tuple[Failure, ...] = ()

    @property
    def addable(self) -> tuple[Understood, ...]:
        """Papers that adding would put into the store."""
        return tuple(each for each in self.papers if each.standing in {Standing.NEW, Standing.KNOWN})


@dataclass(frozen=True)
class Plan:
    """Papers to add, by what adding does with them; ids."""

    papers: tuple[Paper, ...]
    failures: tuple[Failure, ...]
    outdone: Mapping[Paper, tuple[str, ...]]
    #: By paper id: the ids under which the store has the paper.
    known: Mapping[str, tuple[str, ...]]
    replaced: Mapping[str, tuple[str, ...]]

    @property
    def new(self) -> tuple[str, ...]:
        """Papers that the store has under no id."""
        return tuple(paper.id for paper in self.papers if not self.known[paper.id])

    @property
    def again(self) -> tuple[str, ...]:
        """Papers that it has."""
        return tuple(paper.id for paper in self.papers if self.known[paper.id])


def make_plan(outcomes: Iterable[Outcome], store: LocalStore) -> Plan:
    """What adding would do with each record; ``kg.build.ingest`` decides by the same rules."""
    read, failures = collect(outcomes)
    chosen, passed_over = choose(read)
    stored = known_in(store, [name for paper in chosen for name in known_of(paper).names])
    papers, _, replaced = settle(chosen, stored)
    by_name = {name: each.id for each in stored for name in each.names}
    known = {paper.id: tuple(sorted({by_name[name] for name in known_of(paper).names if name in by_name})) for paper in chosen}
    kept = {paper.id for paper in papers}
    return Plan(
        papers=tuple(papers),
        failures=(*failures, *passed_over),
        outdone={paper: known[paper.id] for paper in chosen if paper.id not in kept},
        known=known,
        replaced=replaced,
    )


def understand(label: str, outcomes: Iterable[Outcome], store: LocalStore, pipeline: Pipeline) -> Preview:
    """Read papers as adding would, and store nothing.

    Raises:
        StoreError: the store did not answer.
    """
    plan = make_plan(outcomes, store)
    results = [(paper, pipeline.make(paper)) for paper in plan.papers]
    ties = _find_ties([made for _, made in results if isinstance(made, Made)], plan, store, pipeline)
    explained = {
        made.paper.id: explain_parts(made.paper, made.extraction, pipeline.vocabulary, prefix=f"paper-{place}-")
        for place, (_, made) in enumerate(results, start=1)
        if isinstance(made, Made)
    }
    understood = [
        _understood(paper, made, known=plan.known[paper.id], ties=ties.get(paper.id, Ties()), explanation=explained.get(paper.id))
        for paper, made in results
    ]
    outdone = [Understood(paper, Standing.OUTDONE, stored_as=ids) for paper, ids in plan.outdone.items()]
    return Preview(label, tuple(sorted((*understood, *outdone), key=lambda each: each.paper.id)), plan.failures)


def _understood(paper: Paper, made: Made | Failure, *, known: tuple[str, ...], ties: Ties, explanation: Explanation | None) -> Understood:
    if isinstance(made, Failure):
        return Understood(paper, Standing.REFUSED, stored_as=known, trouble=made.reason)
    return Understood(
        paper,
        Standing.KNOWN if known else Standing.NEW,
        stored_as=known,
        extraction=made.extraction,
        marks=find_marks(paper.text, made.extraction),
        explanation=explanation,
        ties=ties,
    )


def _find_ties(made: Sequence[Made], plan: Plan, store: LocalStore, pipeline: Pipeline) -> dict[str, Ties]:
    if not made:
        return {}
    graphs = [PaperGraphs(each.paper.id, each.quads) for each in made]
    linked = link_papers(graphs, store, replaced=plan.replaced, in_store=count_papers(store), vocabulary=pipeline.vocabulary)
    return {each.paper_id: _ties_of(each) for each in linked.papers}


def _ties_of(graphs: PaperGraphs) -> Ties:
    """Out of the triples by which links are stated in short; each link graph is about its own paper."""

    def papers(name: str) -> tuple[str, ...]:
        prefix = paper_iri("")
        found = {str(quad.object.value) for quad in graphs.links if quad.predicate.value == name and hasattr(quad.object, "value")}
        return tuple(sorted(each.removeprefix(prefix) for each in found))

    def count(name: str) -> int:
        return len({(quad.subject, quad.object) for quad in graphs.links if quad.predicate.value == name})

    return Ties(
        same_paper=papers(GG["samePaper"]),
        same_cohort=papers(GG["sameCohort"]),
        agreements=count(PREFIXES["cito"] + "agreesWith"),
        contradictions=count(PREFIXES["cito"] + "disagreesWith"),
    )
