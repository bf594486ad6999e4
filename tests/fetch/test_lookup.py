"""Papers by identifier."""

from collections.abc import Callable

import pytest
from fetch_world import TODAY, FakePaper, FakeServices, burst, make_papers

from kg.fetch.eutils import Link
from kg.fetch.identifiers import Identifier, Kind, read_identifier
from kg.fetch.lookup import Services, look_up
from kg.model import TextKind
from kg.read.outcome import Failed, Read, Skipped

MakeServices = Callable[..., Services]
WORDS = (("RESULTS", "Chronic GVHD was seen in 20% of patients given MSCs and in 40% given placebo (P = .02)."),)


def found(services: Services, *typed: str, body: bool = False) -> tuple[list[str], list[str]]:
    """Ids of the papers, and what is said of the others."""
    identifiers = [identifier for each in typed if (identifier := read_identifier(each)) is not None]
    outcomes = list(look_up(identifiers, services, body=body))
    return [each.paper.id for each in outcomes if isinstance(each, Read)], [
        str(each.error) for each in outcomes if isinstance(each, Failed | Skipped)
    ]


def test_pmids_come_together(services: MakeServices) -> None:
    world = FakeServices(make_papers(5))
    assert found(services(world), "40000002", "PMID:40000004") == (["pmid-40000002", "pmid-40000004"], [])
    assert world.tools() == ["epost", "efetch"]


def test_a_pmid_that_is_none_is_named_and_the_others_come(services: MakeServices) -> None:
    papers, complaints = found(services(FakeServices(make_papers(2))), "40000001", "123")
    assert papers == ["pmid-40000001"]
    assert complaints == ["PubMed, PMID 123: PubMed has no such record, or does not send it"]


def test_a_doi_is_looked_up_at_pubmed(services: MakeServices) -> None:
    world = FakeServices(make_papers(3))
    assert found(services(world), "https://doi.org/10.5555/TRIAL.40000002") == (["pmid-40000002"], [])
    assert "search" not in world.tools()


def test_a_paper_that_has_another_doi_is_not_taken(services: MakeServices) -> None:
    world = FakeServices(make_papers(1))
    papers, complaints = found(services(world), "10.5555/trial.9")
    assert papers == []
    assert complaints == ["DOI 10.5555/trial.9: Neither PubMed nor Europe PMC has it. See that it is spelled right"]


def test_what_a_search_by_the_words_of_a_doi_finds_is_not_taken(services: MakeServices) -> None:
    class ByWords(FakeServices):
        def _esearch(self, params: dict[str, str], fault: str | None) -> object:  # type: ignore[override]
            return super()._esearch({**params, "term": "stromal"}, fault)

    papers, complaints = found(services(ByWords(make_papers(1))), "10.5555/trial.9")
    assert papers == []
    assert complaints == ["DOI 10.5555/trial.9: Neither PubMed nor Europe PMC has it. See that it is spelled right"]


def test_a_doi_that_pubmed_lacks_is_looked_up_at_europe_pmc(services: MakeServices) -> None:
    class OnlyEuropePmc(FakeServices):
        def _esearch(self, params: dict[str, str], fault: str | None) -> object:  # type: ignore[override]
            return super()._esearch({**params, "term": "nowhere"}, fault)

    assert found(services(OnlyEuropePmc(make_papers(1))), "10.5555/trial.40000001") == (["pmid-40000001"], [])


def test_a_pmcid_leads_to_the_record_of_pubmed(services: MakeServices) -> None:
    papers = [FakePaper("41", "Stromal cells", WORDS, TODAY, pmcid="PMC77")]
    world = FakeServices(papers)
    assert found(services(world), "PMC77") == (["pmid-41"], [])
    assert world.tools() == ["elink", "epost", "efetch"]


def test_an_article_that_is_in_pmc_alone_comes_from_there(services: MakeServices) -> None:
    papers = [FakePaper("0", "Stromal cells", WORDS, TODAY, pmcid="PMC77")]
    assert found(services(FakeServices(papers)), "PMC77") == (["pmcid-PMC77"], [])
    assert found(services(FakeServices(papers)), "PMC78")[1] == ["PMC78: PMC has no such article. See that it is spelled right"]


def test_a_registration_means_all_papers_that_carry_it(services: MakeServices) -> None:
    papers = [
        FakePaper("1", "Interim", WORDS, TODAY, registration="NCT00000001"),
        FakePaper("2", "Final", WORDS, TODAY, registration="NCT00000001"),
        FakePaper("3", "Other", WORDS, TODAY, registration="NCT00000002"),
    ]
    world = FakeServices(papers)
    ids, complaints = found(services(world), "nct00000001")
    assert (sorted(ids), complaints) == (["pmid-1", "pmid-2"], [])
    assert world.asked[0][1]["term"] == "NCT00000001[si]"


def test_a_registration_that_no_paper_carries_is_named(services: MakeServices) -> None:
    _, complaints = found(services(FakeServices(make_papers(1))), "NCT99999999")
    assert complaints == ["NCT99999999: No paper in PubMed carries it; its results may not be published. See that it is spelled right"]


def test_full_text_comes_after_the_record(services: MakeServices) -> None:
    papers = [FakePaper("41", "Stromal cells", WORDS, TODAY, pmcid="PMC77", doi="10.5555/x", licence="cc by")]
    outcomes = list(look_up([Identifier(Kind.PMID, "41")], services(FakeServices(papers)), body=True))
    kinds = [each.paper.text_kind for each in outcomes if isinstance(each, Read)]
    assert kinds == [TextKind.ABSTRACT, TextKind.FULL_TEXT]
    assert {each.paper.id for each in outcomes if isinstance(each, Read)} == {"pmid-41"}


def test_a_full_text_that_is_not_open_is_said(services: MakeServices) -> None:
    papers = [FakePaper("41", "Stromal cells", WORDS, TODAY, pmcid="PMC77"), FakePaper("42", "No PMCID", WORDS, TODAY)]
    ids, complaints = found(services(FakeServices(papers)), "41", "42", body=True)
    assert ids == ["pmid-41", "pmid-42"]
    assert complaints == [
        "Europe PMC, PMC77: no open-access full text; the abstract is taken",
        "Europe PMC: no open-access full text; the abstract is taken",
    ]


@pytest.mark.parametrize("typed", ["40000001", "10.5555/trial.40000001", "PMC1", "NCT40000001"])
def test_an_outage_is_a_failure_of_that_identifier_and_the_rest_goes_on(typed: str, services: MakeServices) -> None:
    world = FakeServices(make_papers(1, first=40_000_001), faults=burst("503", range(7)))
    papers, complaints = found(services(world), typed, "NCT40000001") if typed != "NCT40000001" else found(services(world), typed)
    assert "answered 503" in complaints[0]
    assert str(read_identifier(typed)) in complaints[0]
    assert papers == ([] if typed == "NCT40000001" else ["pmid-40000001"])


def test_linked_papers_come_after_those_that_were_named_and_once(services: MakeServices) -> None:
    papers = [
        FakePaper("1", "One", (), TODAY, cites=("4",)),
        FakePaper("2", "Two", (), TODAY, cites=("1",)),
        FakePaper("3", "Three", (), TODAY, cites=("1", "2")),
        FakePaper("4", "Four", (), TODAY),
    ]
    named = [Identifier(Kind.PMID, "1"), Identifier(Kind.PMID, "2")]
    made = services(FakeServices(papers))
    ids = {
        links: [each.paper.pmid for each in look_up(named, made, links=links) if isinstance(each, Read)]
        for links in ((), (Link.CITED_BY,), (Link.CITES,), (Link.CITED_BY, Link.CITES))
    }
    assert ids == {
        (): ["1", "2"],
        (Link.CITED_BY,): ["1", "2", "3"],
        (Link.CITES,): ["1", "2", "4"],
        (Link.CITED_BY, Link.CITES): ["1", "2", "3", "4"],
    }


def test_links_that_cannot_be_asked_for_are_a_failure_of_their_own(services: MakeServices) -> None:
    world = FakeServices(make_papers(1), faults=lambda _number, tool: "503" if tool == "elink" else None)
    outcomes = list(look_up([Identifier(Kind.PMID, "40000001")], services(world), links=[Link.RELATED]))
    assert [type(each) for each in outcomes] == [Read, Failed]
    assert isinstance(outcomes[1], Failed)
    assert "linked papers: answered 503" in str(outcomes[1].error)
