"""After any sequence of changes a store equals one that is built at once from what it holds."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pyoxigraph import Quad
from store_world import finding, other_vocabulary, paper, tie, vocabulary

from kg.model import Finding, Link
from kg.namespaces import GG
from kg.rdf import key_quads, link_quads
from kg.store import LocalStore, PaperGraphs

TIES = ((), ("NCT1",), ("NCT2",), ("NCT1", "NCT2"))
VOCABULARIES = {"v1": vocabulary, "v2": other_vocabulary}

IDS = [f"p{number}" for number in range(6)]
KINDS = [("same_cohort", "title"), ("same_paper", "title"), ("related", "title"), ("cites", "reference")]
AMENDS = [("amends", "retracted"), ("amends", "concern"), ("amends", "corrected")]

paper_ids = st.sampled_from(IDS)
findings = st.builds(
    finding,
    outcome=st.sampled_from(["incidence-of-gvhd", "gvhd", "survival", "early-survival", "t-cell-count", None]),
    direction=st.sampled_from(["increased", "decreased", "no_difference", "reported", "unclear"]),
    significant=st.sampled_from([True, False, None]),
    cells=st.sampled_from([(), ("msc",), ("uc-msc",), ("msc", "uc-msc"), ("hsc", "ruxolitinib")]),
    against=st.sampled_from([(), (), ("bm-msc",), ("hsc",)]),
    kind=st.sampled_from(["effect", "effect", "single_arm", "before_after", "subgroup", "mechanism"]),
    population=st.sampled_from([None, None, "children"]),
)


@st.composite
def links_of(draw: st.DrawFn, paper_id: str) -> tuple[Link, ...]:
    """Links of a paper to others, which need not be there."""
    others = st.sampled_from([each for each in IDS if each != paper_id])
    ends = draw(st.dictionaries(others, st.sampled_from([*KINDS, *AMENDS]), max_size=2))
    return tuple(tie(kind, paper_id, other, sign) for other, (kind, sign) in ends.items())


def said_of_factors(paper_id: str) -> st.SearchStrategy[list[Quad]]:
    """Keys by which a paper counts towards what tells the ways of findings apart."""
    keys = st.sampled_from(["relapse|msc|less|design=rct|n=below 50", "relapse|msc|more|design=rct", "gvhd|msc|less|n=below 50"])
    return st.lists(keys, max_size=2, unique=True).map(lambda said: key_quads(paper_id, (), factors=said))


def of_factors(given: PaperGraphs) -> list[Quad]:
    return [each for each in given.links if each.predicate.value == GG["factorKey"]]


@st.composite
def papers(draw: st.DrawFn) -> tuple[PaperGraphs, tuple[Link, ...]]:
    paper_id: str = draw(paper_ids)
    links: tuple[Link, ...] = draw(links_of(paper_id))
    said: Sequence[Finding] = draw(st.lists(findings, max_size=4))
    made = paper(
        paper_id,
        *said,
        design=draw(st.sampled_from(["rct", "in_vitro", "meta_analysis", None])),
        species=draw(st.sampled_from(["human", "human", "mouse", None])),
        registrations=draw(st.lists(st.sampled_from(["NCT1", "nct 1", "NCT2", "NCT3"]), max_size=2, unique=True)),
        is_retracted=draw(st.sampled_from([False, False, False, True])),
        links=[*draw(said_of_factors(paper_id)), *link_quads(links)],
    )
    return made, links


class Machine(RuleBasedStateMachine):
    """A store beside a plain dict of what it should hold."""

    def __init__(self) -> None:
        super().__init__()
        self.store = LocalStore.in_memory()
        self.held: dict[str, PaperGraphs] = {}
        self.links: dict[str, tuple[Link, ...]] = {}
        self.vocabulary = ""

    def put(self, given: PaperGraphs, links: tuple[Link, ...] = ()) -> None:
        has_changed = self.store.add_paper(given.paper_id, given.quads, links=given.links)
        before = self.held.get(given.paper_id)
        assert has_changed is (before is None or set(before.quads) != set(given.quads) or set(before.links) != set(given.links))
        self.keep(given, links)

    def keep(self, given: PaperGraphs, links: tuple[Link, ...]) -> None:
        self.held[given.paper_id], self.links[given.paper_id] = given, links

    def relink(self, paper_id: str, links: tuple[Link, ...], said: Sequence[Quad]) -> None:
        quads = [*said, *link_quads(links)]
        assert self.store.add_papers([], relinked={paper_id: quads}) == 0
        self.keep(replace(self.held[paper_id], links=quads), links)

    def use(self, name: str) -> None:
        assert self.store.replace_vocabulary(VOCABULARIES[name](), name) is (name != self.vocabulary)
        self.vocabulary = name

    @rule(paper_id=paper_ids)
    def drop(self, paper_id: str) -> None:
        was_there = self.held.pop(paper_id, None) is not None
        assert self.store.drop_paper(paper_id) is was_there
        if was_there:
            for other in self.held:
                left = tuple(each for each in self.links[other] if each.object != paper_id)
                self.keep(replace(self.held[other], links=[*of_factors(self.held[other]), *link_quads(left)]), left)

    @invariant()
    def equals_one_built_at_once(self) -> None:
        with LocalStore.in_memory() as fresh:
            if self.vocabulary:
                fresh.replace_vocabulary(VOCABULARIES[self.vocabulary](), self.vocabulary)
            fresh.add_papers(self.held.values())
            fresh.rebuild_summary()
            assert self.store.dump() == fresh.dump()
        assert self.store.paper_ids() == tuple(sorted(self.held))

    def teardown(self) -> None:
        self.store.close()


class AnyPapers(Machine):
    """Papers of every kind, one by one and in batches, before and after a vocabulary."""

    @initialize(name=st.sampled_from(["", *VOCABULARIES]))
    def start(self, name: str) -> None:
        if name:
            self.use(name)

    @rule(given=papers())
    def add(self, given: tuple[PaperGraphs, tuple[Link, ...]]) -> None:
        self.put(*given)

    @rule(given=st.lists(papers(), max_size=5))
    def add_many(self, given: list[tuple[PaperGraphs, tuple[Link, ...]]]) -> None:
        self.store.add_papers([each for each, _ in given])
        for each, links in given:
            self.keep(each, links)

    @rule(data=st.data())
    def link_again(self, data: st.DataObject) -> None:
        if self.held:
            paper_id = data.draw(st.sampled_from(sorted(self.held)))
            self.relink(paper_id, data.draw(links_of(paper_id)), data.draw(said_of_factors(paper_id)))

    @rule(name=st.sampled_from(list(VOCABULARIES)))
    def replace_vocabulary(self, name: str) -> None:
        self.use(name)


class Cohorts(Machine):
    """Papers that differ in little but the cohorts that they tie and untie."""

    @initialize()
    def start(self) -> None:
        self.use("v1")

    @rule(paper_id=paper_ids, outcome=st.sampled_from(["survival", "gvhd"]), numbers=st.sampled_from(TIES), data=st.data())
    def add(self, paper_id: str, outcome: str, numbers: tuple[str, ...], data: st.DataObject) -> None:
        others = data.draw(st.lists(st.sampled_from([each for each in IDS if each != paper_id]), max_size=2, unique=True))
        links = tuple(tie("same_cohort", paper_id, other) for other in others)
        quads = [*data.draw(said_of_factors(paper_id)), *link_quads(links)]
        self.put(paper(paper_id, finding(outcome), registrations=numbers, links=quads), links)


SETTINGS = settings(max_examples=50, stateful_step_count=20, deadline=None, derandomize=True)
AnyPapers.TestCase.settings = SETTINGS
Cohorts.TestCase.settings = SETTINGS
TestAnyPapers = AnyPapers.TestCase
TestCohorts = Cohorts.TestCase
