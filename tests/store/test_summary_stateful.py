"""After any sequence of changes a store equals one that is built at once from what it holds."""

from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from store_world import finding, link, other_vocabulary, paper, vocabulary

from kg.model import Finding
from kg.store import LocalStore, PaperGraphs

TIES = ((), ("NCT1",), ("NCT2",), ("NCT1", "NCT2"))
VOCABULARIES = {"v1": vocabulary, "v2": other_vocabulary}

paper_ids = st.sampled_from([f"p{number}" for number in range(6)])
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
def papers(draw: st.DrawFn) -> PaperGraphs:
    paper_id: str = draw(paper_ids)
    said: Sequence[Finding] = draw(st.lists(findings, max_size=4))
    return paper(
        paper_id,
        *said,
        design=draw(st.sampled_from(["rct", "in_vitro", "meta_analysis", None])),
        species=draw(st.sampled_from(["human", "human", "mouse", None])),
        registrations=draw(st.lists(st.sampled_from(["NCT1", "nct 1", "NCT2", "NCT3"]), max_size=2, unique=True)),
        is_retracted=draw(st.sampled_from([False, False, False, True])),
        links=draw(st.sampled_from([(), (link(paper_id, "p0"),)])),
    )


class Machine(RuleBasedStateMachine):
    """A store beside a plain dict of what it should hold."""

    def __init__(self) -> None:
        super().__init__()
        self.store = LocalStore.in_memory()
        self.held: dict[str, PaperGraphs] = {}
        self.vocabulary = ""

    def put(self, given: PaperGraphs) -> None:
        has_changed = self.store.add_paper(given.paper_id, given.quads, links=given.links)
        before = self.held.get(given.paper_id)
        assert has_changed is (before is None or set(before.quads) != set(given.quads) or set(before.links) != set(given.links))
        self.held[given.paper_id] = given

    def replace(self, name: str) -> None:
        assert self.store.replace_vocabulary(VOCABULARIES[name](), name) is (name != self.vocabulary)
        self.vocabulary = name

    @rule(paper_id=paper_ids)
    def drop(self, paper_id: str) -> None:
        assert self.store.drop_paper(paper_id) is (self.held.pop(paper_id, None) is not None)

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
            self.replace(name)

    @rule(given=papers())
    def add(self, given: PaperGraphs) -> None:
        self.put(given)

    @rule(given=st.lists(papers(), max_size=5))
    def add_many(self, given: list[PaperGraphs]) -> None:
        self.store.add_papers(given)
        self.held |= {each.paper_id: each for each in given}

    @rule(name=st.sampled_from(list(VOCABULARIES)))
    def replace_vocabulary(self, name: str) -> None:
        self.replace(name)


class Cohorts(Machine):
    """Papers that differ in little but the cohorts that they tie and untie."""

    @initialize()
    def start(self) -> None:
        self.replace("v1")

    @rule(paper_id=paper_ids, outcome=st.sampled_from(["survival", "gvhd"]), numbers=st.sampled_from(TIES))
    def add(self, paper_id: str, outcome: str, numbers: tuple[str, ...]) -> None:
        self.put(paper(paper_id, finding(outcome), registrations=numbers))


SETTINGS = settings(max_examples=50, stateful_step_count=20, deadline=None, derandomize=True)
AnyPapers.TestCase.settings = SETTINGS
Cohorts.TestCase.settings = SETTINGS
TestAnyPapers = AnyPapers.TestCase
TestCohorts = Cohorts.TestCase
