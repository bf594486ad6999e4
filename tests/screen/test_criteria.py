import pytest
from rdf_world import vocabulary

from kg.errors import CriteriaError
from kg.screen import Criteria, parse_criteria

FULL = b"""
abstract_needed = false

[include]
design = ["rct", "Single-arm"]
species = "human"
population = ["graft-versus-host disease", "pediatric"]
intervention = ["mesenchymal stromal cell"]
language = ["en"]

[exclude]
intervention = ["ruxolitinib"]

[years]
first = 2010
"""


def parsed(text):
    return parse_criteria(text if isinstance(text, bytes) else text.encode(), location="c.toml", vocabulary=vocabulary())


def test_a_file_gives_criteria_by_slug():
    found = parsed(FULL)
    assert found.include.design == ("rct", "single_arm")
    assert (found.include.species, found.include.population) == (("human",), ("graft-versus-host-disease", "pediatric"))
    assert (found.include.intervention, found.exclude.intervention) == (("mesenchymal-stromal-cell",), ("ruxolitinib",))
    assert (found.years.first, found.years.last, found.abstract_needed) == (2010, None, False)


def test_an_empty_file_asks_nothing():
    assert parsed("").is_empty
    assert parsed("abstract_needed = false").is_empty
    assert not parsed("[years]\nlast = 2020").is_empty


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[include", r"c\.toml: is no TOML"),
        (b"\xff", r"c\.toml: is no TOML"),
        ("[include]\nkolour = 1", r"include\.kolour: extra inputs"),
        ("[include]\ndesign = ['randomised']", r"include\.design\.0: input should be 'rct'"),
        ("[years]\nfirst = 'soon'", r"years\.first: input should be a valid integer"),
        ("[years]\nfirst = 1", r"years\.first"),
        ("[include]\npopulation = ['happiness']", r"include\.population: no population 'happiness'"),
        ("[exclude]\nintervention = ['mesenchymal stem']", r"did you mean .*mesenchymal"),
        ("[include]\nspecies = ['tacrolimus']", r"no species 'tacrolimus'"),
    ],
)
def test_a_mistake_is_named_with_its_place(text, said):
    with pytest.raises(CriteriaError, match=said) as told:
        parsed(text)
    assert told.value.location == "c.toml"


def test_all_mistakes_are_named_at_once():
    with pytest.raises(CriteriaError) as told:
        parsed("[include]\npopulation = ['happiness', 'wealth']\n[exclude]\nspecies = ['elf']")
    assert [word in str(told.value) for word in ("happiness", "wealth", "elf")] == [True] * 3


def test_nothing_is_asked_by_default():
    assert Criteria().is_empty
