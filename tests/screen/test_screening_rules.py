import pytest
from rdf_world import vocabulary
from screen_world import ALL, CHRONIC, GVHD, MSC, RETRACTED, asks, candidate, ground, screened

from kg.screen import Decided, Reason, screen_all, settle_criteria
from kg.screen.records import Standing


def standing(screening, criterion):
    return next(each for each in screening.evidence if each.criterion == criterion)


def test_a_paper_that_meets_every_criterion_is_included_with_what_it_rests_on():
    found = screened()
    assert (found.decided, found.reason, found.by) == (Decided.INCLUDE, None, "")
    assert {each.criterion: each.standing for each in found.evidence} == dict.fromkeys(
        ("language", "design", "species", "population", "intervention"), Standing.MEETS
    )
    (rests,) = standing(found, "population").grounds
    assert (rests.value, rests.words, rests.start) == (CHRONIC, "chronic GVHD", 42)


@pytest.mark.parametrize(
    ("changes", "reason", "says"),
    [
        ({"record": RETRACTED}, Reason.RETRACTED, "the paper was retracted"),
        ({"record": {"publication_types": ("Retracted Publication",)}}, Reason.RETRACTED, "the paper was retracted"),
        ({"record": {"language": "de"}}, Reason.LANGUAGE, "the paper is in de"),
        ({"has_abstract": False}, Reason.NO_ABSTRACT, "the record has no abstract"),
        ({"record": {"publication_types": ("Journal Article", "Editorial")}}, Reason.PUBLICATION_TYPE, "the record is of type Editorial"),
        ({"design": ground("review")}, Reason.REVIEW, "review"),
        ({"design": ground("protocol")}, Reason.PROTOCOL, "protocol"),
        ({"design": ground("case_series")}, Reason.DESIGN, "case series"),
        ({"species": (ground("mouse"),)}, Reason.SPECIES, "mouse, not human"),
        ({"population": (ground("mucositis"),)}, Reason.POPULATION, "mucositis, not graft-versus-host disease"),
        ({"population": ()}, Reason.POPULATION, "neither title nor abstract names graft-versus-host disease"),
        ({"interventions": (ground("ruxolitinib"),)}, Reason.INTERVENTION, "ruxolitinib, not mesenchymal stromal cell"),
        ({"interventions": ()}, Reason.INTERVENTION, "neither title nor abstract names mesenchymal stromal cell"),
    ],
)
def test_a_paper_that_fails_is_excluded_with_the_reason_and_what_it_says(changes, reason, says):
    found = screened(**changes)
    assert (found.decided, found.reason) == (Decided.EXCLUDE, reason)
    assert says in [each.says for each in found.evidence if each.standing is Standing.FAILS]


@pytest.mark.parametrize(
    ("changes", "criterion", "says"),
    [
        ({"design": None}, "design", "no study design is named"),
        ({"design": ground("other")}, "design", "other"),
        ({"species": ()}, "species", "nothing is said of the species"),
        (
            {"population": (), "mentions": (ground(CHRONIC),)},
            "population",
            "chronic graft-versus-host disease is named, but not as the population",
        ),
        (
            {"population": (), "mentions": (ground("incidence-of-chronic-gvhd"),)},
            "population",
            "incidence of chronic GVHD is named, but not as the population",
        ),
        (
            {"interventions": (), "mentions": (ground(MSC),)},
            "intervention",
            "mesenchymal stromal cell is named, but not as the intervention",
        ),
    ],
)
def test_a_paper_that_leaves_a_criterion_open_is_left_for_a_person(changes, criterion, says):
    found = screened(**changes)
    assert (found.decided, found.reason) == (Decided.MAYBE, None)
    assert (standing(found, criterion).standing, standing(found, criterion).says) == (Standing.UNCLEAR, says)


def test_a_wider_condition_than_asked_for_is_left_for_a_person():
    found = screened(criteria=asks(population=[CHRONIC]), population=(ground(GVHD),))
    assert (found.decided, standing(found, "population").says) == (Decided.MAYBE, "only graft-versus-host disease is named")


def test_failing_weighs_more_than_being_unclear():
    assert screened(design=None, species=(ground("mouse"),)).reason is Reason.SPECIES


def test_of_several_reasons_the_first_of_the_list_is_given_and_all_are_kept():
    found = screened(design=ground("review"), species=(ground("mouse"),), interventions=())
    assert found.reason is Reason.REVIEW
    assert [each.reason for each in found.evidence if each.reason] == [Reason.REVIEW, Reason.SPECIES, Reason.INTERVENTION]


def test_what_is_not_asked_about_decides_nothing():
    assert screened(criteria=asks(species=["human"]), design=ground("review"), population=(), interventions=()).decided is Decided.INCLUDE


def test_what_is_not_wanted_excludes_even_beside_what_is():
    criteria = settle_criteria(
        {"include": {"intervention": [MSC]}, "exclude": {"intervention": ["ruxolitinib"]}}, location="t", vocabulary=vocabulary()
    )
    both = (ground(MSC), ground("ruxolitinib"))
    assert screened(criteria=criteria).decided is Decided.INCLUDE
    assert screened(criteria=criteria, interventions=both).reason is Reason.INTERVENTION


@pytest.mark.parametrize(("age", "decided"), [("pediatric", Decided.INCLUDE), ("mixed", Decided.INCLUDE), ("adult", Decided.EXCLUDE)])
def test_an_age_group_is_a_population(age, decided):
    assert screened(criteria=asks(population=["pediatric"]), population=(ground(age),)).decided is decided


@pytest.mark.parametrize(
    ("year", "decided"),
    [(2018, Decided.EXCLUDE), (2019, Decided.INCLUDE), (2021, Decided.INCLUDE), (2022, Decided.EXCLUDE), (None, Decided.MAYBE)],
)
def test_years_are_counted_with_both_ends(year, decided):
    criteria = settle_criteria({"years": {"first": 2019, "last": 2021}}, location="t", vocabulary=vocabulary())
    assert screened(criteria=criteria, record={"year": year}).decided is decided


def test_a_paper_without_an_abstract_may_be_left_for_a_person():
    criteria = ALL.model_copy(update={"abstract_needed": False})
    assert screened(criteria=criteria, has_abstract=False, population=()).decided is Decided.MAYBE


def test_a_record_that_does_not_state_its_language_is_not_excluded_for_it():
    assert screened(record={"language": None}).decided is Decided.INCLUDE


# ------------------------------------------------------------ duplicates


def reasons(*candidates):
    return [each.reason for each in screen_all(candidates, ALL, vocabulary())]


def test_of_records_with_one_doi_the_one_with_an_abstract_is_screened():
    doi = {"doi": "10.1/x"}
    bare = candidate(2, record={**doi, "pmid": None, "id": "doi-10.1%2Fx"}, has_abstract=False, source="b.ris")
    found = screen_all([bare, candidate(1, record=doi)], ALL, vocabulary())
    assert [each.reason for each in found] == [Reason.DUPLICATE, None]
    assert found[0].evidence[0].says == "the same paper as pmid-1 from PubMed"


def test_records_are_of_one_paper_through_a_third():
    one, two = candidate(1), candidate(2, record={"pmid": None, "doi": "10.1/x", "id": "doi-10.1%2Fx"})
    joins = candidate(1, record={"doi": "10.1/x"})
    assert reasons(one, two, joins).count(Reason.DUPLICATE) == 2


def test_title_author_and_year_tell_a_record_without_identifiers():
    title = {"title": "Stromal Cells in Patients with chronic GvHD – part 1"}
    assert reasons(candidate(1), candidate(2, record={**title, "pmid": None, "year": 2020})) == [None, Reason.DUPLICATE]


@pytest.mark.parametrize(
    "other",
    [
        {"pmid": "2"},
        {"pmid": None, "year": 2021},
        {"pmid": None, "first_author": "Itoh"},
        {"pmid": None, "title": "Stromal cells in patients with chronic GVHD, part 3"},
    ],
    ids=["another PMID", "two years later", "another author", "another part"],
)
def test_records_that_only_look_alike_are_two_papers(other):
    title = {"title": "Stromal cells in patients with chronic GVHD, part 1"}
    assert reasons(candidate(1), candidate(2, record={**title, **other})) == [None, None]


def test_a_short_title_names_nothing():
    record = {"title": "Reply to Itoh", "pmid": None}
    assert reasons(candidate(1, record={**record, "id": "a"}), candidate(2, record={**record, "id": "b"})) == [None, None]
